"""What an apply does when nothing goes wrong, and when single steps do."""

import pytest

from crmgov.ledger.protocol import Ledger
from crmgov.model.operations import Outcome
from tests.apply.crm import FileCrm, Mode, in_flight, problem
from tests.apply.world import FIRST, SECOND, brought, codes, plan_of, run

MODES: tuple[Mode, ...] = ("atomic", "each", "forgetful")


@pytest.mark.parametrize("mode", MODES)
def test_what_is_applied_is_there_and_a_second_plan_is_empty(crm: FileCrm, ledger: Ledger, mode: Mode) -> None:
    crm.mode = mode
    for commit, tree in (("c1", FIRST), ("c2", SECOND)):
        result = brought(crm, ledger, tree, commit=commit)
        assert result.status == "done", result
        assert set(result.counts) == {"done"}
        assert crm.resources() == tree
        again = plan_of(crm, ledger, tree, commit=commit)
        assert again.empty
        assert again.core.records == ()
    heads = ledger.baseline().heads
    assert set(heads) == set(SECOND)
    assert {head.commit for head in heads.values()} == {"c2"}
    assert ledger.holder() is None
    assert list(ledger.verify()) == []
    assert set(crm.state()["effects"].values()) == {1}


def test_an_empty_plan_records_adoptions_and_its_commit(crm: FileCrm, ledger: Ledger) -> None:
    for address, body in FIRST.items():
        crm.by_hand(address, dict(body))
    plan = plan_of(crm, ledger, FIRST, commit="c1")
    assert plan.empty
    assert run(crm, ledger, plan, commit="c1").status == "done"
    assert set(ledger.baseline().heads) == set(FIRST)
    later = plan_of(crm, ledger, FIRST, commit="c2", descends=("c1",))
    assert (later.empty, later.core.records) == (True, ())
    assert run(crm, ledger, later, commit="c2").status == "done"
    assert {head.commit for head in ledger.baseline().heads.values()} == {"c2"}


def test_two_branches_do_not_delete_each_others_work(crm: FileCrm, ledger: Ledger) -> None:
    ours = {**FIRST, "Field/Lead.Ours": {"type": "text", "label": "Ours"}}
    theirs = {**FIRST, "Field/Lead.Theirs": {"type": "text", "label": "Theirs"}}
    assert run(crm, ledger, plan_of(crm, ledger, ours, commit="a"), commit="a").status == "done"
    plan = plan_of(crm, ledger, theirs, commit="b")
    assert plan.core.absent == ("Field/Lead.Ours",)
    assert run(crm, ledger, plan, commit="b").status == "done"
    assert set(crm.resources()) == {*ours, *theirs}
    commits = {native: head.commit for native, head in ledger.baseline().heads.items()}
    assert commits["Field/Lead.Ours"] == "a"
    assert commits["Field/Lead.Theirs"] == commits["Object/Lead"] == "b"
    gone = plan_of(crm, ledger, FIRST, commit="a2", descends=("a",))
    assert [step.native for step in gone.core.steps] == ["Field/Lead.Ours"]


def test_a_rename_moves_the_head_and_what_belongs_to_it(crm: FileCrm, ledger: Ledger) -> None:
    brought(crm, ledger, FIRST, commit="c1")
    renamed = {
        "Object/Prospect": {"label": "Lead", "renamed_from": ["Lead"]},
        "Field/Prospect.Region": FIRST["Field/Lead.Region"],
        "Field/Prospect.Source": {"type": "text", "label": "Origin"},
        "Role/Sales": FIRST["Role/Sales"],
    }
    result = brought(crm, ledger, renamed, commit="c2")
    assert result.status == "done", result
    assert set(crm.resources()) == set(renamed) == set(ledger.baseline().heads)
    again = plan_of(crm, ledger, renamed, commit="c2")
    assert (again.empty, again.core.records) == (True, ())


def test_a_failed_step_stops_what_needs_it_and_nothing_else(crm: FileCrm, ledger: Ledger) -> None:
    crm.mode = "each"
    crm.refuses = {"Object/Lead"}
    result = brought(crm, ledger, {**FIRST, "Object/Case": {"label": "Case"}, "Role/Zone": {"label": "Zone"}})
    assert result.status == "failed"
    assert "Object/Case" in crm.resources()
    assert not any(address.startswith("Field/") for address in crm.resources())
    assert result.counts["failed"] == 1
    assert result.counts["not_tried"] >= 2
    assert set(ledger.baseline().heads) == set(crm.resources())
    assert ledger.holder() is None
    crm.refuses = set()
    assert brought(crm, ledger, FIRST | {"Object/Case": {"label": "Case"}}).status == "done"


