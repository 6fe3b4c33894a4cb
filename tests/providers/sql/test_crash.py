"""A process may die at any instruction, and two may come at once: every batch takes effect once or not at all."""

import os
import signal
import threading
from collections.abc import Callable

import pytest

from crmgov.model.operations import Batch, Operation, Outcome
from crmgov.model.provider import InFlight, ProviderError, Scope
from crmgov.providers.sql import engine
from crmgov.providers.sql.provider import SqlProvider
from crmgov.providers.sql.work import Work
from tests.providers.sql.databases import Db, done
from tests.providers.steps import operations

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

CONFIG = {
    "Picklist/P": {"values": [{"name": f"value {n}"} for n in range(20)]},
    "Object/Lead": {"label": "Lead"},
    "Field/Lead.F": {"type": "picklist", "picklist": "P", "required": True},
    "Field/Lead.N": {"type": "decimal", "precision": 8, "scale": 2, "unique": True},
    "Role/R": {"label": "R"},
}


def dying(db: Db, batch: Batch, prepare: Callable[[], None]) -> None:
    """Settle a batch in a process of its own that ``prepare`` has made die on the way."""
    child = os.fork()
    if child == 0:
        try:
            prepare()
            SqlProvider(db.url, root=db.root, kind="sandbox").settle(batch, batch.digest.encode())
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_step(number: int) -> Callable[[], None]:
    """Die just before this step."""
    real = engine.carry_out

    def carry_out(work: Work, group: list[Operation], begin: Callable[[Operation], None]) -> None:
        def begin_or_die(operation: Operation) -> None:
            if operation.step == number:
                die()
            begin(operation)

        real(work, group, begin_or_die)

    def prepare() -> None:
        engine.carry_out = carry_out

    return prepare


def before_the_record() -> None:
    engine.sa = type("Dying", (), {"insert": die, "select": engine.sa.select, "delete": engine.sa.delete})  # type: ignore[assignment]


def after_the_commit() -> None:
    """Nothing is changed: the process dies after settle has returned."""


def settle(db: Db, batch: Batch) -> list[Outcome]:
    provider = SqlProvider(db.url, root=db.root, kind="sandbox")
    known = provider.settled(batch, None)
    return provider.settle(batch, b"") if known is None else known


def first_batch(db: Db) -> Batch:
    steps = operations(db.provider, db.desired(CONFIG), db.provider.read(Scope()))
    (batch,) = db.provider.batches("run", steps)
    return batch


@pytest.mark.parametrize("step", range(1, 6))
def test_a_process_killed_at_a_step_leaves_nothing_and_is_finished(db: Db, step: int) -> None:
    batch = first_batch(db)
    dying(db, batch, at_step(step))
    assert db.live() == {}
    assert done(settle(db, batch))
    assert set(db.live()) == set(CONFIG)


def test_a_process_killed_before_its_record_leaves_nothing(db: Db) -> None:
    batch = first_batch(db)
    dying(db, batch, before_the_record)
    assert db.provider.settled(batch, None) is None
    assert db.live() == {}
    assert done(settle(db, batch))
    assert set(db.live()) == set(CONFIG)


def test_a_process_killed_after_the_commit_has_done_its_work(db: Db) -> None:
    batch = first_batch(db)
    dying(db, batch, after_the_commit)
    found = db.live()
    assert set(found) == set(CONFIG)
    assert done(db.provider.settled(batch, None) or [])
    db.hand('DELETE FROM "crmgov_picklist_P"')
    assert done(db.provider.settle(batch, b""))
    assert "values" not in db.live()["Picklist/P"], "what was done once must not be done again"


def test_a_half_written_file_is_rolled_back_by_the_first_reader(sqlite: Db) -> None:
    assert done(sqlite.want(CONFIG))
    before = sqlite.live()
    many = [{"name": f"{n} {'x' * 500}"} for n in range(20_000)]
    step = Operation(
        step=1, action="modify", address="Picklist/P", after={"values": [*CONFIG["Picklist/P"]["values"], *many]}
    )  # type: ignore[misc]
    (batch,) = sqlite.provider.batches("huge", [step])
    dying(sqlite, batch, before_the_record)
    journal = sqlite.root / "crm.db-journal"
    assert journal.stat().st_size > 512
    assert sqlite.live() == before
    assert not journal.exists()


def test_two_at_once_apply_a_batch_once(db: Db) -> None:
    batch = first_batch(db)
    results: list[list[Outcome]] = []

    def act() -> None:
        results.append(SqlProvider(db.url, root=db.root, kind="sandbox").settle(batch, b""))

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [done(outcomes) for outcomes in results] == [True] * 4
    assert set(db.live()) == set(CONFIG)
    assert db.rows("SELECT count(*) FROM crmgov_applied") == [(1,)]


def test_a_writer_at_work_is_in_flight(db: Db) -> None:
    batch = first_batch(db)
    with db.provider.connected.database.writing(), pytest.raises(InFlight):
        db.provider.settled(batch, None)
    assert db.provider.settled(batch, None) is None


def test_a_writer_that_does_not_end_is_told(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmgov.providers.sql.sqlite.WAIT", 0.1)
    monkeypatch.setattr("crmgov.providers.sql.postgres.WAIT", 1)
    batch = first_batch(db)
    other = SqlProvider(db.url, root=db.root, kind="sandbox")
    with db.provider.connected.database.writing(), pytest.raises(ProviderError) as told:
        other.settle(batch, b"")
    assert told.value.diagnostic.code == "SQL004"
    assert done(settle(db, batch))


def test_a_batch_with_other_contents_is_refused(db: Db) -> None:
    batch = first_batch(db)
    assert done(settle(db, batch))
    other = Batch(run=batch.run, number=batch.number, operations=(), atomic=True, digest="other")
    for act in (lambda: db.provider.settle(other, b""), lambda: db.provider.settled(other, None)):
        with pytest.raises(ProviderError) as told:
            act()
        assert told.value.diagnostic.code == "SQL010"


def test_vendor_files_are_kept_while_something_names_them(db: Db) -> None:
    body = {"body": "opaque", "body_file": {"path": "a.flow", "digest": "d1"}}
    steps = [Operation(step=1, action="add", address="Automation/A", after=body)]
    (batch,) = db.provider.batches("run", steps)
    handle = db.provider.submit(batch, {"d1": b"bytes\x00", "d2": b"unused"})
    assert db.live() == {}
    assert done(db.provider.settle(batch, handle))
    assert dict(db.provider.read(Scope()).blobs) == {"d1": b"bytes\x00"}
    assert db.rows("SELECT digest FROM crmgov_blobs") == [("d1",)]
    assert done(db.remove("Automation/A"))
    assert db.rows("SELECT digest FROM crmgov_blobs") == []
