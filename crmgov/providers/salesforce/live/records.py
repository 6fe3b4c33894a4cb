"""The records of an organisation, counted by queries or copied to be counted here. See ``model.figures``."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path as File

import msgspec

from crmgov.model.address import address
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.figures import Answers, Asked, Calls, Copied, Holding
from crmgov.providers.salesforce.live import codes as _codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.live.asking import Asking
from crmgov.providers.salesforce.live.bulk import Bulk, bulk_calls
from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.counting import Counting
from crmgov.providers.salesforce.live.described import describe
from crmgov.providers.salesforce.live.faults import GoneError, RefusedError
from crmgov.providers.salesforce.live.held import Held, Wanted, held
from crmgov.providers.salesforce.live.made import made
from crmgov.providers.salesforce.live.paged import SMALL, Paged, paged_calls
from crmgov.providers.salesforce.live.who import Organisation, Sight, in_part, organisation, sight

_BYTES = 16
"""Of one value in a copy, as far as can be said before."""
_NAMES = 200
"""Objects whose records are counted in one call."""
_SHOWN = 5


class SalesforceRecords:
    """Records of an organisation. ``wanted`` are the objects to be counted, by the repository's names.

    ``copies``: whether records may be copied, for the time of the counting, to be counted here. Raises GoneError where
    the organisation cannot be asked at all.
    """

    def __init__(
        self, connection: Connection, version: str, wanted: Mapping[str, Wanted], now: dt.datetime, *,
        copies: bool = True,
    ) -> None:  # fmt: skip
        self._connection, self._base, self._copies = connection, f"/services/data/v{version}", copies
        self._found: list[Diagnostic] = []
        self._held: dict[str, Held] = {}
        self._sizes: dict[str, int] = {}
        self.organisation: Organisation = organisation(connection, self._base)
        self.name = f"Salesforce {self.organisation.name or self.organisation.id} ({self.organisation.kind})"
        self._sight: Sight = sight(connection, self._base)
        self._describe(wanted)
        self._size()
        self._asking = Asking(connection, self._base, self.name)
        self._counting = Counting(self._asking, self._held, self.name, now)

    def holdings(self) -> Mapping[str, Holding]:
        """What the user who asks is shown, of objects whose records it sees all of."""
        return {name: one.holding for name, one in self._held.items()}

    def problems(self) -> list[Diagnostic]:
        """Objects and fields that are not shown, and why nothing more could be asked."""
        lost = self._asking.lost
        told = of("SFLIVE004", f"{self.name}: {lost}; what was not asked by then is unknown") if lost else None
        return [*self._found, *([told] if told is not None else [])]

    def calls(self, asked: Asked) -> Mapping[str, Calls]:
        """What the figures would cost if they were counted by queries."""
        return self._counting.calls(asked)

    def answer(self, asked: Asked) -> Answers:
        """All figures, counted by queries."""
        return self._counting.answer(asked)

    def unsayable(self, asked: Asked) -> Mapping[str, int]:
        """By object, how many figures no query can say."""
        return self._counting.unsayable(asked)

    def left(self) -> int:
        """Calls that may still be made."""
        return 0 if self._asking.lost else self._connection.left

    def made(self) -> Mapping[str, dt.date]:
        """By address, the day that a custom field or object was made; nothing where that is not told."""
        try:
            days = made(self._connection, self._base)
        except RefusedError:  # a right it needs is not given; ages are then what the ledger and git know
            return {}
        except GoneError as error:
            self._asking.lose(str(error))
            return {}
        found: dict[str, dt.date] = {}
        for name, one in self._held.items():
            native = one.described.name.casefold()
            known = {address("Object", name): days.get((native, ""))}
            for field, (path, _) in one.columns.items():
                known[address("Field", field, name)] = days.get((native, path.casefold()))
            found |= {at: day for at, day in known.items() if day is not None}
        return found

    def copy_calls(self, name: str) -> int | None:
        """About how many calls a copy of an object's records takes; None where none is to be had."""
        if not self._copies or name not in self._held:
            return None
        size = self._sizes.get(name)
        return paged_calls(size) if size is not None and size <= SMALL else bulk_calls(size or 0)

    def copy_bytes(self, name: str) -> int:
        """About how large a copy would be; 0 where it is not known."""
        return self._sizes.get(name, 0) * len(self._held[name].columns) * _BYTES if name in self._held else 0

    def copy(self, name: str, to: File, most_bytes: int) -> Copied:
        """All records of an object as a CSV file under the repository's names."""
        one = self._held[name]
        columns = {field: path for field, (path, _) in one.columns.items()}
        try:
            count = self._copied(name, columns, to, most_bytes)
        except RefusedError as error:
            return Copied(reason=f"{self.name} gives no copy of {name}: {error}")
        except GoneError as error:
            self._asking.lose(str(error))
            return Copied(reason=f"{self.name}: {error}")
        return Copied(records=count, types=one.types)

    def _copied(self, name: str, columns: Mapping[str, str], to: File, most_bytes: int) -> int:
        """A small object by a query; a larger one by a job, unless jobs do not know it."""
        native, size = self._held[name].described.name, self._sizes.get(name)
        paged = Paged(self._connection, self._base, most_bytes)
        if size is not None and size <= SMALL:
            return paged.copy(native, columns, to)
        try:
            return Bulk(self._connection, self._base, most_bytes).copy(native, columns, to)
        except RefusedError as error:
            if error.code != "INVALIDENTITY":
                raise
            return paged.copy(native, columns, to)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _describe(self, wanted: Mapping[str, Wanted]) -> None:
        """Learn each object's fields, a call each; what cannot be learnt is told and not held."""
        unseen: list[str] = []
        for number, (name, one) in enumerate(wanted.items()):
            try:
                described = describe(self._connection, self._base, one.native)
            except RefusedError as error:
                self._found.append(
                    of("SFLIVE002", f"{name} is not described: {error}", address=address("Object", name))
                )
                continue
            except GoneError as error:
                left = _some(list(wanted)[number:])
                self._found.append(of("SFLIVE002", f"{left} not asked for: {error}"))
                break
            if described is None:
                continue
            if in_part(described.name):
                self._found.append(of("SFLIVE007", f"{name} is not counted", address=address("Object", name)))
                continue
            if not self._sight.all_of(described.name):
                unseen.append(name)
                continue
            self._held[name] = held(name, one, described)
            self._found += _hidden(name, self._held[name])
        if unseen:
            told = f"The user who asks may not see all records of {_some(unseen)}: they are not counted"
            self._found.append(of("SFLIVE001", told))

    def _size(self) -> None:
        """How many records there are, as far as the organisation has that at hand: a call for many objects."""
        natives = {one.described.name: name for name, one in self._held.items()}
        every = list(natives)
        for start in range(0, len(every), _NAMES):
            params = {"sObjects": ",".join(every[start : start + _NAMES])}
            try:
                found = self._connection.get(f"{self._base}/limits/recordCount", params)
            except RefusedError:  # a right it needs is not given; copies are then bounded by their size alone
                return
            except GoneError:  # told as soon as something is asked
                return
            try:
                sizes = msgspec.convert(found, type=_Sizes).objects
            except msgspec.ValidationError:  # as good as none
                return
            for one in sizes:
                if one.name in natives:
                    self._sizes[natives[one.name]] = max(0, one.count)


class _Size(msgspec.Struct):
    name: str
    count: int


class _Sizes(msgspec.Struct):
    objects: list[_Size] = msgspec.field(name="sObjects")


def _hidden(name: str, one: Held) -> Iterable[Diagnostic]:
    if one.missing:
        are = "fields are" if len(one.missing) > 1 else "field is"
        told = f"{len(one.missing):,} {are} not in {name}, or hidden from the user who asks: {_some(one.missing)}"
        yield of("SFLIVE003", told, address=address("Object", name))
    if one.masked:
        told = f"{_some(one.masked)} of {name}: what is shown of it is masked"
        yield of("SFLIVE008", told, address=address("Object", name))


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