def test_what_the_vendor_keeps_otherwise_is_told_once_and_not_sent_again(crm: FileCrm, ledger: Ledger) -> None:
    crm.alters = {"Field/Lead.Region": {"type": "text", "label": "REGION", "length": 40}}
    result = brought(crm, ledger, FIRST)
    altered = [outcome for outcome in result.outcomes if outcome.status == "altered"]
    assert [outcome.message for outcome in altered] == ["kept otherwise than it was sent: label"]
    assert result.status == "done"
    assert plan_of(crm, ledger, FIRST).empty


def test_what_the_vendor_adds_by_itself_is_not_altered(crm: FileCrm, ledger: Ledger) -> None:
    crm.alters = {"Role/Sales": {"label": "Sales", "description": "made by the vendor"}}
    assert brought(crm, ledger, FIRST).counts == {"done": 4}


def test_what_cannot_be_read_back_is_unverified_and_planned_again(crm: FileCrm, ledger: Ledger) -> None:
    plan = plan_of(crm, ledger, FIRST)
    reads = iter([None, None, problem("gone away")])

    def flaky(method: str) -> None:
        error = next(reads, None) if method == "read" else None
        if error:
            raise error

    crm._break = flaky  # type: ignore[method-assign]
    result = run(crm, ledger, plan)
    assert result.status == "failed"
    assert result.counts == {"unverified": 4}
    assert ledger.baseline().heads == {}
    again = plan_of(crm, ledger, FIRST)
    assert again.empty
    assert {record.action for record in again.core.records} == {"adopt"}


def test_reading_back_waits_for_a_vendor_that_lags(crm: FileCrm, ledger: Ledger) -> None:
    crm.lag, crm.stale_reads = 5.0, 0
    plan = plan_of(crm, ledger, FIRST)
    waited: list[float] = []
    original = crm.settle

    def settle(*given: object) -> list[Outcome]:
        outcomes = original(*given)  # type: ignore[arg-type]
        crm.stale_reads = 3
        return outcomes

    crm.settle = settle  # type: ignore[method-assign,assignment]
    assert run(crm, ledger, plan, wait=waited.append).counts == {"done": 4}
    assert waited == [1.0, 1.0, 1.0]


def test_a_batch_that_breaks_off_is_asked_for_until_its_fate_is_known(crm: FileCrm, ledger: Ledger) -> None:
    crm.breaks = {"settled late": [problem("connection lost")], "settled": in_flight(3)}
    waited: list[float] = []
    result = brought(crm, ledger, FIRST, wait=waited.append)
    assert (result.status, len(waited)) == ("done", 3)
    assert set(crm.state()["effects"].values()) == {1}


def test_a_batch_that_never_began_is_failed(crm: FileCrm, ledger: Ledger) -> None:
    crm.breaks = {"settle": [problem("the vendor is closed on Sundays")]}
    result = brought(crm, ledger, FIRST)
    assert result.status == "failed"
    assert {outcome.message for outcome in result.outcomes} == {"the vendor is closed on Sundays"}
    assert crm.resources() == {}
    assert ledger.holder() is None


def test_where_the_fate_of_a_batch_stays_unknown_the_run_stays_open(crm: FileCrm, ledger: Ledger) -> None:
    crm.breaks = {"settled late": [problem("connection lost")], "settled": [problem("no route")]}
    result = brought(crm, ledger, FIRST)
    assert (result.status, codes(result)) == ("interrupted", ["APPLY016"])
    assert "no route" in result.diagnostics[0].message
    holder = ledger.holder()
    assert holder is not None
    assert holder.run == result.run


def test_a_provider_that_breaks_in_its_own_code_is_no_traceback(crm: FileCrm, ledger: Ledger) -> None:
    crm.breaks = {"settle": [ZeroDivisionError("values inside")]}
    result = brought(crm, ledger, FIRST)
    assert result.status == "failed"
    assert {outcome.message for outcome in result.outcomes} == {"the provider broke off: ZeroDivisionError"}


def test_report_code_cannot_change_a_runs_outcome(crm: FileCrm, ledger: Ledger) -> None:
    def broken(_: object) -> None:
        raise RuntimeError

    result = brought(crm, ledger, FIRST, report=broken)
    assert result.status == "done"
    assert codes(result) == ["APPLY021"]
    assert crm.resources() == FIRST
