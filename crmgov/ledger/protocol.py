"""What a ledger is to the rest of crmgov, and what a place to keep one has to offer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from crmgov.ledger.entries import AuditRecorded, Entry, Happening
from crmgov.ledger.holder import Holder
from crmgov.model.baseline import Baseline
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.provider import Identity


class Ledger(Protocol):
    """The ledger of one environment. Whatever it cannot do it says by a ``LedgerError``."""

    environment: str

    def bind(self, identity: Identity) -> None:
        """Name the instance this ledger is used for; refused where it belongs to another one."""
        ...

    def identity(self) -> Identity | None:
        """The instance it belongs to; None before the first write."""
        ...

    def begin(self) -> None:
        """Have a second process read the heads for a ``baseline`` asked for later. The first thing to be done."""
        ...

    def baseline(self) -> Baseline:
        """All heads as they are now, or were when reading them was begun."""
        ...

    def body(self, digest: str) -> bytes:
        """The bytes behind a digest. Raises KeyError where there are none."""
        ...

    def entries(self) -> Iterator[Entry]:
        """All entries, oldest first."""
        ...

    def since(self, chain: str) -> list[Entry] | None:
        """The entries after the one with this digest (all, for an empty one); None where there is no such entry."""
        ...

    def holder(self) -> Holder | None:
        """Who holds the lock."""
        ...

    def lock(self, holder: Holder) -> None:
        """Take the free lock; raises ``LockHeld``."""
        ...

    def take(self, run: str, holder: Holder, at: str) -> None:
        """Take the lock from the run that holds it; raises ``LockHeld`` where that is another one by now.

        From then on the old holder cannot write.
        """
        ...

    def release(self, holder: Holder) -> None:
        """Give the lock back; raises ``LockLost``."""
        ...

    def append(
        self, happenings: Sequence[Happening], bodies: Mapping[str, bytes], *, holder: Holder, at: str
    ) -> list[Entry]:
        """Write entries and bodies, all or nothing, as the lock's holder; raises ``LockLost``."""
        ...

    def note(self, what: AuditRecorded, body: bytes, *, run: str, at: str) -> None:
        """Write what moves no head beside any run, whoever holds the lock."""
        ...

    def verify(self) -> Iterator[Diagnostic]:
        """Recompute everything; the first break of the chain, and every head or body that is not what it should be."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


class Seen(NamedTuple):
    """One consistent state of a store: its version (None: nothing there), its root, and the files asked for."""

    version: str | None
    root: bytes | None
    files: dict[str, bytes]


class Store(Protocol):
    """A place that keeps one ledger as a root and named files, replaced by compare-and-swap."""

    def read(self, names: Sequence[str] = (), at: str | None = None) -> Seen:
        """The current state with these files; a name that ends in a slash stands for all files below it.

        A store that keeps old states may answer from version ``at``, which spares it the question which is current.
        """
        ...

    def get(self, name: str) -> bytes | None:
        """One file that never changes once written."""
        ...

    def write(self, expected: str | None, root: bytes, files: Mapping[str, bytes]) -> str | None:
        """Replace the root and write files, durably, all or nothing; the new version.

        None, and nothing written, where the version is no longer the expected one.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
