"""What a query says, as a tree. `at` is a position in its text, for sentences about it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Path:
    """A field, perhaps of a parent: `Account.Owner.Name`; or a part of a day or moment: `CALENDAR_YEAR(CreatedDate)`."""

    parts: tuple[str, ...]
    at: int
    function: str = ""

    def __str__(self) -> str:
        return ".".join(self.parts)


@dataclass(frozen=True)
class Call:
    """`COUNT(Email)`; `argument` is None for `COUNT()` only. `name` is in capitals."""

    name: str
    argument: Path | None
    at: int


@dataclass(frozen=True)
class Selected:
    """One column, perhaps with an alias."""

    what: Path | Call
    alias: str = ""


@dataclass(frozen=True)
class Literal:
    """A value. Kinds: string, number, boolean, null, date, datetime, relative. `pattern` is a string's text with its escapes."""

    kind: str
    value: object
    at: int
    pattern: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Test:
    """One comparison. `operator` is in capitals; `value` is a literal, literals of a list, or a query inside."""

    what: Path | Call
    operator: str
    value: Literal | tuple[Literal, ...] | Query
    at: int


@dataclass(frozen=True)
class Not:
    """Denial."""

    inner: Condition


@dataclass(frozen=True)
class Every:
    """AND."""

    of: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    """OR."""

    of: tuple[Condition, ...]


Condition = Test | Not | Every | Some


@dataclass(frozen=True)
class Order:
    """One key of ORDER BY."""

    what: Path | Call
    descending: bool = False
    nulls_last: bool = False


@dataclass(frozen=True)
class Query:
    """A whole query."""

    text: str
    select: tuple[Selected, ...]
    source: str
    source_at: int
    where: Condition | None = None
    group: tuple[Path | Call, ...] = ()
    having: Condition | None = None
    order: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int | None = None
    notes: dict[str, int] = field(default_factory=dict, compare=False)
