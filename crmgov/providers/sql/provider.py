"""The provider ``sql``: a CRM whose objects are tables, in SQLite or PostgreSQL."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crmgov.model.diagnostics import Diagnostic, Place, Route
from crmgov.model.evidence import Evidence, Question
from crmgov.model.operations import Batch, Operation, Outcome
from crmgov.model.provider import Capabilities, Catalogue, Identity, Normalised, Scope, Stored, ValueStore
from crmgov.model.snapshot import Origin, Snapshot
from crmgov.providers.sql.batching import batches
from crmgov.providers.sql.capable import SqlCatalogue, capabilities, tidy
from crmgov.providers.sql.limits import limits
from crmgov.providers.sql.names import InstanceKind, Names
from crmgov.providers.sql.normal import Normaliser, same
from crmgov.providers.sql.stored import stored
from crmgov.providers.sql.urls import target

if TYPE_CHECKING:
    from crmgov.providers.sql.connected import Connected


class SqlProvider:
    """One database. Implements ``Provider``, ``Measures`` and ``Tidies``; nothing is opened before it is asked for."""

    name = "sql"

    def __init__(self, url: str, *, root: Path, kind: InstanceKind, schema: str | None = None) -> None:
        """``url`` is ``sqlite:///PATH`` (below ``root``) or ``postgresql://...``; raises ProviderError for others.

        ``kind`` is what :meth:`initialise` writes unless told otherwise; the database's own word counts afterwards.
        """
        self._target = target(url, root, schema)
        self._names = Names(self._target.dialect)
        self._schema = schema
        self._kind: InstanceKind = kind

    @cached_property
    def connected(self) -> "Connected":
        """What needs the database itself, and with it the library that talks to it."""
        from crmgov.providers.sql.connected import Connected

        return Connected(self._target.open())

    def initialise(self, kind: InstanceKind | None = None, name: str = "") -> Identity:
        """Make crmgov's own tables and write a random identity, where there is none; the only way one comes to be."""
        return self.connected.initialise(kind or self._kind, name)

    def identity(self) -> Identity:
        """Who this database is; never writes. Raises ProviderError where no identity was written."""
        return self.connected.identity()

    def capabilities(self) -> Capabilities:
        """What can be held and done."""
        return capabilities()

    def catalogue(self) -> Catalogue:
        """The names every database has."""
        return SqlCatalogue()

    def read(self, scope: Scope) -> Snapshot:
        """The live state, read in one transaction. With addresses in the scope the snapshot holds only those."""
        return self.connected.read(scope)

    def locate(self, address: str, route: Route) -> Place | None:  # noqa: ARG002 - a database has no files
        """Nothing in a database stands in a file."""
        return None

    def normalise(self, snapshot: Snapshot) -> Normalised:
        """Desired state in native names and normal form. Pure and idempotent."""
        return Normaliser(self._names).run(snapshot)

    def tidy(self, snapshot: Snapshot) -> Snapshot:
        """A live state as ``pull`` writes it: without what every column is unless something else is said."""
        return tidy(snapshot)

    def origin(self, address: str) -> Origin:  # noqa: ARG002 - see the catalogue
        """Everything here was made by somebody; the table of people is no resource."""
        return "custom"

    def same(self, address: str) -> str:
        """A key equal for addresses that mean the same table, column or resource."""
        return same(address, self._names)

    def limits(self, snapshot: Snapshot) -> list[Diagnostic]:
        """Limits of the database that normalised desired state breaks, each with its source. Pure."""
        return limits(snapshot, self._names)

    def batches(self, run: str, operations: Sequence[Operation]) -> list[Batch]:
        """Group operations into transactions. Pure."""
        return batches(run, operations)

    def submit(self, batch: Batch, blobs: Mapping[str, bytes]) -> bytes:
        """Stage vendor files, which has no effect until something refers to them; the handle is the batch's digest."""
        if blobs:
            self.connected.stage(blobs)
        return batch.digest.encode()

    def settle(self, batch: Batch, handle: bytes) -> list[Outcome]:  # noqa: ARG002 - the database itself knows
        """Carry the batch out in one transaction, unless that was done."""
        return self.connected.settle(batch)

    def settled(self, batch: Batch, handle: bytes | None) -> list[Outcome] | None:  # noqa: ARG002 - as above
        """The outcomes if the batch took effect, None if nothing of it did; InFlight while a writer is at work."""
        return self.connected.settled(batch)

    def export(self, operations: Sequence[Operation], store: ValueStore) -> list[Diagnostic]:
        """Hand the values of removed fields and objects to the store."""
        return self.connected.export(operations, store)

    def measure(self, questions: list[Question]) -> list[Evidence]:
        """Count records, one statement per object."""
        return self.connected.measure(questions)

    def stored(self, snapshot: Snapshot) -> list[Stored]:
        """Where the records of a snapshot's objects lie. Pure."""
        return stored(snapshot, self._names, self._schema)

    def close(self) -> None:
        """Let go of connections."""
        if "connected" in self.__dict__:
            self.connected.close()
