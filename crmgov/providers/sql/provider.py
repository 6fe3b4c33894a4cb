"""The provider ``sql``: a CRM whose objects are tables, in SQLite or PostgreSQL."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from crmgov.model.diagnostics import Diagnostic, Place, Route, of
from crmgov.model.evidence import Evidence, Question
from crmgov.model.operations import Batch, Operation, Outcome
from crmgov.model.provider import Capabilities, Catalogue, Identity, Normalised, ProviderError, Scope, ValueStore
from crmgov.model.snapshot import Origin, Snapshot
from crmgov.providers.sql import engine, exporting, measuring, metadata, reading
from crmgov.providers.sql.batching import batches
from crmgov.providers.sql.capable import SqlCatalogue, capabilities, tidy
from crmgov.providers.sql.limits import limits
from crmgov.providers.sql.normal import Normaliser, same
from crmgov.providers.sql.urls import open_database

InstanceKind = Literal["sandbox", "production"]


class SqlProvider:
    """One database. Implements ``Provider``, ``Measures`` and ``Tidies``."""

    name = "sql"

    def __init__(self, url: str, *, root: Path, kind: InstanceKind, schema: str | None = None) -> None:
        """``url`` is ``sqlite:///PATH`` (below ``root``) or ``postgresql://...``; raises ProviderError for others.

        ``kind`` is what :meth:`initialise` writes unless told otherwise; the database's own word counts afterwards.
        """
        self._database = open_database(url, root, schema)
        self._kind = kind

    def initialise(self, kind: InstanceKind | None = None, name: str = "") -> Identity:
        """Make crmgov's own tables and write a random identity, where there is none; the only way one comes to be."""
        with self._database.writing(create=True) as connection:
            metadata.create(connection)
            known = metadata.facts(connection, self._database.inspect(connection, metadata.META.name))
            wanted = kind or self._kind
            if not known:
                known = {"instance": secrets.token_hex(16), "kind": wanted, "name": name}
                metadata.write_facts(connection, known)
        if known["kind"] != wanted:
            raise ProviderError(
                of("SQL011", f"{self._database.source} is a {known['kind']} already, and not a {wanted}")
            )  # fmt: skip
        return _identity(known)

    def identity(self) -> Identity:
        """Who this database is; never writes. Raises ProviderError where no identity was written."""
        with self._database.reading() as connection:
            known = metadata.facts(connection, self._database.inspect(connection, metadata.META.name))
        if "instance" not in known or known.get("kind") not in ("sandbox", "production"):
            raise ProviderError(of("SQL003", f"{self._database.source} has no crmgov identity"))
        return _identity(known)

    def capabilities(self) -> Capabilities:
        """What can be held and done."""
        return capabilities()

    def catalogue(self) -> Catalogue:
        """The names every database has."""
        return SqlCatalogue()

    def read(self, scope: Scope) -> Snapshot:
        """The live state, read in one transaction. With addresses in the scope the snapshot holds only those."""
        database = self._database
        with database.reading() as connection:
            found = reading.snapshot(connection, database.names, database.inspect(connection), database.source)
        return found if scope.addresses is None else _only(found, {self.same(text) for text in scope.addresses}, self)

    def locate(self, address: str, route: Route) -> Place | None:  # noqa: ARG002 - a database has no files
        """Nothing in a database stands in a file."""
        return None

    def normalise(self, snapshot: Snapshot) -> Normalised:
        """Desired state in native names and normal form. Pure and idempotent."""
        return Normaliser(self._database.names).run(snapshot)

    def tidy(self, snapshot: Snapshot) -> Snapshot:
        """A live state as ``pull`` writes it: without what every column is unless something else is said."""
        return tidy(snapshot)

    def origin(self, address: str) -> Origin:  # noqa: ARG002 - see the catalogue
        """Everything here was made by somebody; the table of people is no resource."""
        return "custom"

    def same(self, address: str) -> str:
        """A key equal for addresses that mean the same table, column or resource."""
        return same(address, self._database.names)

    def limits(self, snapshot: Snapshot) -> list[Diagnostic]:
        """Limits of the database that normalised desired state breaks, each with its source. Pure."""
        return limits(snapshot, self._database.names)

    def batches(self, run: str, operations: Sequence[Operation]) -> list[Batch]:
        """Group operations into transactions. Pure."""
        return batches(run, operations)

    def submit(self, batch: Batch, blobs: Mapping[str, bytes]) -> bytes:
        """Stage vendor files, which has no effect until something refers to them; the handle is the batch's digest."""
        if blobs:
            engine.stage(self._database, dict(blobs))
        return batch.digest.encode()

    def settle(self, batch: Batch, handle: bytes) -> list[Outcome]:  # noqa: ARG002 - the database itself knows
        """Carry the batch out in one transaction, unless that was done."""
        return engine.settle(self._database, batch)

    def settled(self, batch: Batch, handle: bytes | None) -> list[Outcome] | None:  # noqa: ARG002 - as above
        """The outcomes if the batch took effect, None if nothing of it did; InFlight while a writer is at work."""
        return engine.settled(self._database, batch)

    def export(self, operations: Sequence[Operation], store: ValueStore) -> list[Diagnostic]:
        """Hand the values of removed fields and objects to the store."""
        return exporting.export(self._database, operations, store)

    def measure(self, questions: list[Question]) -> list[Evidence]:
        """Count records, one statement per object."""
        return measuring.measure(self._database, questions)

    def close(self) -> None:
        """Let go of connections."""
        self._database.close()


def _identity(known: Mapping[str, str]) -> Identity:
    kind: InstanceKind = "production" if known["kind"] == "production" else "sandbox"
    return Identity(provider="sql", instance=known["instance"], kind=kind, name=known.get("name", ""))


def _only(found: Snapshot, keys: set[str], provider: SqlProvider) -> Snapshot:
    wanted = [text for text in found if provider.same(text) in keys]
    return Snapshot(
        found.source,
        {text: found.digests[text] for text in wanted},
        {text: found.bodies[text] for text in wanted},
        coverage=found.coverage,
        blobs=found.blobs,
        left=found.left,
    )
