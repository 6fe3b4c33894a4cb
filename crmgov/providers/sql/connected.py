"""The part of the provider that talks to the database."""

import secrets
from collections.abc import Mapping, Sequence

from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.evidence import Evidence, Question
from crmgov.model.operations import Batch, Operation, Outcome
from crmgov.model.provider import Identity, ProviderError, Scope, ValueStore
from crmgov.model.snapshot import Snapshot
from crmgov.providers.sql import engine, exporting, measuring, metadata, reading
from crmgov.providers.sql.dialect import Database
from crmgov.providers.sql.names import InstanceKind
from crmgov.providers.sql.normal import same


class Connected:
    """A database that can be asked; see ``SqlProvider`` for what each method promises."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def initialise(self, kind: InstanceKind, name: str) -> Identity:
        """Make crmgov's own tables and write an identity, where there is none."""
        with self.database.writing(create=True) as connection:
            metadata.create(connection)
            known = metadata.facts(connection, self.database.inspect(connection, metadata.META.name))
            if not known:
                known = {"instance": secrets.token_hex(16), "kind": kind, "name": name}
                metadata.write_facts(connection, known)
        if known["kind"] != kind:
            raise ProviderError(of("SQL011", f"{self.database.source} is a {known['kind']} already, and not a {kind}"))
        return _identity(known)

    def identity(self) -> Identity:
        """Who this database is."""
        with self.database.reading() as connection:
            known = metadata.facts(connection, self.database.inspect(connection, metadata.META.name))
        if "instance" not in known or known.get("kind") not in ("sandbox", "production"):
            raise ProviderError(of("SQL003", f"{self.database.source} has no crmgov identity"))
        return _identity(known)

    def read(self, scope: Scope) -> Snapshot:
        """The live state, read in one transaction."""
        database = self.database
        with database.reading() as connection:
            found = reading.snapshot(connection, database.names, database.inspect(connection), database.source)
        if scope.addresses is None:
            return found
        keys = {same(text, database.names) for text in scope.addresses}
        return _only(found, [text for text in found if same(text, database.names) in keys])

    def stage(self, blobs: Mapping[str, bytes]) -> None:
        """Keep vendor files ready."""
        engine.stage(self.database, dict(blobs))

    def settle(self, batch: Batch) -> list[Outcome]:
        """Carry the batch out in one transaction, unless that was done."""
        return engine.settle(self.database, batch)

    def settled(self, batch: Batch) -> list[Outcome] | None:
        """The outcomes of a batch that took effect."""
        return engine.settled(self.database, batch)

    def export(self, operations: Sequence[Operation], store: ValueStore) -> list[Diagnostic]:
        """Hand the values of removed fields and objects to the store."""
        return exporting.export(self.database, operations, store)

    def measure(self, questions: list[Question]) -> list[Evidence]:
        """Count records."""
        return measuring.measure(self.database, questions)

    def close(self) -> None:
        """Let go of connections."""
        self.database.close()


def _identity(known: Mapping[str, str]) -> Identity:
    kind: InstanceKind = "production" if known["kind"] == "production" else "sandbox"
    return Identity(provider="sql", instance=known["instance"], kind=kind, name=known.get("name", ""))


def _only(found: Snapshot, wanted: list[str]) -> Snapshot:
    return Snapshot(
        found.source,
        {text: found.digests[text] for text in wanted},
        {text: found.bodies[text] for text in wanted},
        coverage=found.coverage,
        blobs=found.blobs,
        left=found.left,
    )
