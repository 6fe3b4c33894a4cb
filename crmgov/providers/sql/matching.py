"""Criteria as a condition on the rows of a table, in the two-valued sense: a comparison with nothing is false."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from crmgov.model.canonical import Body
from crmgov.model.comparing import COMPARED, day_meant
from crmgov.providers.sql.fits import Unknown
from crmgov.providers.sql.physical import Column
from crmgov.providers.sql.storage import RECORD, VALUE, Link

_NUMBERS = ("integer", "numeric", "float")
_COMPARED: Mapping[str, Callable[[Any, Any], sa.ColumnElement[bool]]] = COMPARED


class Stored(NamedTuple):
    """Where a field's values stand: its columns, or the table beside."""

    columns: list[Column]
    link: Link | None


class Matching:
    """Compiles criteria on one table. ``key`` is its key column; ``stored`` raises Unknown where there is no field."""

    def __init__(self, stored: Callable[[str], Stored], key: str, dialect: str, today: dt.date) -> None:
        self._stored, self._key, self._dialect, self._today = stored, key, dialect, today

    def of(self, criteria: Body) -> sa.ColumnElement[bool]:
        """The condition. Raises Unknown where the records as they are cannot answer."""
        if isinstance(criteria.get("all"), list):
            return sa.and_(sa.true(), *map(self.of, criteria["all"]))
        if isinstance(criteria.get("any"), list):
            return sa.or_(sa.false(), *map(self.of, criteria["any"]))
        if isinstance(criteria.get("not"), dict):
            return sa.not_(self.of(criteria["not"]))
        return self._leaf(criteria)

    def _leaf(self, leaf: Body) -> sa.ColumnElement[bool]:
        field, op = str(leaf.get("field") or ""), str(leaf.get("op") or "")
        if "formula" in leaf or not field:
            raise Unknown("part of the condition is a formula")
        if "." in field:
            raise Unknown(f"{field} is a field of another object")
        if op in ("changed", "was", "is_new"):
            raise Unknown(f"{op} depends on what the record was before")
        held = self._stored(field)
        if held.link is not None:
            return self._linked(held.link, op, leaf.get("value"))
        there = sa.and_(sa.true(), *map(filled, held.columns))
        if op in ("blank", "present"):
            return there if op == "present" else sa.not_(there)
        if len(held.columns) != 1:
            raise Unknown(f"{field} is held in {len(held.columns)} columns")
        if leaf.get("other_field"):
            return sa.and_(there, self._of_two(held.columns[0], op, str(leaf["other_field"])))
        return sa.and_(there, self._against(held.columns[0], op, leaf.get("value")))

    def _of_two(self, column: Column, op: str, other: str) -> sa.ColumnElement[bool]:
        found = self._stored(other)
        if op not in _COMPARED or len(found.columns) != 1 or "." in other:
            raise Unknown(f"{op} of two fields is not counted")
        right = found.columns[0]
        return sa.and_(filled(right), _COMPARED[op](sa.column(column.name), sa.column(right.name)))

    def _against(self, column: Column, op: str, value: Any) -> sa.ColumnElement[bool]:
        if op in ("in", "not_in"):
            wanted = value if isinstance(value, list) else [value]
            among = sa.or_(sa.false(), *(self._compared(column, "equals", one) for one in wanted))
            return among if op == "in" else sa.not_(among)
        if op in ("contains", "not_contains", "starts_with"):
            return self._part(as_text(column), op, str(value))
        if op not in _COMPARED:
            raise Unknown(f"{op or 'no operator'} is not counted")
        return self._compared(column, op, value)

    def _part(self, text: sa.ColumnElement[Any], op: str, part: str) -> sa.ColumnElement[bool]:
        """Parts of texts are told apart by case, which LIKE does not do everywhere."""
        if op == "starts_with":
            return sa.func.substr(text, 1, len(part)) == part
        at = sa.func.instr(text, part) if self._dialect == "sqlite" else sa.func.strpos(text, part)
        return at > 0 if op == "contains" else at == 0

    def _compared(self, column: Column, op: str, value: Any) -> sa.ColumnElement[bool]:
        compare, family = _COMPARED[op], column.type.family
        found: sa.ColumnClause[Any] = sa.column(column.name)
        if isinstance(value, str) and value.startswith("$"):
            value = self._day(value)
        if family == "boolean":
            truth = sa.true() if value is True or str(value).lower() == "true" else sa.false()
            return compare(sa.cast(found, sa.Boolean), truth)
        if family in _NUMBERS:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise Unknown("a number is compared with something else")
            return compare(found, value)
        if family in ("date", "datetime"):
            return compare(sa.cast(found, sa.Text) if self._dialect == "sqlite" else found, self._time(value))
        if isinstance(value, (int, float)):
            raise Unknown("a text is compared with a number")
        return compare(as_text(column), str(value))

    def _day(self, text: str) -> dt.date:
        found = day_meant(text, self._today)
        if found is None:
            raise Unknown(f"{text} depends on who looks")
        return found

    def _time(self, value: Any) -> Any:
        """A day; SQLite keeps days and times as texts that sort."""
        try:
            day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])
        except ValueError as error:
            raise Unknown("a time is compared with something else") from error
        return day.isoformat() if self._dialect == "sqlite" else day

    def _linked(self, link: Link, op: str, value: Any) -> sa.ColumnElement[bool]:
        if not self._key:
            raise Unknown("its table has no key of one column")
        rows = sa.table(link.table, sa.column(RECORD), sa.column(VALUE))
        own: sa.ColumnClause[Any] = sa.column(self._key)
        there = own.in_(sa.select(rows.c[RECORD]))
        if op in ("blank", "present"):
            return there if op == "present" else sa.not_(there)
        if op not in ("includes", "excludes", "in", "not_in"):
            raise Unknown(f"{op} of several values is not counted")
        wanted = [str(one) for one in (value if isinstance(value, list) else [value])]
        among = own.in_(sa.select(rows.c[RECORD]).where(rows.c[VALUE].in_(wanted)))
        return among if op in ("includes", "in") else sa.and_(there, sa.not_(among))


def filled(column: Column) -> sa.ColumnElement[bool]:
    """Whether a column has a value; an empty text is none."""
    found: sa.ColumnClause[Any] = sa.column(column.name)
    present = found.is_not(None)
    return sa.and_(present, found != sa.literal_column("''")) if column.type.family == "text" else present


def as_text(column: Column) -> sa.ColumnElement[Any]:
    """A column's values as text."""
    found: sa.ColumnClause[Any] = sa.column(column.name)
    return found if column.type.family == "text" else sa.cast(found, sa.Text)
