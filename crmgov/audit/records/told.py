"""What is told of files that were read: rows, letters and columns that are not as they should be. No value is told."""

from collections.abc import Iterable, Sequence

from crmgov.audit.records.matching import Columns
from crmgov.audit.records.part import Part
from crmgov.audit.records.text import NAMES
from crmgov.model.address import address
from crmgov.model.diagnostics import Diagnostic, Place, brief, of

_MOST = 12
"""Names in one message."""


def of_part(part: Part) -> Iterable[Diagnostic]:
    """What is told of one file."""
    rejected = part.rejected - part.headings
    at = Place(part.label, (*part.long_lines, *part.broken_lines, *part.short_lines, 0)[0])
    if not part.adds_up:
        counted = f"{part.records:,} records were counted"
        read = f"{part.read:,} were read, {part.repaired:,} repaired and {part.rejected:,} rejected"
        why = f"a quote on line {part.open_line:,} never closes" if part.open_line else f"{counted}, {read}"
        yield of("FILES005", f"The rows of {part.label} do not add up: {why}", at=Place(part.label, part.open_line))
    elif rejected:
        where = lines("line", part.long_lines, rejected) or lines("element", part.broken_lines, rejected)
        wrong = "have more values than columns" if part.long_lines else "cannot be read"
        told = f"{rejected:,} of {part.records:,} rows of {part.label} {wrong} and are left out: {where}"
        yield of("FILES003", told, at=at)
    if part.headings and part.adds_up:
        are = "rows of {} repeat its header and are left out" if part.headings > 1 else (
            "row of {} repeats its header and is left out")  # fmt: skip
        yield of("FILES015", f"{part.headings:,} {are.format(part.label)}", at=Place(part.label))
    if part.repaired:
        where = lines("line", part.short_lines, part.repaired)
        told = f"{part.repaired:,} of {part.records:,} rows of {part.label} have fewer values than columns: {where}"
        yield of("FILES004", told, at=at)
    if part.encoding in NAMES:
        yield of("FILES006", f"{part.label} is read as {NAMES[part.encoding]}", at=Place(part.label))
    if part.broken or part.nuls:
        what = [f"{part.broken:,} places that are not text"] if part.broken else []
        what += [f"{part.nuls:,} NUL bytes"] if part.nuls else []
        yield of("FILES007", f"{part.label} holds {' and '.join(what)}", at=Place(part.label))


def lines(word: str, some: Sequence[int], count: int) -> str:
    """Where rows stand: the first few, and how many more."""
    if not some:
        return ""
    shown = ", ".join(f"{line:,}" for line in some[:_MOST])
    more = count - len(some[:_MOST])
    return f"{word}{'s' if count > 1 else ''} {shown}" + (f" and {more:,} more" if more else "")


def of_more(name: str, label: str) -> Diagnostic:
    """An answer of which the last page is not there."""
    told = f"{label} says that more records of {name} follow, and no other file ends them"
    return of("FILES014", told, at=Place(label), address=address("Object", name))


def of_columns(name: str, label: str, columns: Columns) -> Iterable[Diagnostic]:
    """What is told of the columns of one file."""
    for what, several in columns.ambiguous:
        shown = names(several)
        told = f"{brief(what)} in {label} fits several: {shown}" if len(set(several)) > 1 else (
            f"{brief(what)} stands in {label} {len(several)} times")  # fmt: skip
        yield of("FILES008", told, at=Place(label), address=address("Object", name))


def of_strange(name: str, strange: Sequence[str]) -> Iterable[Diagnostic]:
    """The columns of an object's files that are no field."""
    if strange:
        are = "columns of its records are" if len(strange) > 1 else "column of its records is"
        told = f"{name}: {len(strange):,} {are} no field that is configured: {names(strange)}"
        yield of("FILES009", told, address=address("Object", name))


def of_missing(name: str, missing: Sequence[str], total: int) -> Iterable[Diagnostic]:
    """The fields of an object that no file has a column for."""
    if missing:
        told = f"{len(missing):,} of {total:,} fields of {name} have no column in its records: {names(sorted(missing))}"
        yield of("FILES010", told, address=address("Object", name))


def of_unreadable(name: str, field: str, type_: str, count: int, present: int) -> Diagnostic:
    """Values that do not read as their field's type."""
    share = f"{count / present:.1%}" if count * 1000 >= present else "under 0.1%"
    told = f"{count:,} of {present:,} values of {name}.{field} ({share}) do not read as {type_}"
    return of("FILES011", told, address=address("Field", field, name), evidence=(told,))


def plain(name: str) -> str:
    """A name as it is told: that of a file can be any bytes."""
    return "".join(char if char.isprintable() else "?" for char in name)


def names(some: Sequence[str]) -> str:
    """Names as a message shows them."""
    shown = ", ".join(brief(plain(one), 60) or '""' for one in some[:_MOST])
    return shown + (f" and {len(some) - _MOST:,} more" if len(some) > _MOST else "")
