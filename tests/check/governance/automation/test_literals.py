"""Values that are gone, and what is true in one environment only."""

import pytest

from crmgov.check.governance.run import govern
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Derived, Snapshot
from tests.check.governance.automation.making import automation, put, tree, when
from tests.check.governance.case import TODAY, Case, found

VALUES: Body = {
    "type": "picklist",
    "values": [{"name": "New"}, {"name": "Cold", "active": False}, {"name": "Warm", "replaced_by": "New"}],
}


def asking(op: str, value: object, **more: Body) -> dict[str, Body]:
    """A tree with an automation that asks for a value."""
    held = automation("created", put("Score", 1), when=when("Status", op, value))
    return {**tree(A=held), "Field/Lead.Status": VALUES, **more}


def formula(text: str) -> dict[str, Body]:
    """A tree with a formula."""
    return {
        **tree(),
        "Field/Lead.Status": VALUES,
        "Field/Lead.Link": {"type": "formula", "returns": "text", "formula": text},
    }


CASES = [
    Case(
        code="LITERAL001",
        address="Automation/Lead.A",
        failing=asking("equals", "Cold"),
        passing=asking("equals", "New"),
    ),
    Case(
        code="LITERAL002",
        address="Field/Lead.Link",
        failing=formula('"/" & "012KB000000woXBYAY"'),
        passing=formula('"/" & Id'),
    ),
    Case(
        code="LITERAL003",
        address="Field/Lead.Link",
        failing=formula('"https://acme.lightning.force.com/lightning/r/" & Id'),
        passing=formula('"/lightning/r/" & Id'),
    ),
    Case(
        code="LITERAL004",
        address="Field/Lead.Link",
        failing=formula('"mailto:ada@example.com"'),
        passing=formula('"mailto:" & Email'),
    ),
]


def told(held: dict[str, Body], code: str) -> list[str]:
    """What is said under a code."""
    return [one.message for one in found(held) if one.code == code]


def test_the_value_and_what_became_of_it() -> None:
    assert told(asking("equals", "Cold"), "LITERAL001") == [
        'Lead.A names the value "Cold" of Lead.Status, which is switched off'
    ]
    assert told(asking("in", ["New", "Warm"]), "LITERAL001") == [
        'Lead.A names the value "Warm" of Lead.Status, which is replaced by "New"'
    ]
    assert told(formula('IF(ISPICKVAL(Status, "Cold"), "a", "b")'), "LITERAL001") == [
        'Lead.Link names the value "Cold" of Lead.Status, which is switched off'
    ]


def test_how_sure_it_is_depends_on_what_can_be_seen() -> None:
    def severities(held: dict[str, Body]) -> list[str]:
        return [one.severity for one in found(held) if one.code == "LITERAL001"]

    assert severities(asking("equals", "Cold")) == ["warning"]
    assert severities(formula('IF(ISPICKVAL(Status, "Cold"), "a", "b")')) == ["note"]


def test_what_leaves_old_values_out_may_name_them() -> None:
    assert told(asking("not_in", ["Cold"]), "LITERAL001") == []
    assert told({**tree(A=automation("created", when={"not": when("Status", "equals", "Cold")}))}, "LITERAL001") == []


def test_a_replaced_value_that_is_written() -> None:
    held = {**tree(A=automation("created", put("Status", "Warm"))), "Field/Lead.Status": VALUES}
    assert len(told(held, "LITERAL001")) == 1


def test_what_integrations_bring_in_and_handoffs_carry_over() -> None:
    def brought(direction: str) -> dict[str, Body]:
        row = {"name": "M", "ours": "Lead.Status", "theirs": "s", "direction": direction, "values": {"Cold": "c"}}
        return {**tree(), "Field/Lead.Status": VALUES, "Integration/Mail": {"mappings": [row]}}

    assert told(brought("in"), "LITERAL001") == ['Mail names the value "Cold" of Lead.Status, which is switched off']
    assert told(brought("out"), "LITERAL001") == []
    handoff = {"name": "H", "carry": {"Lead.Rating": {"to": "Lead.Status", "values": {"Hot": "Warm", "Mild": "New"}}}}
    held = {**tree(), "Field/Lead.Status": VALUES, "Lifecycle/L": {"handoffs": [handoff]}}
    assert len(told(held, "LITERAL001")) == 1


def test_a_body_of_the_vendors_own() -> None:
    facts = Derived(literals=(("Lead.Status", "Cold"),), hard_coded=("012KB000000woXBYAY", "ada@example.com"))
    bodies: dict[str, Body] = {"Automation/Flow": {"active": True, "body": "opaque"}, "Field/Lead.Status": VALUES}
    snapshot = Snapshot.of("tree", bodies, derived={"Automation/Flow": facts})
    codes = [one.code for one in govern(snapshot, today=TODAY, files=True) if one.address == "Automation/Flow"]
    assert {"LITERAL001", "LITERAL002", "LITERAL004"} <= set(codes)
    bodies["Automation/Flow"] = {**bodies["Automation/Flow"], "active": False}
    off = Snapshot.of("tree", bodies, derived={"Automation/Flow": facts})
    assert [one for one in govern(off, today=TODAY, files=True) if one.code.startswith("LITERAL")] == []


def test_several_are_counted() -> None:
    many = " & ".join(f'"a0{at}000000000012"' for at in range(5))
    (message,) = told(formula(many), "LITERAL002")
    assert message.startswith("Lead.Link has 5 record ids written into it: ")
    assert message.endswith(" and 2 more")


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://acme.my.salesforce.com/x", True),
        ("https://acme--test.sandbox.my.site.com/x", True),
        ("https://na12.salesforce.com/x", True),
        ("https://acme.force.com/portal", True),
        ("https://www.salesforce.com/x", False),
        ("https://login.salesforce.com", False),
        ("https://example.com/acme.my.salesforce.com", False),
    ],
)
def test_addresses_of_one_organisation(address: str, *, own: bool) -> None:
    assert bool(told(formula(f'"{address}"'), "LITERAL003")) is own


def test_an_organisations_own_id_tells_environments_apart() -> None:
    assert told(formula('IF($Organization.Id = "00D5t0000004b4L", "a", "b")'), "LITERAL002") == []
