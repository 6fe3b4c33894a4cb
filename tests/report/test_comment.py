"""The comment on a pull request: it says what decides, fits the host whatever the plans hold, and stays text."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from msgspec.structs import replace

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import of
from crmgov.model.plans import Plan
from crmgov.report.comment.given import Checked, Finding, FindingPlace, Given, Notices, Planned
from crmgov.report.comment.notices import notices
from crmgov.report.comment.render import MARKER, render
from crmgov.report.markdown_text import code, escape
from crmgov.report.text import clean
from tests.plan.world import tree
from tests.report.plans import HOSTILE, NOW, hostile, plan_of, small

HOST_LIMIT = 65_536
GOLDEN = Path(__file__).parent / "golden"
MORE_HOSTILE = (*HOSTILE, "</details></summary>", "<!-- crmgov:comment -->", "closes acme/crm#12, GH-7, !5 and ~bug", ":tada:",
                "\u200d\u2066zero\u2069", "1. one", "***", "\\`x\\`", "[a]: http://evil.example", "$x^2$", "\ufeff", "=====")  # fmt: skip


def elsewhere(plan: Plan, name: str) -> Plan:
    """The same plan for another environment."""
    return replace(plan, core=replace(plan.core, environment=name)).sealed()


def page_of(text: str) -> html.HtmlElement:
    """The comment as a host's renderer makes it."""
    return html.document_fromstring(
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    )


def both() -> tuple[Planned, ...]:
    return Planned(plan=elsewhere(small(), "sandbox"), file="sandbox.plan"), Planned(
        plan=small(), file="production.plan"
    )


def test_it_reads_as_it_was_agreed() -> None:
    found = (
        Finding("REF012", "error", 'No stage "Proposal" in NewBusiness', FindingPlace("config/task.yaml", 9)),
        Finding(
            "REACH001", "warning", "Nobody will see Lead.Tier", FindingPlace("config/Lead.yaml", 40), "Field/Lead.Tier"
        ),
    )
    wide = Notices(effects={"Sales": ("1 more required field (Lead.Tier)",)}, nothing=("Marketing",))
    agreed = Given(plans=both(), checked=Checked(found, known=412), notices=wide, link="https://host.example/runs/7")
    assert render(agreed) == (GOLDEN / "comment.md").read_text(encoding="utf-8")


def test_a_thing_has_one_name_throughout_the_vendor_s() -> None:
    words = {"Picklist": "global value set", "Layout": "page layout", "StageSet": "sales stages"}
    text = render(Given(plans=(Planned(plan=small(), file="production.plan", words=words),)))
    assert "- global value set Source: Lead.Source, validation Lead.NoFair" in text
    assert "- Lead.Region: page layout Lead.Main, permission set Support" in text
    assert not {"picklist Source", "layout Lead.Main", "stage set Stages"} & set(re.split(r": |, |- ", text))


def test_the_first_line_is_the_hidden_mark() -> None:
    text = render(Given(plans=both()))
    assert text.splitlines()[0] == MARKER
    assert text.count("<!--") == 1


def test_what_is_the_same_in_two_environments_is_said_once() -> None:
    text = render(Given(plans=both()))
    assert text.count("**STOP** removes Lead.Fax") == 1
    assert text.count("All ") == 1
    other = plan_of(NOW, {**NOW, "Field/Lead.New": {"type": "text", "label": "New"}}, {})
    text = render(Given(plans=(*both(), Planned(plan=elsewhere(other, "test"), file="test.plan"))))
    assert text.count("All ") == 2
    assert re.search(r"STOP\*\* removes Lead.Fax.*sandbox, production: ", text)


def test_harm_is_told_as_stop_and_more_access_as_look() -> None:
    lines = render(Given(plans=both())).splitlines()
    looks = [line for line in lines if "**LOOK**" in line]
    assert looks
    assert all("access\\-widened" in line for line in looks)
    assert any("STOP" in line and "292 of 7,600" in line and "data\\-loss" in line for line in lines)


def test_errors_stop_the_merge_and_known_findings_are_only_counted() -> None:
    found = (
        Finding("REF002", "error", "No field Lead.Regoin", FindingPlace("config/Lead.yaml", 7)),
        Finding("OWN001", "warning", "Lead.Region has no owner"),
    )
    text = render(Given(plans=both(), checked=Checked(found, known=1, waived=2)))
    assert "**STOP** No field Lead.Regoin (`REF002`) at `config/Lead.yaml:7`" in text
    assert "**LOOK** Lead.Region has no owner" in text
    assert "**Checks** 1 error, 1 new warning, 1 known, 2 waived" in text
    assert "**To merge** mend 1 problem." in text
    assert "nothing is in the way" not in text


def test_findings_at_what_changes_are_told_first() -> None:
    far = [Finding("MODEL004", "warning", f"far {n}", address=f"Field/Deal.F{n}") for n in range(40)]
    near = Finding("MODEL004", "warning", "near", address="Field/Lead.Tier")
    text = render(Given(plans=both(), checked=Checked((*far, near))))
    looks = [line for line in text.splitlines() if "`MODEL004`" in line and "**LOOK**" in line]
    assert "near" in looks[0]
    assert len(looks) < 20


