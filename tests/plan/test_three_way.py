"""Intent is planned, drift is told, conflicts stop: one test for each corner of the three pictures."""

from crmgov.model.baseline import History
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import Coverage, Gap
from crmgov.plan.proposals import Options
from tests.plan.world import applied, drafted, lines

FIELD = "Field/Lead.Region"
BASE = {"type": "text", "label": "Region", "length": 80}


def test_equal_states_plan_nothing_and_adopt() -> None:
    result = drafted({FIELD: BASE}, {FIELD: {**BASE, "help": "by hand"}})
    assert lines(result) == []
    assert [(r.action, r.native) for r in result.records] == [("adopt", FIELD)]


def test_a_new_resource_is_added_without_its_nulls() -> None:
    result = drafted({FIELD: {**BASE, "help": None}}, {})
    assert lines(result) == ["add Field/Lead.Region label,length,type"]


def test_without_a_baseline_live_values_that_differ_are_overwritten_and_counted() -> None:
    result = drafted({FIELD: {**BASE, "label": "Area"}}, {FIELD: BASE})
    assert lines(result) == ["modify Field/Lead.Region label"]
    assert result.overwritten == 1
    assert result.first


def test_what_is_not_written_is_not_governed() -> None:
    result = drafted({FIELD: {"label": "Region"}}, {FIELD: {**BASE, "required": True}})
    assert lines(result) == []


def test_a_changed_line_is_intent() -> None:
    result = drafted({FIELD: {**BASE, "label": "Area"}}, {FIELD: BASE}, applied({FIELD: BASE}, {FIELD: BASE}))
    assert lines(result) == ["modify Field/Lead.Region label"]
    assert result.overwritten == 0


def test_a_hand_made_change_is_drift_and_not_undone() -> None:
    result = drafted({FIELD: BASE}, {FIELD: {**BASE, "label": "Area"}}, applied({FIELD: BASE}, {FIELD: BASE}))
    assert lines(result) == []
    assert [(d.sort, d.address) for d in result.deviations] == [("changed", FIELD)]


def test_revert_undoes_drift() -> None:
    result = drafted(
        {FIELD: BASE},
        {FIELD: {**BASE, "label": "Area"}},
        applied({FIELD: BASE}, {FIELD: BASE}),
        options=Options(revert=frozenset({"lead.region"})),
    )
    assert lines(result) == ["modify Field/Lead.Region label"]
    assert result.proposals[0].because == "revert"


def test_both_moved_is_a_conflict_settled_by_take() -> None:
    desired, live = {FIELD: {**BASE, "label": "Area"}}, {FIELD: {**BASE, "label": "Zone"}}
    baseline = applied({FIELD: BASE}, {FIELD: BASE})
    result = drafted(desired, live, baseline)
    assert [d.code for d in result.diagnostics] == ["PLAN003"]
    taken = drafted(desired, live, baseline, options=Options(take={FIELD: "yaml"}))
    assert lines(taken) == ["modify Field/Lead.Region label"]
    assert taken.proposals[0].because == "take"
    left = drafted(desired, live, baseline, options=Options(take={FIELD: "live"}))
    assert (lines(left), left.diagnostics) == ([], [])


def test_what_the_vendor_kept_otherwise_is_not_sent_again() -> None:
    sent, kept = {FIELD: {**BASE, "label": "Region "}}, {FIELD: BASE}
    assert lines(drafted(sent, kept, applied(sent, kept))) == []
    more = {FIELD: {**sent[FIELD], "length": 90}}
    assert lines(drafted(more, kept, applied(sent, kept))) == ["modify Field/Lead.Region length"]


def test_a_line_that_is_gone_returns_to_the_default_or_is_an_error() -> None:
    was = {FIELD: {**BASE, "required": True}}
    result = drafted({FIELD: BASE}, was, applied(was, was))
    assert lines(result) == ["modify Field/Lead.Region required"]
    assert result.proposals[0].after == {**BASE, "required": False}
    result = drafted({FIELD: {"type": "text", "label": "Region"}}, {FIELD: BASE}, applied({FIELD: BASE}, {FIELD: BASE}))
    assert [d.code for d in result.diagnostics] == ["PLAN002"]


PICK = "Picklist/Source"


def test_values_added_by_hand_are_drift_values_taken_out_are_removed_and_order_is_kept() -> None:
    was = {PICK: {"values": ["Web", "Fair", "Call"]}}
    live = {PICK: {"values": ["Web", "Fair", "Walk-in", "Call"]}}
    result = drafted(was, live, applied(was, was))
    assert (lines(result), [d.sort for d in result.deviations]) == ([], ["changed"])
    result = drafted({PICK: {"values": ["Web", "Mail", "Call"]}}, live, applied(was, was))
    step = result.proposals[0]
    assert step.after == {"values": [{"name": n} for n in ("Web", "Walk-in", "Mail", "Call")]}
    exact = drafted({PICK: {"values": ["Web", "Call"], "complete": True}}, live, applied(was, was))
    assert exact.proposals[0].after == {"values": [{"name": "Web"}, {"name": "Call"}]}


