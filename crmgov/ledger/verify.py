"""Everything a ledger holds, recomputed from its entries."""

from collections.abc import Iterator, Mapping

import msgspec

from crmgov.ledger import codes
from crmgov.ledger.entries import AuditRecorded, Entry, HeadsChanged, RunOpened, decode_entry
from crmgov.ledger.files import HEADS, body_name, entry_folders, entry_name
from crmgov.ledger.heads import Heads, Page, Stamp, decode_page, heads_of
from crmgov.ledger.protocol import Seen, Store
from crmgov.model.baseline import Head
from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Diagnostic, of

_CHUNK = 2000
"""Bodies held in memory at once."""


def verify(serial: int, chain: str, common: Stamp, seen: Seen, store: Store) -> Iterator[Diagnostic]:
    """What is not as it should be: the first break of the chain, then heads and bodies.

    ``serial``, ``chain`` and ``common`` are the root's, ``seen`` the state it was read from, with all pages of heads.
    """
    replay = Heads(Stamp(), (), lambda keys: {key: {} for key in keys})
    named: set[str] = set()
    previous = ""
    for number, data in _entries(serial, seen.version, store):
        entry = _entry(data)
        fault = _fault(entry, number, previous)
        if entry is None or fault:
            yield of(codes.DAMAGED, f"The chain breaks at entry {number}: {fault}")
            return
        previous = entry.digest
        named |= _named(entry)
        if isinstance(entry.what, HeadsChanged):
            replay.change(entry.what, entry.run)
    if previous != chain:
        yield of(codes.DAMAGED, f"The last entry, {serial}, is not the one the ledger ends with")
        return
    yield from _heads(replay, common, seen.files)
    yield from _bodies(named, seen.version, store)


def _entries(serial: int, version: str | None, store: Store) -> Iterator[tuple[int, bytes | None]]:
    number = 1
    for folder in entry_folders(serial):
        files = store.read((folder,), version).files
        while number <= serial and entry_name(number).startswith(folder):
            yield number, files.get(entry_name(number))
            number += 1


def _entry(data: bytes | None) -> Entry | None:
    try:
        return decode_entry(data) if data is not None else None
    except msgspec.DecodeError:
        return None


def _fault(entry: Entry | None, number: int, previous: str) -> str:
    if entry is None:
        return "it is missing or cannot be read"
    if entry.number != number:
        return f"it says that it is entry {entry.number}"
    if entry.previous != previous:
        return "it does not follow the entry before it"
    return "" if entry.sealed() == entry else "its content is not what was written"


def _named(entry: Entry) -> set[str]:
    """The digests of all bodies an entry names."""
    if isinstance(entry.what, RunOpened):
        return {entry.what.core, *entry.what.batches}
    if isinstance(entry.what, HeadsChanged):
        return {value for head in entry.what.set for value in (head.desired, head.observed) if value}
    if isinstance(entry.what, AuditRecorded):
        return {entry.what.figures}
    return set()


def _heads(replay: Heads, common: Stamp, pages: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    should = heads_of((page.values() for page in replay.pages.values()), replay.common)
    stored: dict[str, Head] = {}
    for name, data in sorted(pages.items()):
        try:
            page: Page = decode_page(data)
        except msgspec.DecodeError:
            yield of(codes.DAMAGED, f"The page of heads {name.removeprefix(HEADS)} cannot be read")
            continue
        stored |= heads_of([page.values()], common)
    for native in sorted(should.keys() | stored.keys()):
        if should.get(native) != stored.get(native):
            yield of(codes.DAMAGED, f"The head of {native} is not what the entries say", address=native)


def _bodies(named: set[str], version: str | None, store: Store) -> Iterator[Diagnostic]:
    names = sorted(named)
    for start in range(0, len(names), _CHUNK):
        part = names[start : start + _CHUNK]
        files = store.read([body_name(name) for name in part], version).files
        for name in part:
            data = files.get(body_name(name))
            if data is None:
                yield of(codes.DAMAGED, f"The body {name} is missing")
            elif digest(data) != name:
                yield of(codes.DAMAGED, f"The body {name} is not what was written")