def test_where_new_warnings_fail_they_stop_the_merge() -> None:
    found = (Finding("OWNER001", "warning", "Lead.Region has no owner"), Finding("NOTE001", "note", "only a note"))
    text = render(Given(plans=both(), checked=Checked(found, stopping=("error", "warning"))))
    assert "**STOP** Lead.Region has no owner" in text
    assert "**To merge** mend 1 problem." in text
    assert "only a note" not in text


def test_what_a_plan_warns_of_is_told_once() -> None:
    limit = of("POLICY103", "4 such changes, and a plan may hold 3 (Few)", severity="warning")
    plans = tuple(
        replace(one, plan=replace(one.plan, context=replace(one.plan.context, diagnostics=(limit,)))) for one in both()
    )
    text = render(Given(plans=plans))
    assert "**LOOK** sandbox: 4 such changes, and a plan may hold 3 \\(Few\\) (`POLICY103`)" in text
    assert "**LOOK** production: 4 such changes" in text
    assert "nothing is in the way" in text
    same = Finding(limit.code, "warning", limit.message)
    assert render(Given(plans=plans, checked=Checked((same,)))).count("4 such changes") == 1


def test_an_environment_without_a_plan_stops_the_merge() -> None:
    text = render(Given(plans=both()[:1], unplanned=("production",)))
    assert "**STOP** production: no plan could be made" in text
    assert "| production | - |" in text
    assert "mend 1 problem" in text


def test_a_preview_says_that_it_can_never_be_applied() -> None:
    plan = plan_of({}, NOW, {}, preview=True, source="production.snapshot")
    text = render(Given(plans=(Planned(plan=plan),)))
    assert "PREVIEW against a recorded snapshot" in text
    assert "nothing can be applied from a preview" in text


@pytest.mark.parametrize("count", [1, 20_000])
def test_any_plan_fits_and_says_what_is_left_out_and_where_it_is(count: int) -> None:
    label = "\u4e16@#" * 200
    was: dict[str, Body] = {"Object/Lead": {"label": "Lead"}}
    now = dict(was)
    for index in range(count):
        was[f"Field/Lead.Gone{index}"] = {"type": "text", "label": label}
        if index % 2:
            now[f"Field/Lead.Gone{index}"] = {"type": "text", "label": f"{index}{label}"}
    plan = plan_of(was, now, {})
    plans = tuple(Planned(plan=elsewhere(plan, name), file=f"{name}.plan") for name in ("sandbox", "production"))
    findings = tuple(Finding("REF002", "error", label, FindingPlace(label, index)) for index in range(count))
    wide = Notices(effects={f"{label}{index}": (label,) for index in range(count)}, nothing=(label,) * count)
    everything = Given(plans=plans, checked=Checked(findings), notices=wide, link="https://host.example/run/1")
    text = render(everything)
    assert len(text.encode()) <= HOST_LIMIT
    assert len(text.encode("utf-16-le")) // 2 <= HOST_LIMIT
    assert text.count("<details>") == text.count("</details>") == 1
    assert len(page_of(text).findall(".//details")) == 1
    if count > 1:
        assert len(text.encode()) > HOST_LIMIT // 2
        left = re.search(
            r"- ([\d,]+) more steps left out here; the whole: `crmgov show sandbox.plan --full`, saved \[here\]", text
        )
        assert left is not None
        shown = len(re.findall(r"^- \d+\\\. ", text, re.MULTILINE))
        assert shown + int(left[1].replace(",", "")) == count
        assert shown > 20


def test_many_environments_with_plans_of_their_own_fit_too() -> None:
    plans = []
    for index in range(300):
        now = {f"Field/Lead.F{index}x{n}": {"type": "text", "label": "x" * 300} for n in range(20)}
        plans.append(Planned(plan=elsewhere(plan_of({}, now, {}), f"environment-{index}" + "|" * 300)))
    text = render(Given(plans=tuple(plans)))
    assert len(text.encode()) <= HOST_LIMIT
    assert "294 more environments have other steps" in text
    rows = page_of(text).findall(".//tbody/tr")
    assert {len(row) for row in rows} == {7}


def nasty(plan: Plan) -> Given:
    """Everything people can write is an attempt at something."""
    found = tuple(Finding("REF002", "error", text, FindingPlace(text, 1)) for text in MORE_HOSTILE)
    found += tuple(Finding("OWN001", "warning", text) for text in MORE_HOSTILE)
    wide = Notices(effects={text: (text, text) for text in MORE_HOSTILE}, nothing=MORE_HOSTILE)
    plans = (
        Planned(plan=plan, file="`x`.plan", approval=MORE_HOSTILE[1]),
        Planned(plan=elsewhere(plan, MORE_HOSTILE[0])),
    )
    return Given(plans=plans, unplanned=MORE_HOSTILE, checked=Checked(found), notices=wide)


