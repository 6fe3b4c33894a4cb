"""Whatever a plan takes away or narrows knows its users: as they are now, and as the plan leaves them."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from crmgov.check.rules import RULES, USING
from crmgov.check.session import Session
from crmgov.check.tree import Tree
from crmgov.check.uses import uses
from crmgov.diff.inputs import Inputs
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Where
from crmgov.model.provider import Normalised
from crmgov.model.snapshot import Derived, Elsewhere, Mention, Snapshot
from crmgov.plan.make import draft
from crmgov.plan.proposals import Draft, Options, Proposal
from tests.check.trees import SALES, snapshot
from tests.plan.world import ALL_KNOWN, CAPABILITIES, applied, drafted, finished, inputs_of, stored, tree

BASE: dict[str, Body] = {
    "Object/Lead": {"label": "Lead"},
    "Object/Account": {"label": "Account"},
    "Picklist/Source": {"values": ["Web", "Fair"]},
    "Field/Lead.Source": {"type": "picklist", "picklist": "Source"},
    "Field/Lead.Account": {"type": "lookup", "references": ["Account"]},
    "Field/Account.Region": {"type": "text", "length": 80},
}
FAIR = {"field": "Source", "op": "equals", "value": "Fair"}
WITHOUT: dict[str, Body] = {**BASE, "Picklist/Source": {"values": ["Web"]}}


def _step(result: Draft, native: str) -> Proposal:
    return next(step for step in result.proposals if step.native == native)


def _texts(step: Proposal) -> list[str]:
    return [danger.text for danger in step.dangers if danger.hazard == "breaks-use"]


def _planned(now: Mapping[str, Body], live: Mapping[str, Body]) -> Draft:
    """The plan from ``BASE``, applied before, to ``now``; what else is live is nobody's."""
    managed = {address: body for address, body in live.items() if address in BASE or address in now}
    return drafted(now, live, applied(managed, managed))


@pytest.mark.parametrize(
    ("user", "body", "named"),
    [
        ("Validation/Lead.V", {"reject_when": FAIR}, "validation Lead.V"),
        ("Validation/Lead.V", {"formula": 'ISPICKVAL(Source, "Fair")'}, "validation Lead.V"),
        ("Automation/Lead.A", {"when": {"not": FAIR}, "trigger": {"on": "saved"}}, "automation Lead.A"),
        ("Automation/Lead.A", {"actions": [{"name": "s", "type": "set_field", "field": "Source", "value": "Fair"}]}, "automation Lead.A"),
        ("RecordType/Lead.R", {"picklists": {"Source": {"values": ["Web", "Fair"]}}}, "record type Lead.R"),
        ("Field/Lead.Copy", {"type": "formula", "returns": "text", "formula": 'CASE(Source, "Fair", "F", "")'}, "Lead.Copy"),
        ("Field/Lead.Sub", {"type": "picklist", "values": ["a"], "controlled_by": {"field": "Source", "pairs": {"Fair": ["a"]}}}, "Lead.Sub"),
    ],
)  # fmt: skip
def test_a_value_that_goes_knows_who_still_names_it(user: str, body: dict[str, Any], named: str) -> None:
    result = _planned(WITHOUT, {**BASE, user: body})
    step = _step(result, "Picklist/Source")
    assert _texts(step) == [f'"Fair" is still used by {named}']
    assert user in step.used_by
    assert list(step.uses) == [user]
    assert "breaks-use" in finished(result, {"with_values": 0}).core.steps[0].hazards


def test_a_user_that_the_same_plan_mends_or_removes_is_none() -> None:
    rule = "Validation/Lead.V"
    was = {**BASE, rule: {"reject_when": FAIR}}
    mended = {**WITHOUT, rule: {"reject_when": {**FAIR, "value": "Web"}}}
    for now in (mended, WITHOUT):
        step = _step(drafted(now, was, applied(was, was)), "Picklist/Source")
        assert (_texts(step), rule in step.used_by, list(step.uses)) == ([], False, [rule])


