"""Record types of another object."""

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found


def asking(name: str, how: str = "RecordType.DeveloperName", **more: Body) -> dict[str, Body]:
    """A validation of events that asks for a record type."""
    return {
        "RecordType/Event.Meeting": {"label": "Customer meeting"},
        "RecordType/Task.Call": {"label": "Call"},
        "Validation/Event.V": {"formula": f'OR({how} = "{name}", ISBLANK(Subject))', "message": "No", "active": True},
        **more,
    }


def told(held: dict[str, Body]) -> list[str]:
    """What the rule says."""
    return [one.message for one in found(held) if one.code == "LITERAL007"]


CASES = [
    Case(code="LITERAL007", address="Validation/Event.V", failing=asking("Call"), passing=asking("Meeting")),
]


def test_both_objects_are_named() -> None:
    assert told(asking("Call")) == ['Event.V asks for the record type "Call", which Event does not have and Task has']


def test_labels_count_and_case_does_not() -> None:
    assert told(asking("Customer meeting", "RecordType.Name")) == []
    assert told(asking("meeting")) == []


def test_what_no_object_of_the_tree_has_may_be_elsewhere() -> None:
    assert told(asking("Packaged")) == []


def test_an_object_without_record_types_here_may_have_them_elsewhere() -> None:
    held = asking("Call")
    del held["RecordType/Event.Meeting"]
    assert told(held) == []
