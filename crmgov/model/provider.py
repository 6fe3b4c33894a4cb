"""The protocol between crmgov and one kind of CRM. Version 1."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, runtime_checkable

import msgspec

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Place, Route
from crmgov.model.operations import Batch, Operation, Outcome
from crmgov.model.snapshot import Derived, Origin, Snapshot

PROTOCOL_VERSION = 1

RenameMode = Literal["native", "migrate", "none"]


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Which instance of which CRM this is. Two environments with one identity are an error."""

    provider: str
    instance: str
    kind: Literal["sandbox", "production"]
    name: str = ""
    """What people call it: the organisation's or file's name."""


INSIDE = "*"
"""In ``Capabilities.resets``: any attribute inside an element or part."""


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider can hold and do.

    ``attributes`` lists, by kind, the top-level attributes it stores; what is not listed and not ``local`` in the model
    is a diagnostic when planned. ``renames`` says how a kind is renamed. ``cannot_create`` and ``cannot_remove`` name
    kinds with the reason. ``resets`` gives, by kind and attribute, the value an attribute returns to when it is no
    longer governed; what is not listed cannot be reset. Under ``INSIDE`` stands the value of what lies deeper, in
    elements and parts, where that is one for all.
    """

    kinds: frozenset[str]
    attributes: Mapping[str, frozenset[str]]
    renames: Mapping[str, RenameMode] = {}
    cannot_create: Mapping[str, str] = {}
    cannot_remove: Mapping[str, str] = {}
    resets: Mapping[str, Body] = {}
    recover: Mapping[str, str] = {}
    """By kind: what the vendor offers after a removal, such as ``restorable 15 days``."""
    words: Mapping[str, str] = {}
    """By kind: what the vendor calls it."""
    atomic: bool = False
    lag: float = 0.0
    """Seconds after which a read is sure to see what was written."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What to read: everything, or what is needed for these native addresses."""

    addresses: frozenset[str] | None = None


class Normalised(NamedTuple):
    """A snapshot in native names and the provider's normal form.

    ``names`` maps each native address to the address it had; ``diagnostics`` tells what the provider cannot hold.
    """

    snapshot: Snapshot
    names: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()


class Catalogue(Protocol):
    """What a provider ships of its own: standard objects, fields and their types."""

    def has(self, kind: str, name: str, parent: str | None = None) -> bool | None:
        """Whether this name exists in every instance; None where it cannot be known."""
        ...

    def field(self, parent: str, name: str) -> Body | None:
        """The body of a standard field as far as it is known."""
        ...

    def names(self, kind: str, parent: str | None = None) -> Sequence[str]:
        """All names of a kind, for near matches."""
        ...


class Provider(Protocol):
    """The adapter to one environment. Everything but ``normalise`` and ``limits`` may touch the outside.

    Errors of the outside (no connection, a broken file) are raised as ``ProviderError``.
    """

    name: str

    def identity(self) -> Identity:
        """Who answers at the other end; never writes."""
        ...

    def capabilities(self) -> Capabilities:
        """What can be held and done."""
        ...

    def catalogue(self) -> Catalogue:
        """The names that exist in every instance."""
        ...

    def read(self, scope: Scope) -> Snapshot:
        """The live state in native names, normalised, with its coverage."""
        ...

    def locate(self, address: str, route: Route) -> Place | None:
        """The place of a resource or attribute in the vendor's own file, where there is one."""
        ...

    def normalise(self, snapshot: Snapshot) -> Normalised:
        """Desired state in native names and normal form. Pure, idempotent, versioned by ``PROTOCOL_VERSION``."""
        ...

    def origin(self, address: str) -> Origin:
        """Who makes a thing of this native address."""
        ...

    def same(self, address: str) -> str:
        """A key equal for native addresses that the CRM takes for the same (its folding of case)."""
        ...

    def limits(self, snapshot: Snapshot) -> list[Diagnostic]:
        """Vendor limits and name rules that normalised desired state breaks, each with its source. Pure."""
        ...

    def batches(self, run: str, operations: Sequence[Operation]) -> list[Batch]:
        """Group ordered operations; order between and within batches is kept. Pure."""
        ...

    def submit(self, batch: Batch, blobs: Mapping[str, bytes]) -> bytes:
        """Make ready what can be made ready without effect; the handle returned is journaled before ``settle``."""
        ...

    def settle(self, batch: Batch, handle: bytes) -> list[Outcome]:
        """Carry the batch out, or finish it where a dead process began. Never applies an effect twice."""
        ...

    def settled(self, batch: Batch, handle: bytes | None) -> list[Outcome] | None:
        """After a crash: the outcomes if the batch took effect, None if nothing of it did.

        Raises ``InFlight`` while something of ours may still be running at the other end.
        """
        ...

    def export(self, operations: Sequence[Operation], store: "ValueStore") -> list[Diagnostic]:
        """Hand all values that removals or narrowing destroy to the store, before they are destroyed."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class Tells(Protocol):
    """What a provider that reads files offers: what was wrong with single ones when they were last read."""

    problems: Sequence[Diagnostic]


@runtime_checkable
class Derives(Protocol):
    """A provider whose bodies stay in files of their own beside the YAML."""

    def derived(self, snapshot: Snapshot) -> Mapping[str, Derived]:
        """What the bodies beside a tree read, write and start on, by address in the tree and in its own names; one
        that cannot be read is missing. Pure.
        """
        ...


class Tidies(Protocol):
    """A provider whose live state says more than anybody wants to read."""

    def tidy(self, snapshot: Snapshot) -> Snapshot:
        """What of a live state belongs into YAML: without values equal to the vendor's defaults, and without
        standard things that say nothing else. Pure.
        """
        ...


class ValueStore(Protocol):
    """A place for values that are about to be destroyed."""

    def save(self, address: str, columns: Sequence[str], rows: "Rows") -> int:
        """Write rows (first column: the record's key); returns how many were written and read back equal."""
        ...


class Rows(Protocol):
    """Rows, once."""

    def __iter__(self) -> "Rows": ...

    def __next__(self) -> tuple[object, ...]: ...


class ProviderError(Exception):
    """The outside did not do what was needed; the diagnostic is fit to show."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class InFlight(Exception):  # noqa: N818 - a state, not an error
    """Something of ours may still be running at the other end; wait and ask again."""


class StoredLink(msgspec.Struct, frozen=True, kw_only=True):
    """The table that pairs records with the several values of one field."""

    table: str
    record: str
    value: str


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """Where an object's records lie in a database: table, key, and a column (or a table of pairs) for each field."""

    object: str
    table: str
    key: str = ""
    schema: str = ""
    columns: Mapping[str, str] = {}
    links: Mapping[str, StoredLink] = {}
    firm: tuple[str, ...] = ()
    """Fields that the database itself keeps from pointing at nothing."""


class Stores(Protocol):
    """A provider whose records lie in a database that can be asked directly."""

    def stored(self, snapshot: Snapshot) -> list[Stored]:
        """Where the records of a snapshot's objects lie. Native names. Pure."""
        ...