def _removing(now: Mapping[str, Body], mentions: Mapping[str, Mention]) -> Proposal:
    """The removal of a field that some of what is no resource names."""
    was = {**BASE, "Layout/Lead.Main": {"sections": []}}
    inputs = inputs_of(now, was, applied(was, was))
    live = Snapshot.of(
        "live", {a: inputs.live.body(a) for a in inputs.live}, elsewhere=Elsewhere(mentions=mentions),
        places={"Layout/Lead.Main": Where("main.layout")},
    )  # fmt: skip
    result = draft(msgspec.structs.replace(inputs, live=live), ALL_KNOWN, Options())
    return _step(result, "Field/Account.Region")


def test_a_list_view_that_names_a_field_that_goes_is_broken() -> None:
    mentions = {
        'ListView/Account."All of them"': Mention(file="a.xml", fields=("Account.Name", "Account.Region")),
        "ListView/Lead.Others": Mention(file="b.xml", fields=("Lead.Region",)),
        "RecordPage/Lead.Page": Mention(file="c.xml", fields=("Lead.Account.Region",)),
    }
    step = _removing({a: body for a, body in BASE.items() if a != "Field/Account.Region"}, mentions)
    assert _texts(step) == ['still used by list view "All of them" of Account, record page "Page" of Lead']
    assert step.used_by == ('ListView/Account."All of them"', "RecordPage/Lead.Page")


def test_a_list_view_goes_with_its_object() -> None:
    mentions = {"ListView/Account.All": Mention(file="a.xml", fields=("Account.Region",))}
    less = {a: body for a, body in BASE.items() if "Account" not in a}
    step = _removing(less, mentions)
    assert (_texts(step), step.used_by) == ([], ())


@pytest.mark.parametrize(
    ("kept", "found"), [(True, ['still used by related list "Things of Main" of Lead']), (False, [])]
)
def test_a_related_list_goes_with_its_layout(kept: bool, found: list[str]) -> None:
    mentions = {'RelatedList/Lead."Things of Main"': Mention(file="main.layout", fields=("Account.Region",))}
    less = {a: body for a, body in BASE.items() if a != "Field/Account.Region"}
    step = _removing(less | ({"Layout/Lead.Main": {"sections": []}} if kept else {}), mentions)
    assert _texts(step) == found


def test_a_user_that_the_same_plan_makes_is_one() -> None:
    rule = "Validation/Lead.V"
    step = _step(drafted({**WITHOUT, rule: {"reject_when": FAIR}}, BASE, applied(BASE, BASE)), "Picklist/Source")
    assert _texts(step) == ['"Fair" is still used by validation Lead.V']
    assert step.uses == {}


def test_a_field_whose_own_default_is_a_value_that_goes_is_broken_by_itself() -> None:
    field = "Field/Lead.Rating"
    now = {**BASE, field: {"type": "picklist", "values": ["Hot", "Cold"]}}
    live = {**now, field: {**now[field], "default": "Cold"}}
    less = {**now, field: {"type": "picklist", "values": ["Hot"]}}
    step = _step(drafted(less, live, applied(now, live)), field)
    assert _texts(step) == ['"Cold" is still used by its own default']
    assert (step.uses, step.used_by) == ({}, ())


def test_the_last_value_may_go_too() -> None:
    rule = "Validation/Lead.V"
    was = {**BASE, rule: {"reject_when": FAIR}}
    none = {**was, "Picklist/Source": {"values": []}}
    live = {**was, "Picklist/Source": {"values": ["Fair"]}}
    result = drafted(none, live, applied({**was, "Picklist/Source": {"values": ["Fair"]}}, live))
    assert [step.broken for step in result.proposals] == [
        (("Picklist/Source#values[Fair]", rule, ("reject_when", "value")),)
    ]