def every_label(index: int) -> Given:
    """One hostile text in every place by itself, so that no list hides it."""
    text = MORE_HOSTILE[index]
    was: Mapping[str, Body] = {"Object/Lead": {"label": text}, "Field/Lead.Gone": {"type": "text", "label": text}}
    now: Mapping[str, Body] = {"Object/Lead": {"label": f"{text}2"}, "Picklist/P": {"label": text, "values": [text]}}
    plan = plan_of(was, now, {}, author=text, source=text)
    found = (
        Finding("REF002", "error", text, FindingPlace(text, 1)),
        Finding(text, "warning", text, FindingPlace(text)),
    )
    wide = Notices(effects={text: (text,)}, nothing=(text,))
    return Given(
        plans=(Planned(plan=elsewhere(plan, text), approval=text, words={"Field": text}), Planned(plan=plan)),
        unplanned=(text,),
        checked=Checked(found),
        notices=wide,
    )


TAGS = {"html", "body", "h3", "p", "ul", "li", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "br", "em"}  # fmt: skip


@pytest.mark.parametrize("index", range(-1, len(MORE_HOSTILE)))
def test_nothing_people_write_is_markup_a_link_a_mention_or_a_reference(index: int) -> None:
    text = render(every_label(index) if index >= 0 else nasty(hostile()))
    page = page_of(text)
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    assert {element.tag for element in elements} <= TAGS - {"em"}
    assert not any(name not in ("style",) for element in elements for name in element.attrib)
    assert len(page.findall(".//table")) == 1
    assert len({len(row) for row in page.findall(".//tr")}) == 1
    assert len(page.findall(".//h3")) == 1
    assert text.count("<!--") == 1
    assert page.xpath("//comment()")[0].text == " crmgov:comment "
    prose = "".join(page.xpath("//text()[not(ancestor::code)]"))
    assert not re.search(r"@\w|#\d|\bGH-\d|!\d|~\w|://|www\.\w|:\w+:", prose)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200d\ufeff\x00-\x08\x1b]", text)


def test_a_role_notices_what_its_permission_sets_reach() -> None:
    now: dict[str, Body] = {
        "Object/Lead": {"label": "Lead"},
        "Field/Lead.Old": {"type": "text", "label": "Old"},
        "Field/Lead.Tier": {"type": "text", "label": "Tier", "required": True},
        "Field/Lead.Secret": {"type": "text", "label": "Secret", "sensitivity": "restricted"},
        "Role/Sales": {"label": "Sales", "grants": ["SalesCore"]},
        "Role/Support": {"label": "Support", "grants": ["SupportCore"]},
        "Role/Marketing": {"label": "Marketing", "grants": ["MarketingCore"]},
        "PermissionSet/SalesCore": {"label": "Sales", "objects": {"Lead": {"read": True, "update": True}}, "fields": {"Lead": {"default": "edit"}}},
        "PermissionSet/SupportCore": {"label": "Support", "objects": {"Lead": {"read": True, "export": True}}, "fields": {"Lead": {"fields": {"Tier": "read"}}}},
        "PermissionSet/MarketingCore": {"label": "Marketing", "objects": {"Campaign": {"read": True}}},
        "Team/Desk": {"label": "Desk"},
        "Automation/Lead.Route": {"label": "Route", "trigger": {"on": "created"}, "actions": [{"name": "to", "type": "route", "to": {"team": "Desk"}}]},
    }  # fmt: skip
    was = {
        at: body
        for at, body in now.items()
        if at not in ("Field/Lead.Tier", "Field/Lead.Secret", "Automation/Lead.Route")
    }
    was["PermissionSet/Interns"] = {"label": "Interns", "objects": {"Lead": {"read": True}}}
    was["PermissionSet/SupportCore"] = {**now["PermissionSet/SupportCore"], "objects": {"Lead": {"read": True}}}
    told = notices([plan_of(was, now, {})], tree(now))
    assert told.effects["Sales"] == ("1 more required field (Lead.Tier)",)
    assert told.effects["Support"] == ("1 new field (Lead.Tier)", "can now export Lead")
    assert told.effects["Desk"] == ("changed: automation Lead.Route",)
    assert told.effects["Interns"] == ("all that it grants is taken away",)
    assert told.nothing == ("Marketing",)


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("[](){}<>!#*_`~|&@$^%=+-.:;/\\1aA \n")))
def test_an_escaped_text_is_shown_as_it_is(text: str) -> None:
    for before, tag in (("- ", "li"), ("a ", "p"), ("| a |\n| --- |\n| ", "td")):
        page = page_of(before + escape(text) + " |" * (tag == "td"))
        (shown,) = page.findall(f".//{tag}")
        lead = "a " if tag == "p" else ""
        told = shown.text_content().replace("\u200b", "").strip()
        assert told == (lead + clean(text)).strip(), before
        assert len(shown) == 0


@given(st.text(st.sampled_from("`<!->| a"), max_size=20))
def test_a_text_as_code_stays_code(text: str) -> None:
    page = page_of(f"x {code(text)} y")
    assert [element.tag for element in page.iter()] == ["html", "body", "p", *(["code"] if text else [])]
