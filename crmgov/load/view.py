"""The mappings of a snapshot over the columns of a table: nothing is decoded before it is asked for."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from crmgov.load.table import INLINE_KEYS, Table
from crmgov.model.address import parse
from crmgov.model.diagnostics import Where


class Bodies(Mapping[str, bytes]):
    """Canonical bodies by address, cut out of one stretch of bytes."""

    def __init__(self, rows: Mapping[str, int], ends: Sequence[int], data: bytes | memoryview) -> None:
        self._rows, self._ends, self._data = rows, ends, data

    def __getitem__(self, address: str) -> bytes:
        row = self._rows[address]
        data = self._data[self._ends[row - 1] if row else 0 : self._ends[row]]
        return data if isinstance(data, bytes) else bytes(data)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, address: object) -> bool:
        return address in self._rows


class Places(Mapping[str, Where]):
    """Where each resource stands, by address."""

    def __init__(self, rows: Mapping[str, int], table: Table) -> None:
        self._rows, self._table = rows, table
        self._ends = list(accumulate(table.counts))

    def __getitem__(self, address: str) -> Where:
        return self.at(address, self._rows[address])

    def at(self, address: str, row: int) -> Where:
        """The place of the resource in a row."""
        file = self._table.files[bisect_right(self._ends, row)]
        inline = INLINE_KEYS[self._table.inlines[row]]
        return Where(file, self._table.documents[row], (inline, parse(address).name) if inline else ())

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, address: object) -> bool:
        return address in self._rows


class Layered(Mapping[str, bytes]):
    """Bodies of which some are others than below, for the addresses that are there."""

    def __init__(self, addresses: Mapping[str, str], over: Mapping[str, bytes], base: Mapping[str, bytes]) -> None:
        self._addresses, self._over, self._base = addresses, over, base

    def __getitem__(self, address: str) -> bytes:
        if address not in self._addresses:
            raise KeyError(address)
        return self._over[address] if address in self._over else self._base[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses)

    def __len__(self) -> int:
        return len(self._addresses)
