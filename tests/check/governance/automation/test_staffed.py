"""Teams without members that are given work."""

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from tests.check.governance.automation.test_catch_all import routed
from tests.check.governance.case import Case, found


def told(tree: dict[str, Body], *, files: bool = False) -> list[Diagnostic]:
    """What the rule finds."""
    return [one for one in found(tree, files=files) if one.code == "ROUTING002"]


def staffed(**members: object) -> dict[str, Body]:
    """A tree whose catch-all is a queue with these members."""
    tree = routed("North", otherwise={"team": "Pool"})
    return {**tree, "Team/Pool": {"type": "queue", "objects": ["Lead"], **members}, "Team/Empty": {"members": None}}


CASES = [
    Case(
        code="ROUTING002",
        address="Team/Pool",
        failing=staffed(members={"users": []}),
        passing=staffed(members={"users": ["ada@example.com"]}),
    )
]


def test_it_certainly_does_harm() -> None:
    (one,) = told(staffed(members=None))
    assert one.severity == "error"
    assert one.message == "Pool, which an automation gives work to, has no members"
    assert one.evidence == ("Lead.Route",)


def test_a_team_of_empty_teams_is_empty() -> None:
    assert told(staffed(members={"teams": ["Empty", "Pool"]})) != []
    assert told(staffed(members={"teams": ["Empty", "North"]})) == []
    assert told(staffed(members={"teams": ["Elsewhere"]})) == []


def test_members_that_are_not_governed_are_not_known() -> None:
    assert told(staffed()) == []


def test_files_without_members_are_worth_a_look() -> None:
    (one,) = told(staffed(), files=True)
    assert one.severity == "warning"
    assert "Setup" in one.detail
    assert told(staffed(members={"roles": ["Rep"]}), files=True) == []


def test_a_team_that_nothing_is_given_to_is_left_alone() -> None:
    assert [one.address for one in told(staffed(members={"roles": ["Rep"]}))] == []
