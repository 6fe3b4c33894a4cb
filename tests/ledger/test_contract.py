"""What every ledger promises, wherever it is kept."""

import msgspec
import pytest

from crmgov.ledger.entries import AuditRecorded, BatchIntent, BatchSubmitted, HeadsChanged, LockTaken, RunClosed
from crmgov.ledger.errors import LedgerError, LockHeld, LockLost
from crmgov.ledger.protocol import Ledger
from crmgov.model.canonical import digest
from tests.ledger.acts import AT, IDENTITY, OTHER, applied, set_heads, started
from tests.ledger.conftest import Opener


def test_a_ledger_never_written_says_so_and_reading_makes_nothing(ledger: Ledger, opener: Opener) -> None:
    baseline = ledger.baseline()
    assert (baseline.exists, baseline.serial, baseline.chain, dict(baseline.heads)) == (False, 0, "", {})
    assert list(ledger.entries()) == []
    assert ledger.since("") == []
    assert ledger.since("something") is None
    assert list(ledger.verify()) == []
    assert ledger.holder() is None
    assert ledger.identity() is None
    assert opener().identity() is None


def test_what_one_process_appends_another_reads(ledger: Ledger, opener: Opener) -> None:
    holder = started(ledger)
    body = b'{"label":"Regi\xc3\xb3n"}'
    ledger.append([BatchSubmitted(batch=0, handle=b"\x00\xff\n"), set_heads("Field/Lead.Region", body=body)],
                  {digest(body): body}, holder=holder, at=AT)  # fmt: skip
    other = opener()
    first, second = other.entries()
    assert first.what == BatchSubmitted(batch=0, handle=b"\x00\xff\n")
    assert (first.number, first.previous, first.run, first.at) == (1, "", "r1", AT)
    assert (second.number, second.previous) == (2, first.digest)
    baseline = other.baseline()
    head = baseline.heads["Field/Lead.Region"]
    assert (head.commit, head.author, head.run) == ("c1", "ana", "r1")
    assert baseline.bodies[head.desired] == body
    assert (baseline.exists, baseline.serial, baseline.chain) == (True, 2, second.digest)
    assert other.since(first.digest) == [second]
    assert other.since(second.digest) == []
    assert other.since("") == [first, second]
    with pytest.raises(KeyError):
        other.body("0" * 32)


def test_heads_read_ahead_are_those_read_at_once(ledger: Ledger, opener: Opener) -> None:
    applied(ledger, "r1", "Object/A", "Field/A.B", commit="c1")
    body = b'{"label":"B"}'
    holder = started(ledger, "r2")
    ledger.append([set_heads("Field/A.B", body=body)], {digest(body): body}, holder=holder, at=AT)
    ahead = opener()
    ahead.begin()
    baseline, plain = ahead.baseline(), opener().baseline()
    assert dict(baseline.heads) == dict(plain.heads)
    assert (baseline.exists, baseline.serial, baseline.chain) == (plain.exists, plain.serial, plain.chain)
    assert baseline.bodies[baseline.heads["Field/A.B"].desired] == body
    given_up = opener()
    given_up.begin()
    given_up.close()


def test_all_heads_get_the_commit_but_those_kept(ledger: Ledger, opener: Opener) -> None:
    applied(ledger, "r1", "Object/A", "Object/B", "Object/C", commit="c1")
    applied(ledger, "r2", "Object/D", commit="c2", keep=("Object/B",))
    commits = {native: (head.commit, head.run) for native, head in opener().baseline().heads.items()}
    assert commits == {
        "Object/A": ("c2", "r2"), "Object/B": ("c1", "r1"), "Object/C": ("c2", "r2"), "Object/D": ("c2", "r2"),
    }  # fmt: skip
    applied(ledger, "r3", commit="c3", keep=("Object/B", "Object/D"))
    applied(ledger, "r4", commit="c4", keep=("Object/D",))
    commits = {native: (head.commit, head.run) for native, head in opener().baseline().heads.items()}
    assert commits == {
        "Object/A": ("c4", "r4"), "Object/B": ("c4", "r4"), "Object/C": ("c4", "r4"), "Object/D": ("c2", "r2"),
    }  # fmt: skip
    assert list(ledger.verify()) == []


