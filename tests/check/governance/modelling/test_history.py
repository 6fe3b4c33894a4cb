"""Fields that decide, and whose changes are not recorded."""

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

TRACKED: dict[str, Body] = {
    "Object/Deal": {"track_history": True},
    "Field/Deal.Stage": {"type": "picklist", "values": ["Open"], "track_history": True},
    "StageSet/Deal": {"field": "Deal.Stage", "stages": ["Open"]},
}
GUARD: Body = {"reject_when": {"field": "Discount", "op": "greater", "value": 20}, "message": "Too much"}
CASES = [
    Case(
        code="MODEL007",
        address="Field/Deal.Owner",
        failing={**TRACKED, "Field/Deal.Owner": {"type": "user"}},
        passing={**TRACKED, "Field/Deal.Owner": {"type": "user", "track_history": True}},
    ),
    Case(
        code="MODEL007",
        address="Field/Deal.Discount",
        failing={**TRACKED, "Field/Deal.Discount": {"type": "percent"}, "Validation/Deal.Limit": GUARD},
        passing={**TRACKED, "Field/Deal.Discount": {"type": "percent"}},
    ),
]


def untracked(tree: dict[str, Body]) -> list[str]:
    return [one.address for one in found(tree) if one.code == "MODEL007"]


def test_an_object_that_does_not_speak_of_history_is_not_asked() -> None:
    assert untracked({**TRACKED, "Object/Deal": {}, "Field/Deal.Owner": {"type": "user"}}) == []


def test_an_object_with_history_of_which_nothing_is_tracked_is_asked() -> None:
    tree: dict[str, Body] = {"Object/Deal": {"track_history": True}, "Field/Deal.Owner": {"type": "user"}}
    assert [one.message for one in found(tree) if one.code == "MODEL007"] == [
        "Deal.Owner says who owns a record, and its changes are not tracked, though Deal is to keep its history"
    ]


def test_an_object_whose_history_is_off_is_told_once_and_only_where_something_decides() -> None:
    tree: dict[str, Body] = {**TRACKED, "Object/Deal": {"track_history": False}}
    tree["Field/Deal.Stage"] = {"type": "picklist", "values": ["Open"]}
    tree["Field/Deal.Discount"] = {"type": "percent"}
    told = [one for one in found({**tree, "Validation/Deal.Limit": GUARD}) if one.code == "MODEL007"]
    assert [(one.address, one.message) for one in told] == [
        ("Object/Deal", "Deal keeps no history, though Deal.Stage is the stage of its records, among others")
    ]
    assert untracked({"Object/Deal": {"track_history": False}, "Field/Deal.Owner": {"type": "user"}}) == []


def test_a_computed_amount_is_not_asked() -> None:
    assert untracked({**TRACKED, "Field/Deal.Discount": {"type": "formula"}, "Validation/Deal.Limit": GUARD}) == []


def test_no_more_is_asked_than_the_vendor_can_track() -> None:
    full: dict[str, Body] = {f"Field/Deal.F{n}": {"type": "text", "track_history": True} for n in range(18)}
    more: dict[str, Body] = {f"Field/Deal.P{n}": {"type": "percent"} for n in range(4)}
    rules: dict[str, Body] = {
        f"Validation/Deal.V{n}": {**GUARD, "reject_when": {**GUARD["reject_when"], "field": f"P{n}"}} for n in range(4)
    }
    assert len(untracked({**TRACKED, **full, **more, **rules})) == 1
