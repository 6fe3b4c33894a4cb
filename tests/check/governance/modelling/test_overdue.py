"""What is past the day it was to be removed."""

from datetime import date

from crmgov.model.canonical import Body
from tests.check.governance.case import TODAY, Case, found


def _going(day: str, status: str = "deprecated") -> dict[str, Body]:
    return {"Field/Lead.Old": {"type": "text", "lifecycle": {"status": status, "remove_after": day}}}


CASES = [Case(code="MODEL010", address="Field/Lead.Old", failing=_going("2026-06-14"), passing=_going("2026-06-15"))]


def late(tree: dict[str, Body], today: date = TODAY) -> list[str]:
    return [one.message for one in found(tree, today=today) if one.code == "MODEL010"]


def test_how_late_is_said() -> None:
    [message] = late(_going("2026-06-14"))
    assert message.endswith("after 2026-06-14, 1 day ago")
    [message] = late(_going("2025-06-15"))
    assert message.endswith("365 days ago")


def test_only_what_is_on_its_way_out() -> None:
    assert late(_going("2020-01-01", "active")) == []
    assert late(_going("2020-01-01", "released")) == []
    assert late(_going("2020-99-99")) == []
    assert late({"Field/Lead.Old": {"type": "text", "description": '"remove_after": "2020-01-01"'}}) == []