def test_removal_needs_a_descending_commit_and_a_whole_tree() -> None:
    was = {FIELD: BASE, "Object/Lead": {"label": "Lead"}}
    now = {"Object/Lead": {"label": "Lead"}}
    baseline = applied(was, was)
    assert lines(drafted(now, was, baseline)) == ["remove Field/Lead.Region label,length,type"]
    for history, options in (
        (History(commit="c9", descent={"c1": "unrelated"}), Options()),
        (History(commit="c9"), Options()),
        (History(commit="c2", descent={"c1": "descends"}), Options(tree_complete=False)),
    ):
        result = drafted(now, was, baseline, history, options)
        assert lines(result) == []
        assert [d.sort for d in result.deviations] == ["absent"]
        assert result.absent == [FIELD]


def test_a_value_whose_line_is_missing_on_another_branch_stays() -> None:
    was = {PICK: {"values": ["Web", "Fair"]}}
    result = drafted(
        {PICK: {"values": ["Web"]}}, was, applied(was, was), History(commit="c9", descent={"c1": "unrelated"})
    )
    assert lines(result) == []
    assert [d.code for d in result.diagnostics] == ["PLAN001"]


def test_gone_live_is_told_and_added_again_only_by_revert() -> None:
    baseline = applied({FIELD: BASE}, {FIELD: BASE})
    result = drafted({FIELD: BASE}, {}, baseline)
    assert (lines(result), [d.sort for d in result.deviations]) == ([], ["removed"])
    result = drafted({FIELD: BASE}, {}, baseline, options=Options(revert=frozenset({FIELD})))
    assert [line.split()[0] for line in lines(result)] == ["add"]


def test_a_declared_rename_is_one_step_and_its_references_follow() -> None:
    rule = "Validation/Lead.Filled"
    was = {FIELD: BASE, rule: {"reject_when": {"field": "Region", "op": "blank"}}}
    now = {
        "Field/Lead.Territory": {**BASE, "renamed_from": ["Region"]},
        rule: {"reject_when": {"field": "Territory", "op": "blank"}},
    }
    result = drafted(now, was, applied(was, was))
    assert lines(result) == ["rename Field/Lead.Territory "]
    assert {(r.action, r.native) for r in result.records} >= {("forget", FIELD), ("adopt", "Field/Lead.Territory")}
    assert lines(drafted(now, now, applied(now, now))) == []


def test_a_protected_field_is_not_removed_until_the_line_was_taken_out_earlier() -> None:
    was = {FIELD: {**BASE, "protect": ["remove"]}}
    result = drafted({}, {FIELD: BASE}, applied(was, {FIELD: BASE}, protect=("remove",)))
    assert [d.code for d in result.diagnostics] == ["PLAN008"]


def test_a_released_resource_leaves_the_ledger_and_stays_live() -> None:
    now = {FIELD: {**BASE, "lifecycle": {"status": "released"}}}
    result = drafted(now, {FIELD: BASE}, applied({FIELD: BASE}, {FIELD: BASE}))
    assert lines(result) == []
    assert [(r.action, r.native) for r in result.records] == [("release", FIELD)]


def test_null_removes_all_that_a_collection_holds_and_what_comes_by_hand_is_drift() -> None:
    grants = "PermissionSet/Sales"
    nothing, held = {grants: {"fields": None}}, {grants: {"fields": {"Lead": {"fields": {"Region": "edit"}}}}}
    assert lines(drafted(nothing, held)) == ["modify PermissionSet/Sales fields/Lead"]
    assert lines(drafted(nothing, held, applied(held, held))) == ["modify PermissionSet/Sales fields/Lead"]
    by_hand = drafted(nothing, held, applied(nothing, {grants: {}}))
    assert lines(by_hand) == []
    assert [(d.sort, d.address) for d in by_hand.deviations] == [("changed", grants)]
    undone = drafted(nothing, held, applied(nothing, {grants: {}}), options=Options(revert=frozenset({grants})))
    assert lines(undone) == ["modify PermissionSet/Sales fields/Lead"]


def test_what_was_not_read_is_neither_removed_by_hand_nor_forgotten() -> None:
    unread = Coverage(kinds=frozenset(KINDS), gaps=(Gap(status="unread", reason="no access", kind="Field"),))
    other, baseline = "Field/Lead.Zone", applied({FIELD: BASE, "Field/Lead.Zone": BASE}, {FIELD: BASE})
    result = drafted({FIELD: BASE}, {}, baseline, coverage=unread, options=Options(revert_kinds=frozenset({"Field"})))
    assert (lines(result), result.deviations, result.records) == ([], [], [])
    assert [(d.code, d.address) for d in result.diagnostics] == [("PLAN005", FIELD), ("PLAN013", other)]
    moved = drafted({FIELD: {**BASE, "length": 90}, other: BASE}, {}, baseline, coverage=unread)
    assert sorted((d.code, d.severity == "error", d.address) for d in moved.diagnostics) == [
        ("PLAN005", True, FIELD),
        ("PLAN013", False, other),
    ]


def test_gone_by_hand_stays_drift_when_only_the_ledger_has_something_to_learn() -> None:
    told = drafted({FIELD: {**BASE, "protect": ["remove"]}}, {}, applied({FIELD: BASE}, {FIELD: BASE}))
    assert [(r.action, r.protect) for r in told.records] == [("desire", ("remove",))]
    later = drafted({FIELD: {**BASE, "protect": ["remove"]}}, {}, applied({FIELD: BASE}, {}, protect=("remove",)))
    assert lines(later) == []
    assert [d.sort for d in later.deviations] == ["removed"]
