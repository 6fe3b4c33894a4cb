"""One batch, carried out in one transaction together with the row that says so."""

from collections.abc import Callable, Iterator, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from crmgov.model.diagnostics import of
from crmgov.model.operations import Batch, Operation, Outcome
from crmgov.model.provider import InFlight, ProviderError
from crmgov.providers.sql import metadata
from crmgov.providers.sql.dialect import Database
from crmgov.providers.sql.errors import Refused, busy, words
from crmgov.providers.sql.metadata import APPLIED, BLOBS
from crmgov.providers.sql.operate import carry_out, singly, together
from crmgov.providers.sql.work import Work

Grouping = Callable[[Sequence[Operation]], Iterator[list[Operation]]]


class _Undone(Exception):  # noqa: N818 - leaves the transaction without committing
    """The batch cannot be carried out; nothing of it stays. ``sure``: the step named is the one at fault."""

    def __init__(self, step: int, message: str, *, sure: bool = True) -> None:
        super().__init__(message)
        self.step = step
        self.message = message
        self.sure = sure


def settle(database: Database, batch: Batch) -> list[Outcome]:
    """Carry the batch out unless the database says that this was done.

    What can be done by one statement is. Where such a statement fails, the batch is tried once more step by step, to
    tell which step it was.
    """
    try:
        return _settle(database, batch, together)
    except _Undone as undone:
        if undone.sure:
            return _nothing_done(batch, undone)
    try:
        return _settle(database, batch, singly)
    except _Undone as undone:
        return _nothing_done(batch, undone)


def _settle(database: Database, batch: Batch, grouping: Grouping) -> list[Outcome]:
    with database.writing() as connection:
        known = _recorded(database, connection, batch)
        if known is not None:
            return known
        _carry_out(database, connection, batch, grouping)
        outcomes = [Outcome(step=operation.step, status="done") for operation in batch.operations]
        text = msgspec.json.encode(outcomes).decode()
        row = {"run": batch.run, "batch": batch.number, "digest": batch.digest, "outcomes": text}
        connection.execute(sa.insert(APPLIED).values(row))
    return outcomes


def settled(database: Database, batch: Batch) -> list[Outcome] | None:
    """The outcomes if the batch took effect, None if nothing of it did; raises InFlight while a writer is at work."""
    with database.reading() as connection:
        known = _recorded(database, connection, batch)
    if known is None and database.busy():
        raise InFlight
    if known is None:
        # Between the look and the question the writer may have ended.
        with database.reading() as connection:
            known = _recorded(database, connection, batch)
    return known


def stage(database: Database, blobs: dict[str, bytes]) -> None:
    """Put vendor files into the database, where nothing refers to them yet."""
    with database.writing() as connection:
        metadata.save_blobs(connection, blobs)


def _recorded(database: Database, connection: Connection, batch: Batch) -> list[Outcome] | None:
    if database.inspect(connection, APPLIED.name).get(APPLIED.name) is None:
        raise ProviderError(of("SQL003", f"{database.source} has no crmgov identity"))
    row = connection.execute(
        sa.select(APPLIED.c.digest, APPLIED.c.outcomes).where(
            APPLIED.c.run == batch.run, APPLIED.c.batch == batch.number
        )
    ).first()
    if row is None:
        return None
    if row[0] != batch.digest:
        message = f"{database.source}: batch {batch.number} of run {batch.run} was applied with other contents"
        raise ProviderError(of("SQL010", message))
    return msgspec.json.decode(row[1], type=list[Outcome])


def _carry_out(database: Database, connection: Connection, batch: Batch, grouping: Grouping) -> None:
    guard = database.guard(connection)
    work = Work(database, connection)
    at: list[Operation] = []
    group: list[Operation] = []

    def undone(what: str, *, sure: bool) -> _Undone:
        return _Undone(at[-1].step, f"{at[-1].address}: {what}", sure=sure)

    try:
        for group in grouping(batch.operations):
            at.append(group[0])
            carry_out(work, group, at.append)
        fault = guard()
    except Refused as refused:
        raise undone(str(refused), sure=True) from refused
    except DBAPIError as error:
        if busy(error) or not at:
            raise
        raise undone(f"the database refused it: {words(error)}", sure=len(group) == 1) from error
    if fault:
        raise undone(fault, sure=True)
    if any(operation.address.startswith("Automation/") for operation in batch.operations):
        _drop_unused_blobs(work)


def _drop_unused_blobs(work: Work) -> None:
    used = [body["body_file"]["digest"] for body in work.bodies.values() if isinstance(body.get("body_file"), dict)]
    work.connection.execute(sa.delete(BLOBS).where(BLOBS.c.digest.not_in(used)))


def _nothing_done(batch: Batch, undone: _Undone) -> list[Outcome]:
    because = f"nothing of this batch was done, because step {undone.step} failed"
    return [
        Outcome(step=operation.step, status="failed", message=undone.message)
        if operation.step == undone.step
        else Outcome(step=operation.step, status="not_tried", message=because)
        for operation in batch.operations
    ]
