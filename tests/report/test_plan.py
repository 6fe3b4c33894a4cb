"""A plan reads as it was agreed, in every form; and whatever people call their things, it stays text."""

import re
from pathlib import Path

import pytest

from crmgov.model.operations import Outcome
from crmgov.model.plans import Plan
from crmgov.report.page import plan_page
from crmgov.report.plan import render
from crmgov.report.plan_text import MARK
from tests.report.plans import HOSTILE, NOW, WAS, hostile, plan_of, small

GOLDEN = Path(__file__).parent / "golden"
FORMS = {"txt": ("human", False), "full.txt": ("human", True), "md": ("markdown", False), "html": ("html", False)}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_reads_as_it_was_agreed(name: str) -> None:
    form, full = FORMS[name]
    text = render(small(), form, full=full, file="release.plan", words={"Automation": "flow"})
    assert text == (GOLDEN / f"plan.{name}").read_text(encoding="utf-8")


def test_hazards_stand_in_a_column_that_nothing_reaches_into() -> None:
    text = render(small(), "human", full=False)
    marked = [
        line
        for line in text.splitlines()
        if line.startswith(" ") and re.search(r"(data-loss|records-invalidated|breaks-use)$", line)
    ]
    assert len(marked) >= 3
    assert all(line[:MARK].rstrip() != line for line in marked)
    assert all(line[MARK - 1] == " " and line[MARK] != " " for line in marked)


def test_a_plan_of_nothing_says_so_in_every_form() -> None:
    plan = plan_of(NOW, NOW, {})
    assert plan.empty
    for form in ("human", "markdown", "html"):
        assert "Nothing to change." in render(plan, form, full=False)


@pytest.mark.parametrize("full", [False, True])
def test_no_text_from_outside_moves_the_terminal(full: bool) -> None:
    text = render(hostile(), "human", full=full)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "\u202e" not in text
    assert not any(line.startswith("#") for line in text.splitlines())


def _outcomes(plan: Plan) -> dict[int, Outcome]:
    return {s.id: Outcome(step=s.id, status="failed", message=HOSTILE[s.id % len(HOSTILE)]) for s in plan.core.steps}


@pytest.mark.parametrize("ran", [False, True])
def test_no_text_from_outside_is_markup_in_a_page(ran: bool) -> None:
    from lxml import html

    plan = hostile()
    page = html.document_fromstring(
        plan_page(plan, "html", {"Field": "<i>field</i>"}, _outcomes(plan) if ran else None)
    )
    assert len(page.findall(".//script")) == 1
    assert page.findall(".//img") == page.findall(".//b/b") == page.findall(".//i") == []
    assert all(link.get("href").startswith("#step-") for link in page.findall(".//a"))
    attributes = {name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib}
    assert not any(name.startswith("on") for name in attributes)
    assert "src" not in attributes
    assert "<script>alert(1)</script>" in page.text_content()
    links = {link.get("href")[1:] for link in page.findall(".//a")}
    assert links <= {element.get("id") for element in page.iter() if isinstance(element.tag, str)}


@pytest.mark.parametrize("ran", [False, True])
def test_no_text_from_outside_is_markup_in_a_comment(ran: bool) -> None:
    from lxml import html
    from markdown_it import MarkdownIt

    plan = hostile()
    text = plan_page(plan, "markdown", {}, _outcomes(plan) if ran else None)
    page = html.document_fromstring(
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    )
    tags = {element.tag for element in page.iter()}
    assert tags <= {"html", "body", "h1", "h2", "p", "ul", "li", "strong", "code", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
    assert len(page.findall(".//table")) == 1
    assert [heading.text_content() for heading in page.findall(".//h2")] == ["Steps", "Not in this plan"]
    assert not re.search(r"@\w", text)
    assert not re.search(r"https?://|www\.", text)


def test_every_step_is_told_once_in_a_page() -> None:
    from lxml import html

    page = html.document_fromstring(render(small(), "html", full=False))
    steps = [element.get("id") for element in page.findall(".//details") if element.get("id")]
    assert sorted(steps) == sorted(f"step-{step.id}" for step in small().core.steps)
    for control in (page.get_element_by_id("find"), page.get_element_by_id("all")):
        assert control.tag in ("input", "button")
    assert page.find(".//label").get("for") == "find"


def test_what_a_removal_frees_is_counted() -> None:
    text = render(small(), "human", full=False)
    assert "the plan takes it out of 1 layout" in text
    assert set(WAS) - set(NOW) == {"Field/Lead.Fax", "Field/Lead.Rival"}
