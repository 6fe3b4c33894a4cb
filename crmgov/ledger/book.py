"""The ledger itself: one logic over every place it can be kept in."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from crmgov.ledger import codes
from crmgov.ledger.entries import AuditRecorded, Entry, Happening, HeadsChanged, LockTaken, decode_entry
from crmgov.ledger.errors import LockHeld, LockLost, failed
from crmgov.ledger.files import HEADS, body_name, entry_folders, entry_name
from crmgov.ledger.heads import Heads, HeldBaseline, Page, Stamp, decode_page, encode_page, rows_of
from crmgov.ledger.holder import Holder
from crmgov.ledger.protocol import Seen, Store
from crmgov.ledger.verify import verify
from crmgov.load.forked import Beside, processors
from crmgov.model.baseline import Baseline
from crmgov.model.canonical import encode
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.provider import Identity

FORMAT = 1
_ATTEMPTS = 10


class Root(msgspec.Struct, frozen=True, kw_only=True):
    """The small file that is replaced with every write: what the ledger belongs to, its lock and its last entry."""

    format: int = FORMAT
    environment: str
    identity: Identity | None = None
    holder: Holder | None = None
    serial: int = 0
    chain: str = ""
    common: Stamp = Stamp()
    stamped: tuple[str, ...] = ()


Change = Callable[[Root], tuple[Root, dict[str, bytes]]]


class Book:
    """The ledger of one environment in a store; see ``protocol.Ledger`` for what its methods promise."""

    def __init__(self, store: Store, environment: str) -> None:
        self.environment = environment
        self._store = store
        self._bound: Identity | None = None
        self._seen: tuple[str | None, Root] | None = None
        self._begun: Beside[Seen] | None = None

    def bind(self, identity: Identity) -> None:
        """Name the instance this ledger is used for."""
        self._bound = identity
        self._check(self._refresh()[1])

    def identity(self) -> Identity | None:
        """The instance it belongs to."""
        return self._current()[1].identity

    def begin(self) -> None:
        """Read the heads in a second process, which opens connections of its own."""
        self._begun = Beside(self._heads, Seen, fork=processors() > 1)

    def _heads(self) -> Seen:
        return self._store.read((HEADS,))

    def baseline(self) -> Baseline:
        """All heads as they are now, or were when reading them was begun."""
        begun, self._begun = self._begun, None
        version, data, pages = self._heads() if begun is None else begun.result()
        root = self._decode(version, data)
        self._check(root)
        self._seen = version, root
        try:
            rows = rows_of(pages.values())
        except msgspec.DecodeError as error:
            raise failed(codes.DAMAGED, f"Heads of {self.environment} are damaged: {error}") from error
        return HeldBaseline(
            rows, root.common, Bodies(self.body), exists=root.serial > 0, serial=root.serial, chain=root.chain
        )

    def body(self, digest: str) -> bytes:
        """The bytes behind a digest."""
        data = self._store.get(body_name(digest))
        if data is None:
            raise KeyError(digest)
        return data

    def entries(self) -> Iterator[Entry]:
        """All entries, oldest first."""
        version, root = self._refresh()
        for folder in entry_folders(root.serial):
            yield from (entry for entry in self._folder(folder, version) if entry.number <= root.serial)

    def since(self, chain: str) -> list[Entry] | None:
        """The entries after the one with this digest."""
        version, root = self._refresh()
        later: list[Entry] = []
        if root.chain == chain:
            return later
        for folder in reversed(entry_folders(root.serial)):
            for entry in reversed(self._folder(folder, version)):
                if entry.digest == chain:
                    return later[::-1]
                later.append(entry)
        return None if chain else later[::-1]

    def holder(self) -> Holder | None:
        """Who holds the lock."""
        return self._refresh()[1].holder

    def lock(self, holder: Holder) -> None:
        """Take the free lock."""

        def change(root: Root) -> tuple[Root, dict[str, bytes]]:
            if root.holder is not None:
                raise LockHeld(self.environment, root.holder)
            return msgspec.structs.replace(root, holder=holder), {}

        self._refresh()
        self._write(change)

    def take(self, run: str, holder: Holder, at: str) -> None:
        """Take the lock from the run that holds it."""

        def change(root: Root) -> tuple[Root, dict[str, bytes]]:
            old = root.holder
            if old is None or old.run != run:
                raise LockHeld(self.environment, old) if old else LockLost(self.environment, run, None)
            taken = msgspec.structs.replace(root, holder=holder)
            new, files, _ = self._extended(taken, [LockTaken(holder=old, by=holder)], holder.run, at)
            return new, files

        self._refresh()
        self._write(change)

    def release(self, holder: Holder) -> None:
        """Give the lock back."""

        def change(root: Root) -> tuple[Root, dict[str, bytes]]:
            self._fence(root, holder)
            return msgspec.structs.replace(root, holder=None), {}

        self._write(change)

    def append(
        self, happenings: Sequence[Happening], bodies: Mapping[str, bytes], *, holder: Holder, at: str
    ) -> list[Entry]:
        """Write entries and bodies as the lock's holder."""
        written: list[Entry] = []

        def change(root: Root) -> tuple[Root, dict[str, bytes]]:
            self._fence(root, holder)
            new, files, entries = self._extended(root, happenings, holder.run, at)
            written[:] = entries
            return new, files | {body_name(digest): data for digest, data in bodies.items()}

        self._write(change)
        return written

    def note(self, what: AuditRecorded, body: bytes, *, run: str, at: str) -> None:
        """Write what moves no head beside any run, whoever holds the lock."""

        def change(root: Root) -> tuple[Root, dict[str, bytes]]:
            new, files, _ = self._extended(root, [what], run, at)
            return new, files | {body_name(what.figures): body}

        self._refresh()
        self._write(change)

    def verify(self) -> Iterator[Diagnostic]:
        """Recompute everything."""
        seen = self._store.read((HEADS,))
        root = self._decode(seen.version, seen.root)
        yield from verify(root.serial, root.chain, root.common, seen, self._store)

    def close(self) -> None:
        """Let go of connections, and of a reading that nobody waits for any more."""
        if self._begun is not None:
            self._begun.close()
        self._store.close()

    def _fence(self, root: Root, holder: Holder) -> None:
        if root.holder != holder:
            raise LockLost(self.environment, holder.run, root.holder)

    def _check(self, root: Root) -> None:
        mine, its = self._bound, root.identity
        if mine and its and (mine.provider, mine.instance, mine.kind) != (its.provider, its.instance, its.kind):
            raise failed(
                codes.OTHER_IDENTITY,
                f"The ledger of {self.environment} belongs to {its.provider} {its.kind} {its.instance}, "
                f"and this is {mine.provider} {mine.kind} {mine.instance}",
            )

    def _extended(
        self, root: Root, happenings: Sequence[Happening], run: str, at: str
    ) -> tuple[Root, dict[str, bytes], list[Entry]]:
        """The root with these entries after its last one, and the files that belong to them."""
        files: dict[str, bytes] = {}
        entries: list[Entry] = []
        heads = Heads(root.common, root.stamped, self._pages)
        serial, chain = root.serial, root.chain
        for what in happenings:
            serial += 1
            entry = Entry(number=serial, previous=chain, at=at, run=run, what=what).sealed()
            chain = entry.digest
            entries.append(entry)
            files[entry_name(serial)] = encode(entry)
            if isinstance(what, HeadsChanged):
                heads.change(what, run)
        files |= {HEADS + key: encode_page(page) for key, page in heads.pages.items()}
        new = msgspec.structs.replace(
            root, serial=serial, chain=chain, common=heads.common, stamped=tuple(sorted(heads.stamped))
        )
        return new, files, entries

    def _pages(self, keys: set[str]) -> dict[str, Page]:
        """Pages by key, as they are in the state that is being changed."""
        current = self._current()[0]
        seen = self._store.read([HEADS + key for key in sorted(keys)], current)
        if seen.version != current:
            raise _Moved
        return {key: decode_page(seen.files.get(HEADS + key, b"[]")) for key in keys}

    def _write(self, change: Change) -> None:
        """Change the ledger by compare-and-swap; ``change`` is asked again where somebody else was quicker."""
        for _ in range(_ATTEMPTS):
            version, root = self._current()
            self._check(root)
            try:
                new, files = change(root)
            except _Moved:
                self._refresh()
                continue
            new = msgspec.structs.replace(new, identity=new.identity or self._bound)
            written = self._store.write(version, encode(new), files)
            if written is not None:
                self._seen = written, new
                return
            self._refresh()
        raise failed(codes.UNREACHABLE, f"The ledger of {self.environment} is being written by others without end")

    def _current(self) -> tuple[str | None, Root]:
        return self._seen or self._refresh()

    def _refresh(self) -> tuple[str | None, Root]:
        seen = self._store.read()
        self._seen = seen.version, self._decode(seen.version, seen.root)
        return self._seen

    def _decode(self, version: str | None, data: bytes | None) -> Root:
        if version is None or data is None:
            return Root(environment=self.environment)
        try:
            format_ = msgspec.json.decode(data, type=_Format).format
            if format_ == FORMAT:
                return msgspec.json.decode(data, type=Root)
        except msgspec.DecodeError as error:
            raise failed(codes.DAMAGED, f"The root of the ledger of {self.environment} is damaged: {error}") from error
        raise failed(codes.UNKNOWN_FORMAT, f"The ledger of {self.environment} has format {format_}, not {FORMAT}")

    def _folder(self, name: str, version: str | None) -> list[Entry]:
        files = self._store.read((name,), version).files
        try:
            return [decode_entry(files[name]) for name in sorted(files)]
        except msgspec.DecodeError as error:
            raise failed(codes.DAMAGED, f"An entry of the ledger of {self.environment} is damaged: {error}") from error


class _Format(msgspec.Struct):
    format: int


class _Moved(Exception):  # noqa: N818 - a state, not an error
    """Somebody wrote between two reads."""


class Bodies(Mapping[str, bytes]):
    """Bodies by digest, fetched when asked for. What there is cannot be listed."""

    def __init__(self, fetch: Callable[[str], bytes]) -> None:
        self._fetch = fetch

    def __getitem__(self, digest: str) -> bytes:
        return self._fetch(digest)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the bodies of a ledger are not listed")

    def __len__(self) -> int:
        raise TypeError("the bodies of a ledger are not counted")