STAGES: dict[str, Body] = {
    **BASE,
    "Field/Lead.Status": {"type": "picklist"},
    "StageSet/Status": {"field": "Lead.Status", "stages": ["New", "Met", "Won"]},
    "Pipeline/Lead.Main": {"stage_set": "Status", "stages": [{"name": "New", "next": ["Met"]}, "Met", "Won"]},
}


def test_a_stage_that_goes_everywhere_is_used_nowhere() -> None:
    now = {
        **STAGES,
        "StageSet/Status": {"field": "Lead.Status", "stages": ["New", "Won"]},
        "Pipeline/Lead.Main": {"stage_set": "Status", "stages": [{"name": "New", "next": ["Won"]}, "Won"]},
    }
    result = drafted(now, STAGES, applied(STAGES, STAGES))
    assert [_texts(step) for step in result.proposals] == [[], []]
    assert list(_step(result, "StageSet/Status").uses) == ["Pipeline/Lead.Main"]


def test_a_stage_that_goes_from_the_set_alone_breaks_its_pipeline() -> None:
    now = {**STAGES, "StageSet/Status": {"field": "Lead.Status", "stages": ["New", "Won"]}}
    step = _step(drafted(now, STAGES, applied(STAGES, STAGES)), "StageSet/Status")
    assert _texts(step) == ['"Met" is still used by pipeline Lead.Main']


def test_a_stage_that_goes_from_a_pipeline_is_missed_by_the_stages_before_it() -> None:
    now = {**STAGES, "Pipeline/Lead.Main": {"stage_set": "Status", "stages": [{"name": "New", "next": ["Met"]}, "Won"]}}
    step = _step(drafted(now, STAGES, applied(STAGES, STAGES)), "Pipeline/Lead.Main")
    assert _texts(step) == ['"Met" is still used by its own stages[New].next[Met]']


def test_a_field_is_found_over_lookups_in_formulas_and_in_any_case() -> None:
    gone = {address: body for address, body in BASE.items() if address != "Field/Account.Region"}
    live = {
        **BASE,
        "Validation/Lead.V": {"reject_when": {"field": "account.REGION", "op": "blank"}},
        "Field/Lead.Copy": {"type": "formula", "returns": "text", "formula": "UPPER(Account.Region)"},
        "PermissionSet/P": {"fields": {"Account": {"fields": {"Region": "read"}}}},
        "Validation/Lead.W": {"reject_when": {"field": "Source", "op": "blank"}},
    }
    step = _step(_planned(gone, live), "Field/Account.Region")
    assert step.used_by == ("Field/Lead.Copy", "PermissionSet/P", "Validation/Lead.V")
    assert _texts(step) == ["still used by Lead.Copy, permission set P, validation Lead.V"]


def test_many_users_are_counted() -> None:
    rules = {f"Validation/Lead.V{n}": {"reject_when": FAIR} for n in range(5)}
    step = _step(_planned(WITHOUT, {**BASE, **rules}), "Picklist/Source")
    assert _texts(step) == ['"Fair" is still used by validation Lead.V0, validation Lead.V1, validation Lead.V2 and 2 more']  # fmt: skip


REGION = "Field/Account.Region"


@pytest.mark.parametrize(
    ("change", "rests"),
    [
        ({"length": 40}, True),
        ({"length": 120}, False),
        ({"label": "Area"}, False),
        ({"type": "textarea"}, True),
        ({"required": True}, True),
    ],
)
def test_every_change_of_a_field_says_where_it_is_used_and_only_narrowing_rests_on_it(
    change: Body, rests: bool
) -> None:  # fmt: skip
    rule = "Validation/Account.V"
    was = {**BASE, rule: {"reject_when": {"field": "Region", "op": "blank"}}}
    result = drafted({**was, REGION: {**was[REGION], **change}}, was, applied(was, was))
    step = _step(result, REGION)
    assert step.used_by == (rule,)
    assert list(step.uses) == ([rule] if rests else [])
    assert finished(result).context.about[0].used_by == (rule,)


