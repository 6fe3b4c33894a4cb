"""Bodies that are the vendor's own: what their outlines show is judged, and what they leave open is not."""

from typing import Any

from crmgov.check.governance.run import govern
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Derived, Snapshot
from tests.check.governance.automation.making import FIELDS, when
from tests.check.governance.case import TODAY

FLOW: Body = {"body": "opaque", "active": True, "body_file": {"path": "f.flow-meta.xml", "digest": "sha256:0"}}
NOT_HOT: Body = {"not": when("Rating", "equals", "Hot")}


def outline(*actions: Body, on: str = "saved", **more: Any) -> Body:
    """The outline of a flow on leads."""
    trigger = {"on": on, "phase": more.pop("phase", "after"), **more.pop("trigger", {})}
    named = [{"name": f"Step {at}", "when": {}, **action} for at, action in enumerate(actions, 1)]
    return {"trigger": trigger, "when": {}, "asked": [], "actions": named, **more}


def puts(field: str, value: object, **more: Any) -> Body:
    """An action that writes a fixed value."""
    return {"type": "set_field", "field": field, "value": value, **more}


def choice(*conditions: Body, otherwise: bool = False, **more: Any) -> Body:
    """A decision."""
    cases = [{"name": f"Case {at}", "when": one} for at, one in enumerate(conditions, 1)]
    return {"type": "choice", "cases": cases, "otherwise": otherwise, **more}


def told(*flows: Body | tuple[str, Body], active: bool = True, fields: Body | None = None) -> list[str]:
    """Codes and messages about blanks and writers; flows are named A, B, ... and start on leads unless said."""
    bodies: dict[str, Body] = {**FIELDS, **(fields or {})}
    derived = {}
    for at, flow in enumerate(flows):
        owner, body = flow if isinstance(flow, tuple) else ("Lead", flow)
        address = f"Automation/{chr(65 + at)}"
        bodies[address] = {**FLOW, "active": active}
        derived[address] = Derived(triggers=(f"{owner}:saved",), outlines=(("", body),))
    found = govern(Snapshot.of("tree", bodies, derived=derived), today=TODAY, files=True)
    return [f"{one.code} {one.message}" for one in found if one.code.startswith(("TRIGGER", "WRITER"))]


def test_a_start_that_blanks_meet_is_told() -> None:
    assert told(outline(when=NOT_HOT)) == [
        'TRIGGER002 The start of A is also met where Rating is blank: all it asks is that it is not "Hot"'
    ]
    assert told(outline(when=NOT_HOT), active=False) == []


def test_a_body_that_speaks_of_blanks_itself_is_left_alone() -> None:
    assert told(outline(when=NOT_HOT, asked=["Rating"])) == []
    assert told(outline(when={"all": [NOT_HOT, when("Rating", "changed")]})) == []
    assert told(outline(when={"any": [NOT_HOT, when("Rating", "equals", "Cold")]})) == []
    assert told(outline(when=NOT_HOT), fields={"Field/Lead.Rating": {"type": "text", "required": True}}) == []


def test_what_must_hold_before_a_decision_counts() -> None:
    assert len(told(outline(choice(NOT_HOT)))) == 1
    assert told(outline(choice(NOT_HOT, when=when("Rating", "present")))) == []
    assert told(outline(choice(NOT_HOT), when=when("Rating", "present"))) == []


def test_branches_by_one_field_need_a_way_on_for_blanks() -> None:
    hot, cold = when("Rating", "equals", "Hot"), when("Rating", "equals", "Cold")
    assert told(outline(choice(hot, cold))) == ["TRIGGER001 A stops at Step 1 where Rating is blank, which it may be"]
    assert told(outline(choice(hot, cold, otherwise=True))) == []
    assert told(outline(choice(hot))) == []
    assert told(outline(choice(hot, when("Score", "equals", 1)))) == []
    assert told(outline(choice(hot, {"formula": "unknown"}))) == []


def test_a_delayed_part_counts_from_a_date_that_is_there() -> None:
    fields: dict[str, Body] = {"Field/Lead.Due": {"type": "date"}}
    dated = outline(trigger={"dates": ["Due"]})
    assert told(dated, fields=fields) == [
        "TRIGGER001 A counts from Due, and its delayed part never runs where that is blank"
    ]
    assert told({**dated, "when": when("Due", "present")}, fields=fields) == []
    assert told(outline(trigger={"dates": ["CreatedDate"]})) == []


def test_two_writers_at_one_moment_are_told_once() -> None:
    one, other = outline(puts("Score", 1), puts("Score", 3)), outline(puts("Score", 2))
    (message,) = told(one, other)
    assert message.startswith("WRITER002 Lead.Score is written by A and by B, which both start when a record of Lead")


def test_writers_that_do_not_meet_or_whose_order_is_known_are_not_told() -> None:
    one = outline(puts("Score", 1))
    assert told(one, outline(puts("Score", 1))) == []
    assert told(one, outline(puts("Score", 2), phase="before")) == []
    assert told(one, outline(puts("Score", 2), order=5)) == []
    assert told(one, outline(puts("Score", 2), when={"formula": "unknown"})) == []
    assert told(one, ("Contact", outline(puts("Score", 2)))) == []
    hot, cold = when("Status", "equals", "New"), when("Status", "equals", "Done")
    assert told(outline(puts("Score", 1, when=hot)), outline(puts("Score", 2), when=cold)) == []


def test_a_circle_over_two_objects_without_a_condition_is_told() -> None:
    there = outline(puts("Phone", "1", object="Contact"))
    back = outline(puts("Score", 1, object="Lead"))
    assert told(there, ("Contact", back)) == [
        "WRITER001 A changes a Contact, which starts B; B changes a Lead, which starts A"
    ]
    for changed in (
        {**back, "when": when("Phone", "changed")},
        outline(puts("Score", 1, object="Lead", when=when("Phone", "present"))),
        outline(puts("Score", 1, object="Lead"), phase="before"),
        outline(puts("Score", 1, object="Lead"), trigger={"begins": True}),
        outline(puts("Score", 1, object="Lead"), on="created"),
    ):
        assert told(there, ("Contact", changed)) == []


def test_an_automation_that_is_off_is_called_what_the_vendor_calls_it() -> None:
    bodies = {**FIELDS, "Automation/A": {**FLOW, "active": False}}
    snapshot = Snapshot.of("tree", bodies, derived={"Automation/A": Derived(state="Obsolete")})
    found = govern(snapshot, today=TODAY, files=True)
    assert [one.message for one in found if one.code == "REACH006"] == [
        "A is off (Obsolete), and nothing says why or until when"
    ]
