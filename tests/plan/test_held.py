"""What was deprecated with a date is not removed before it."""

from hypothesis import given
from hypothesis import strategies as st

from crmgov.model.canonical import Body
from crmgov.plan.proposals import Options
from tests.plan.world import applied, drafted

FIELD = "Field/Lead.Old"
OBJECT: dict[str, Body] = {"Object/Lead": {"label": "Lead"}}
WHOLE: dict[str, Body] = {**OBJECT, FIELD: {"type": "text"}}


def going(day: str | None, desired: dict[str, Body] = OBJECT, *, until: str = "2026-09-01"):  # type: ignore[no-untyped-def]
    heads = applied(WHOLE, WHOLE, protect=(f"until:{until}",))
    return drafted(desired, WHOLE, heads, options=Options(today=day or ""))


def test_a_removal_waits_for_its_day() -> None:
    result = going("2026-09-01")
    assert result.proposals == []
    assert result.absent == [FIELD]
    [told] = [one for one in result.diagnostics if one.code == "PLAN014"]
    assert told.message == "Field/Lead.Old stays: it is deprecated, to be removed after 2026-09-01"
    assert [one.sort for one in result.deviations] == ["absent"]
    assert [step.action for step in going("2026-09-02").proposals] == ["remove"]


def test_a_plan_without_a_day_removes_nothing_that_waits() -> None:
    assert going(None).proposals == []


def test_an_object_waits_for_its_parts() -> None:
    result = going("2026-08-01", {})
    assert result.proposals == []
    assert sorted(result.absent) == [FIELD, "Object/Lead"]


def test_the_ledger_learns_the_day_from_the_document() -> None:
    going_ = {"type": "text", "lifecycle": {"status": "deprecated", "remove_after": "2026-09-01"}}
    result = drafted({**OBJECT, FIELD: going_}, WHOLE, applied(WHOLE, WHOLE))
    [record] = result.records
    assert (record.native, record.protect) == (FIELD, ("until:2026-09-01",))
    active = {"type": "text", "lifecycle": {"status": "active", "remove_after": "2026-09-01"}}
    assert drafted({**OBJECT, FIELD: active}, WHOLE, applied(WHOLE, WHOLE)).records == []


@given(st.dates(), st.dates())
def test_it_goes_on_the_day_after_and_never_sooner(day: object, until: object) -> None:
    gone = [step.native for step in going(str(day), until=str(until)).proposals]
    assert gone == ([FIELD] if str(day) > str(until) else [])
