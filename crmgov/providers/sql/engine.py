"""One batch, carried out in one transaction together with the row that says so."""

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
from crmgov.providers.sql.operate import carry_out
from crmgov.providers.sql.work import Work


class _Undone(Exception):  # noqa: N818 - leaves the transaction without committing
    """The batch cannot be carried out; nothing of it stays."""

    def __init__(self, step: int, message: str) -> None:
        super().__init__(message)
        self.step = step
        self.message = message


def settle(database: Database, batch: Batch) -> list[Outcome]:
    """Carry the batch out unless the database says that this was done."""
    try:
        with database.writing() as connection:
            known = _recorded(database, connection, batch)
            if known is not None:
                return known
            _carry_out(database, connection, batch)
            outcomes = [Outcome(step=operation.step, status="done") for operation in batch.operations]
            connection.execute(
                sa.insert(APPLIED).values(
                    run=batch.run, batch=batch.number, digest=batch.digest,
                    outcomes=msgspec.json.encode(outcomes).decode(),
                )
            )  # fmt: skip
        return outcomes
    except _Undone as undone:
        return _nothing_done(batch, undone)


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


def _carry_out(database: Database, connection: Connection, batch: Batch) -> None:
    guard = database.guard(connection)
    work = Work(database, connection)
    last = batch.operations[0].step if batch.operations else 0
    try:
        for operation in batch.operations:
            last = operation.step
            carry_out(work, operation)
        fault = guard()
    except Refused as refused:
        raise _Undone(last, f"{_address(batch, last)}: {refused}") from refused
    except DBAPIError as error:
        if busy(error):
            raise
        raise _Undone(last, f"{_address(batch, last)}: the database refused it: {words(error)}") from error
    if fault:
        raise _Undone(last, fault)
    if any(operation.address.startswith("Automation/") for operation in batch.operations):
        _drop_unused_blobs(work)


def _address(batch: Batch, step: int) -> str:
    return next(operation.address for operation in batch.operations if operation.step == step)


def _drop_unused_blobs(work: Work) -> None:
    used = [body["body_file"]["digest"] for body in work.bodies.values() if isinstance(body.get("body_file"), dict)]
    work.connection.execute(sa.delete(BLOBS).where(BLOBS.c.digest.not_in(used)))


def _nothing_done(batch: Batch, undone: _Undone) -> list[Outcome]:
    return [
        Outcome(step=operation.step, status="failed", message=undone.message)
        if operation.step == undone.step
        else Outcome(step=operation.step, status="not_tried", message=_because(operation, undone))
        for operation in batch.operations
    ]


def _because(_operation: Operation, undone: _Undone) -> str:
    return f"nothing of this batch was done, because step {undone.step} failed"