def test_a_value_that_is_switched_off_rests_on_its_users() -> None:
    rule = "Validation/Lead.V"
    was = {**BASE, rule: {"reject_when": FAIR}}
    off = {**was, "Picklist/Source": {"values": ["Web", {"name": "Fair", "active": False}]}}
    step = _step(drafted(off, was, applied(was, was)), "Picklist/Source")
    assert (list(step.uses), _texts(step)) == ([rule], [])


@pytest.mark.parametrize(("later", "told"), [("Fair", True), ("Web", False)])
def test_an_opaque_body_that_the_plan_replaces_counts_as_it_will_be(later: str, *, told: bool) -> None:
    flow = "Automation/Flow"

    def body(digest: str) -> Body:
        return {"body": "opaque", "body_file": {"path": "a.flow-meta.xml", "digest": digest}}

    def derived(value: str) -> dict[str, Derived]:
        return {flow: Derived(literals=(("Lead.Source", value),))}

    was, now = {**BASE, flow: body("1")}, {**WITHOUT, flow: body("2")}
    source, wanted = tree(now), stored(tree(now)).snapshot
    live = tree(was)
    inputs = Inputs(
        desired=Normalised(
            Snapshot("d", wanted.digests, wanted.bodies, derived=derived(later)), {a: a for a in wanted}
        ),
        source=source,
        live=Snapshot("l", live.digests, live.bodies, derived=derived("Fair")),
        baseline=applied(was, was),
        capabilities=CAPABILITIES,
        native_name=lambda name: name,
        same=str.lower,
    )
    step = _step(draft(inputs, ALL_KNOWN, Options()), "Picklist/Source")
    assert _texts(step) == (['"Fair" is still used by automation Flow'] if told else [])
    assert list(step.uses) == [flow]


def test_a_plan_that_only_adds_looks_at_no_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    monkeypatch.setattr("crmgov.plan.uses.after_plan", lambda *_: looked.append(1))
    monkeypatch.setattr("crmgov.check.uses.Session", lambda *_: looked.append(1))
    result = drafted({**BASE, "Field/Lead.New": {"type": "text"}}, BASE, applied(BASE, BASE))
    assert [step.native for step in result.proposals] == ["Field/Lead.New"]
    assert looked == []


MORE = {
    **SALES,
    "Automation/Opportunity.task": {
        "trigger": {"on": "saved"},
        "when": {"all": [{"field": "Stage", "op": "equals", "value": "Won"}, {"field": "Account.Region", "op": "present"}]},
    },
    "Field/Lead.Tier": {"type": "formula", "returns": "text", "formula": 'IF(ISPICKVAL(Region, "EMEA"), "1", "2")'},
    "Field/Lead.Partner__c": {"type": "lookup", "references": ["Account"]},
    "Validation/Lead.V": {"reject_when": {"field": "Partner__r.Region", "op": "equals", "value": "APAC"}},
    "Automation/Lead.flow": {"body": "opaque"},
}  # fmt: skip


def test_the_uses_of_one_thing_are_those_it_has_among_the_uses_of_all() -> None:
    whole = snapshot(MORE)
    derived = {"Automation/Lead.flow": Derived(writes=("Lead.Score",), triggers=("Lead:saved",), names=(("Team", "Desk"),), literals=(("Lead.Region", "APAC"),))}  # fmt: skip
    live = Snapshot("u", whole.digests, whole.bodies, derived=derived)
    for case in ("exact", "accept"):
        everything = uses(live, case=case)
        assert len(everything) > 15
        assert ("Automation/Lead.flow", ()) in everything["Object/Lead"]
        for address in {*everything, *live}:
            alone = uses(live, case=case, of={address})
            assert alone == ({address: everything[address]} if address in everything else {})


def test_no_rule_that_is_left_out_comes_upon_a_use() -> None:
    seen: list[str] = []
    session = Session(Tree(snapshot(MORE)), seen=lambda spot, address: seen.append(address))
    for rule in RULES:
        if rule not in USING:
            assert list(rule(session)) is not None
    assert seen == []
