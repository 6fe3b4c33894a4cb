"""What is concluded from conditions is true of every record."""

from collections.abc import Callable
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.check.governance.automation.moments import Meetings
from crmgov.check.governance.automation.steps import only_field, running
from crmgov.check.governance.automation.truth import holds
from crmgov.check.governance.scene import Scene
from crmgov.model.canonical import Body
from crmgov.model.normal import canonical_body
from crmgov.model.snapshot import Snapshot, kind_of
from tests.check.governance.automation.making import automation, tree
from tests.check.governance.case import TODAY

NUMBERS = st.integers(0, 3)
RECORDS = [dict(zip(("Score", "Other"), pair, strict=True)) for pair in product([None, *range(-1, 6)], repeat=2)]
ONE = st.tuples(
    st.sampled_from(("Score", "Other")),
    st.sampled_from(("equals", "not_equals", "less", "less_or_equal", "greater", "greater_or_equal")),
    NUMBERS,
).map(lambda made: {"field": made[0], "op": made[1], "value": made[2]})
MANY = st.tuples(st.sampled_from(("Score", "Other")), st.sampled_from(("in", "not_in")), st.lists(NUMBERS, min_size=1))
LISTED = MANY.map(lambda made: {"field": made[0], "op": made[1], "value": made[2]})
ASKED = st.tuples(st.sampled_from(("Score", "Other")), st.sampled_from(("blank", "present")))
CRITERIA = st.recursive(
    ONE | LISTED | ASKED.map(lambda made: {"field": made[0], "op": made[1]}),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda held: {"all": held}),
        st.lists(inner, min_size=1, max_size=3).map(lambda held: {"any": held}),
        inner.map(lambda held: {"not": held}),
    ),
    max_leaves=6,
)


def true_of(criterion: Body, record: dict[str, Any]) -> bool:
    """The meaning of a criterion, spelt out."""
    if "all" in criterion:
        return all(true_of(one, record) for one in criterion["all"])
    if "any" in criterion:
        return any(true_of(one, record) for one in criterion["any"])
    if "not" in criterion:
        return not true_of(criterion["not"], record)
    value: Any = record[criterion["field"]]
    right: Any = criterion.get("value")
    if criterion["op"] in ("blank", "present"):
        return bool((value is None) == (criterion["op"] == "blank"))
    if value is None:
        return False
    answers: dict[str, Callable[[], bool]] = {
        "equals": lambda: value == right,
        "not_equals": lambda: value != right,
        "in": lambda: value in right,
        "not_in": lambda: value not in right,
        "less": lambda: value < right,
        "less_or_equal": lambda: value <= right,
        "greater": lambda: value > right,
        "greater_or_equal": lambda: value >= right,
    }
    return bool(answers[criterion["op"]]())


@given(CRITERIA)
def test_what_one_field_decides_no_other_field_changes(criterion: Body) -> None:
    for record in RECORDS:
        answer = holds(criterion, "Score", record["Score"])
        assert answer is None or answer is true_of(criterion, record)
        if only_field(criterion) == "Score":
            assert answer is not None


@settings(max_examples=60)
@given(CRITERIA, CRITERIA)
def test_conditions_called_exclusive_share_no_record(mine: Body, theirs: Body) -> None:
    held = tree(One=automation("created", when=mine), Two=automation("created", when=theirs))
    bodies = {address: canonical_body(kind_of(address), dict(body)) for address, body in held.items()}
    scene = Scene(Snapshot.of("tree", bodies), today=TODAY)
    one, two = running(scene)
    if Meetings(scene).exclusive(one, two):
        assert not any(true_of(mine, record) and true_of(theirs, record) for record in RECORDS)
