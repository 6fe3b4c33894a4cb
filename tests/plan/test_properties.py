"""Invariants of planning, for any pair of configurations: what a plan says is what makes the next one empty."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.canonical import Body
from crmgov.model.snapshot import kind_of
from crmgov.plan.proposals import Draft, Options
from tests.plan.world import LOCAL, applied, drafted
from tests.strategies import bodies

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
KINDS = ("Field", "Picklist", "PermissionSet", "Layout", "Automation", "StageSet", "RecordType")


def _resources(kind: str) -> st.SearchStrategy[dict[str, Body]]:
    parent = "Lead." if kind in ("Field", "Layout", "Automation", "RecordType") else ""
    stored = bodies(kind).map(lambda body: {k: v for k, v in body.items() if k not in LOCAL})
    return st.dictionaries(st.sampled_from([f"{kind}/{parent}{name}" for name in "ABC"]), stored, max_size=3)


def _carried_out(live: dict[str, Body], result: Draft) -> dict[str, Body]:
    after = dict(live)
    for step in result.proposals:
        if step.after is None:
            del after[step.native]
        else:
            after[step.native] = step.after
    return after


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@QUICK
def test_after_a_plan_is_carried_out_the_next_one_is_empty(kind: str, data: st.DataObject) -> None:
    desired, live = data.draw(_resources(kind)), data.draw(_resources(kind))
    first = drafted(desired, live)
    after = _carried_out(live, first)
    assert not drafted(desired, after).proposals
    second = drafted(desired, after, applied(desired, after))
    assert (second.proposals, second.deviations, second.records) == ([], [], [])


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@QUICK
def test_nothing_outside_the_tree_is_touched(kind: str, data: st.DataObject) -> None:
    desired, live = data.draw(_resources(kind)), data.draw(_resources(kind))
    touched = {step.native for step in drafted(desired, live).proposals}
    assert touched <= desired.keys()


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@QUICK
def test_drift_alone_plans_nothing_and_reverting_all_of_it_restores_what_is_written(
    kind: str, data: st.DataObject
) -> None:
    desired, changed = data.draw(_resources(kind)), data.draw(_resources(kind))
    settled = _carried_out({}, drafted(desired, {}))
    baseline = applied(desired, settled)
    live = {**changed, **{a: b for a, b in settled.items() if a not in changed}}
    result = drafted(desired, live, baseline)
    assert not result.proposals
    names = frozenset(deviation.address for deviation in result.deviations)
    undone = _carried_out(live, drafted(desired, live, baseline, options=Options(revert=names)))
    assert not drafted(desired, undone).proposals
    assert {kind_of(address) for address in undone} <= {kind}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@QUICK
def test_null_empties_an_attribute_whatever_it_holds_and_is_sent_once(kind: str, data: st.DataObject) -> None:
    live = data.draw(_resources(kind))
    names = {address: sorted(body) for address, body in live.items() if body}
    if not names:
        return
    address = data.draw(st.sampled_from(sorted(names)))
    name = data.draw(st.sampled_from(names[address]))
    desired: dict[str, Body] = {address: {name: None}}
    after = _carried_out(live, drafted(desired, live))
    assert after[address].get(name) in (None, "", [], {})
    again = drafted(desired, live, applied(desired, after))
    assert not again.proposals
