"""What a ledger's entries say. Each is numbered and holds the digest of the one before."""

from typing import Literal

import msgspec

from crmgov.ledger.holder import Holder
from crmgov.model.canonical import digest_of
from crmgov.model.operations import Outcome

RunStatus = Literal["done", "failed", "conflict"]
"""done: every step took effect. failed: some did not. conflict: live state was neither what a step found nor what it
makes."""


class RunOpened(msgspec.Struct, frozen=True, kw_only=True, tag="run-opened"):
    """A run begins. ``core`` is the digest of the plan's core without its bodies, ``batches`` those of its batches."""

    plan: str
    core: str
    batches: tuple[str, ...]
    steps: int
    holder: Holder
    commit: str = ""
    author: str = ""


class BatchIntent(msgspec.Struct, frozen=True, kw_only=True, tag="batch-intent"):
    """A batch is about to be handed over. ``batch`` counts from 0."""

    batch: int


class BatchSubmitted(msgspec.Struct, frozen=True, kw_only=True, tag="batch-submitted"):
    """A batch was made ready; the handle leads the provider back to it."""

    batch: int
    handle: bytes


class BatchSettled(msgspec.Struct, frozen=True, kw_only=True, tag="batch-settled"):
    """What the provider said became of a batch's steps."""

    batch: int
    outcomes: tuple[Outcome, ...]


class SetHead(msgspec.Struct, frozen=True, array_like=True):
    """A head's new content."""

    native: str
    address: str
    desired: str
    observed: str
    protect: tuple[str, ...] = ()


class HeadsChanged(msgspec.Struct, frozen=True, kw_only=True, tag="heads-changed"):
    """Heads are set and dropped; after read-back, with what became of the batch's steps.

    ``seen`` gives the digest of everything that was read back by native address, empty where nothing was there.
    Where ``keep`` is there, all heads get this commit, author and run, except those it lists: they keep theirs.
    """

    batch: int | None = None
    outcomes: tuple[Outcome, ...] = ()
    set: tuple[SetHead, ...] = ()
    drop: tuple[str, ...] = ()
    seen: dict[str, str] = {}
    commit: str = ""
    author: str = ""
    keep: tuple[str, ...] | None = None


class ExportRecorded(msgspec.Struct, frozen=True, kw_only=True, tag="export-recorded"):
    """Values were written to a file before a step destroyed them. ``digest`` is that of the file's bytes."""

    batch: int
    address: str
    file: str
    rows: int
    digest: str
    encrypted: bool


class ExportPurged(msgspec.Struct, frozen=True, kw_only=True, tag="export-purged"):
    """A file of exported values was removed because its time was over. ``found``: it was still there."""

    file: str
    digest: str
    found: bool


class LockTaken(msgspec.Struct, frozen=True, kw_only=True, tag="lock-taken"):
    """The lock of a run passed from one process to another."""

    holder: Holder
    by: Holder


class RunClosed(msgspec.Struct, frozen=True, kw_only=True, tag="run-closed"):
    """A run ended; ``counts`` gives its steps by outcome."""

    status: RunStatus
    counts: dict[str, int]


class AuditRecorded(msgspec.Struct, frozen=True, kw_only=True, tag="audit-recorded"):
    """Records were counted. ``figures`` is the digest of what is kept of that: aggregates, and no value of a record."""

    figures: str


Happening = (
    RunOpened
    | BatchIntent
    | BatchSubmitted
    | BatchSettled
    | HeadsChanged
    | ExportRecorded
    | ExportPurged
    | LockTaken
    | RunClosed
    | AuditRecorded
)  # fmt: skip


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the chain. ``number`` counts from 1, ``at`` is ISO 8601 in UTC."""

    number: int
    previous: str
    at: str
    run: str
    what: Happening
    digest: str = ""

    def sealed(self) -> "Entry":
        """The same entry with its digest."""
        return msgspec.structs.replace(self, digest=digest_of(msgspec.structs.replace(self, digest="")))


_DECODER = msgspec.json.Decoder(Entry)


def decode_entry(data: bytes) -> Entry:
    """The entry behind its bytes. Raises msgspec.DecodeError."""
    return _DECODER.decode(data)
