"""The heads of a ledger, kept in pages so that a run rewrites only the pages it touches."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from crmgov.ledger.entries import HeadsChanged
from crmgov.model.baseline import Baseline, Brief, Head
from crmgov.model.canonical import digest


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """By which run, from which commit and whose, a head was last held by an applied tree."""

    commit: str = ""
    author: str = ""
    run: str = ""


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False, omit_defaults=True):
    """A head as a page holds it.

    An empty address is the native one; without a stamp of its own it has the ledger's common one.
    """

    native: str
    address: str
    desired: str
    observed: str
    protect: tuple[str, ...] = ()
    stamp: Stamp | None = None


Page = dict[str, Row]
_ROWS = msgspec.json.Decoder(list[Row])


def page_of(native: str) -> str:
    """The page a native address belongs to, one of 256; what belongs to one object shares a page."""
    return digest(native.partition(".")[0].encode())[:2]


def decode_page(data: bytes) -> Page:
    """The rows of a page by native address. Raises msgspec.DecodeError."""
    return {row.native: row for row in _ROWS.decode(data)}


def encode_page(page: Page) -> bytes:
    """The bytes of a page, in one order whatever happened before."""
    return msgspec.json.encode(sorted(page.values(), key=lambda row: row.native))


class HeldHeads(Mapping[str, Head]):
    """All heads by native address, each made of its row when it is asked for."""

    def __init__(self, rows: Page, common: Stamp) -> None:
        self.rows = rows
        self._common = common

    def __getitem__(self, native: str) -> Head:
        row = self.rows[native]
        stamp = row.stamp or self._common
        return Head(
            address=row.address or row.native,
            desired=row.desired,
            observed=row.observed,
            commit=stamp.commit,
            author=stamp.author,
            run=stamp.run,
            protect=row.protect,
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, native: object) -> bool:
        return native in self.rows


class HeldBaseline(Baseline):
    """A baseline of the rows of a ledger."""

    def __init__(
        self, rows: Page, common: Stamp, bodies: Mapping[str, bytes], *, exists: bool, serial: int, chain: str
    ) -> None:
        super().__init__(HeldHeads(rows, common), bodies, exists=exists, serial=serial, chain=chain)
        self._rows = rows
        self._common = common

    @property
    def brief(self) -> Mapping[str, Brief]:
        """The heads as they are soonest had: the rows."""
        return self._rows

    @cached_property
    def commits(self) -> frozenset[str]:
        """The commits that heads name."""
        stamps = {row.stamp for row in self._rows.values()}
        return frozenset(stamp.commit for stamp in ((one or self._common) for one in stamps) if stamp.commit)


def rows_of(pages: Iterable[bytes]) -> Page:
    """All rows by native address, from the bytes of all pages. Raises msgspec.DecodeError."""
    return {row.native: row for page in pages for row in _ROWS.decode(page)}


def heads_of(pages: Iterable[Iterable[Row]], common: Stamp) -> Mapping[str, Head]:
    """All heads by native address."""
    return HeldHeads({row.native: row for page in pages for row in page}, common)


class Heads:
    """Heads being changed. ``load`` fetches pages by key; ``pages`` holds those that were touched.

    ``common`` is the stamp of all rows without one; ``stamped`` names the pages with rows that have their own.
    """

    def __init__(self, common: Stamp, stamped: Iterable[str], load: Callable[[set[str]], dict[str, Page]]) -> None:
        self.common = common
        self.stamped = set(stamped)
        self.pages: dict[str, Page] = {}
        self._load = load

    def change(self, what: HeadsChanged, run: str) -> None:
        """Make the change an entry tells of."""
        needed = {page_of(head.native) for head in what.set} | {page_of(native) for native in what.drop}
        if what.keep is not None:
            needed |= self.stamped | {page_of(native) for native in what.keep}
        missing = needed - self.pages.keys()
        if missing:
            self.pages |= self._load(missing)
        stamp: Stamp | None = Stamp(what.commit, what.author, run)
        if what.keep is not None:
            self._hold(needed, frozenset(what.keep))
            self.common, stamp = stamp or Stamp(), None
        for native in what.drop:
            self.pages[page_of(native)].pop(native, None)
        for head in what.set:
            address = "" if head.address == head.native else head.address
            row = Row(head.native, address, head.desired, head.observed, head.protect, stamp)
            self.pages[page_of(head.native)][head.native] = row
        for key in needed:
            own = any(row.stamp for row in self.pages[key].values())
            (self.stamped.add if own else self.stamped.discard)(key)

    def _hold(self, keys: set[str], keep: frozenset[str]) -> None:
        """Give kept rows the stamp they have so far as their own, and all others none."""
        for key in keys:
            page = self.pages[key]
            for native, row in page.items():
                if native in keep:
                    page[native] = msgspec.structs.replace(row, stamp=row.stamp or self.common)
                elif row.stamp:
                    page[native] = msgspec.structs.replace(row, stamp=None)