def test_dropped_heads_are_gone(ledger: Ledger, opener: Opener) -> None:
    applied(ledger, "r1", "Object/A", "Object/B")
    holder = started(ledger, "r2")
    ledger.append([HeadsChanged(drop=("Object/A", "Object/Never"))], {}, holder=holder, at=AT)
    assert set(opener().baseline().heads) == {"Object/B"}
    assert list(opener().verify()) == []


def test_a_held_lock_names_its_holder(ledger: Ledger, opener: Opener) -> None:
    holder = started(ledger, "r1")
    other = opener()
    with pytest.raises(LockHeld) as caught:
        started(other, "r2")
    assert caught.value.holder == holder
    assert f"run r1 by {holder.user} (process {holder.pid} on {holder.host})" in caught.value.diagnostic.message
    assert other.holder() == holder
    ledger.release(holder)
    started(other, "r2")


def test_after_a_take_over_the_old_holder_can_write_nothing(ledger: Ledger, opener: Opener) -> None:
    holder = started(ledger, "r1")
    ledger.append([BatchIntent(batch=0)], {}, holder=holder, at=AT)
    other = opener()
    other.bind(IDENTITY)
    new = msgspec.structs.replace(holder, pid=holder.pid + 1, started="x")
    other.take("r1", new, AT)
    with pytest.raises(LockLost, match="Run r1 lost the lock"):
        ledger.append([BatchIntent(batch=1)], {}, holder=holder, at=AT)
    with pytest.raises(LockLost):
        ledger.release(holder)
    other.append([RunClosed(status="done", counts={})], {}, holder=new, at=AT)
    assert [entry.what for entry in ledger.entries()] == [
        BatchIntent(batch=0), LockTaken(holder=holder, by=new), RunClosed(status="done", counts={}),
    ]  # fmt: skip


def test_the_lock_is_taken_only_from_the_run_named(ledger: Ledger, opener: Opener) -> None:
    holder = started(ledger, "r1")
    other = opener()
    other.bind(IDENTITY)
    with pytest.raises(LockHeld):
        other.take("r0", holder, AT)
    ledger.release(holder)
    with pytest.raises(LockLost):
        other.take("r1", holder, AT)


def test_nothing_is_written_without_the_lock(ledger: Ledger) -> None:
    holder = started(ledger)
    ledger.release(holder)
    with pytest.raises(LockLost):
        ledger.append([BatchIntent(batch=0)], {}, holder=holder, at=AT)
    assert ledger.baseline().serial == 0


def test_a_ledger_belongs_to_one_instance(ledger: Ledger, opener: Opener) -> None:
    applied(ledger, "r1", "Object/A")
    assert opener().identity() == IDENTITY
    with pytest.raises(LedgerError, match="belongs to sql production one"):
        opener().bind(OTHER)


def test_two_that_bind_at_once_cannot_both_own_it(ledger: Ledger, opener: Opener) -> None:
    other = opener()
    other.bind(OTHER)
    applied(ledger, "r1", "Object/A")
    holder = msgspec.structs.replace(started(ledger, "r2"), run="r3")
    ledger.release(msgspec.structs.replace(holder, run="r2"))
    with pytest.raises(LedgerError, match="belongs to sql production one"):
        other.lock(holder)


def test_many_entries_stay_in_order(ledger: Ledger, opener: Opener) -> None:
    holder = started(ledger)
    for start in range(0, 2100, 700):
        ledger.append([BatchIntent(batch=number) for number in range(start, start + 700)], {}, holder=holder, at=AT)
    entries = list(opener().entries())
    assert [entry.what.batch for entry in entries if isinstance(entry.what, BatchIntent)] == list(range(2100))
    assert opener().since(entries[999].digest) == entries[1000:]
    assert list(opener().verify()) == []


def test_what_moves_no_head_is_noted_while_a_run_holds_the_lock(ledger: Ledger, opener: Opener) -> None:
    holder = started(ledger)
    body = b'{"time":"2026"}'
    opener().note(AuditRecorded(figures=digest(body)), body, run="audit-1", at=AT)
    ledger.append([set_heads("Field/Lead.Region")], {digest(b"{}"): b"{}"}, holder=holder, at=AT)
    ledger.release(holder)
    first, second = opener().entries()
    assert first.what == AuditRecorded(figures=digest(body))
    assert isinstance(second.what, HeadsChanged)
    assert opener().body(digest(body)) == body
    assert list(ledger.verify()) == []
    assert list(ledger.baseline().heads) == ["Field/Lead.Region"]
