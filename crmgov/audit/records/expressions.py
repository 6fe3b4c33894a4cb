"""Figures as expressions on one object's table."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from crmgov.audit.records.alike import together
from crmgov.audit.records.blank import said
from crmgov.audit.records.criteria import condition
from crmgov.audit.records.relation import Relation, UnknowableError
from crmgov.audit.records.spelling import spelt
from crmgov.model.figures import Figure

SECONDS = 86_400
"""Of a day."""


class Expressions:
    """The expressions for figures on a day. All methods raise UnknowableError with the reason."""

    def __init__(self, today: dt.date) -> None:
        self._today = today

    def records(self, relation: Relation, figure: Figure) -> Any:
        """How many records are in a figure's scope; for ``days`` those that have both in order."""
        where = self._where(relation, figure)
        if figure.metric == "days":
            counted = _elapsed(relation, figure)[1]
            return relation.table.count(where=counted if where is None else counted & where)
        return relation.table.count() if where is None else relation.table.count(where=where)

    def of(self, relation: Relation, figure: Figure) -> Any:
        """What answers a figure: an aggregate, or for ``values`` and ``repeated`` a table by its number."""
        if figure.metric in ("values", "repeated"):
            if figure.by:
                raise UnknowableError("values are not parted by another field")
            return self._by_value(relation, figure)
        if figure.by:
            relation.told(figure.by)
            if figure.metric in ("least", "most", "latest"):
                raise UnknowableError("only counts are parted by another field")
        return self._aggregate(relation, figure)

    def _where(self, relation: Relation, figure: Figure) -> Any:
        if figure.where not in relation.conditions:
            criteria = figure.criteria
            relation.conditions[figure.where] = None if not criteria else condition(relation, criteria, self._today)
        return relation.conditions[figure.where]

    def _aggregate(self, relation: Relation, figure: Figure) -> Any:
        table, field, metric = relation.table, figure.field, figure.metric
        if metric == "records":
            return self.records(relation, figure)
        where, filled = self._where(relation, figure), relation.filled(field, figure.blanks)
        if where is not None:
            filled = filled & where
        if metric == "filled":
            return table.count(where=filled)
        if metric == "days":
            seconds, counted = _elapsed(relation, figure)
            return _where(seconds, counted & filled).sum() / SECONDS
        if metric == "latest":
            if not relation.holding.modified:
                raise UnknowableError("no column says when a record was last written")
            return _where(relation.value(relation.holding.modified), filled).max()
        if metric == "distinct":
            told = relation.told(field)
            return told.nunique(where=filled) if figure.exact else told.approx_nunique(where=filled)
        if metric in ("least", "most"):
            return _extreme(relation, figure, filled)
        text = relation.told(field) if metric == "fitting" else relation.text(field)
        if not text.type().is_string():
            raise UnknowableError(f"{field} is no text")
        if metric == "longer":
            return table.count(where=filled & (text.length() > figure.most).fill_null(False))
        if metric == "longest":
            return _where(text.length(), filled).max()
        return table.count(where=filled & relation.fits(text, figure.pattern).fill_null(False))

    def _by_value(self, relation: Relation, figure: Figure) -> Any:
        """Given a number, a table of (figure, value, number, n): each value with its records, or one row with how
        many values are shared, by how many records. Numbers with a point stand in ``number``, all else in ``value``.
        """
        where = self._where(relation, figure)
        single = None if figure.alike else relation.single(figure.field, where)
        if single is not None:
            if figure.metric == "repeated":
                raise UnknowableError(f"{figure.field} holds several values a record")
            table, told = single
            table = table.filter(said(told, relation.dialect))
        else:
            if figure.alike:
                filled, told = together(relation, figure.alike, figure.blanks)
            else:
                filled, told = relation.filled(figure.field, figure.blanks), relation.told(figure.field)
            # Two columns before all else: what Ibis does with a table takes the longer the more columns it has.
            kept = filled if where is None else filled & where
            table = relation.table.select(value=told, kept=kept)
            table = table.filter(table["kept"])
            told = table["value"]
        groups = table.group_by(value=told).aggregate(n=table.count())
        return lambda number: _numbered(groups, figure, number)

    @staticmethod
    def speller(relation: Relation, figure: Figure) -> Callable[[Mapping[str, Any]], str]:
        """What gives the value in a row of ``values``, spelt as everywhere; the type is looked up once for all rows."""
        if figure.metric == "repeated" or figure.alike:
            return lambda row: str(row["value"])
        type_ = None if relation.kind(figure.field) == "many" else relation.told(figure.field).type()
        return lambda row: _spelt(row["value"], row["number"], type_)


def _spelt(value: Any, number: Any, type_: Any) -> str:
    """A value by its column's type, which is None where a record holds several."""
    if number is not None or value is None:
        return spelt(number, type_)
    if type_ is None or type_.is_boolean():
        return str(value)
    return spelt(Decimal(value) if type_.is_decimal() and value else value, type_)


def _extreme(relation: Relation, figure: Figure, filled: Any) -> Any:
    column = relation.value(figure.field)
    type_ = column.type()
    if not (type_.is_numeric() or type_.is_timestamp() or type_.is_date() or type_.is_time()):
        raise UnknowableError("only numbers and times have an order that every source shares")
    return _where(column, filled).min() if figure.metric == "least" else _where(column, filled).max()


def _elapsed(relation: Relation, figure: Figure) -> tuple[Any, Any]:
    """The seconds between two days, and whether a record has both in order."""
    days = []
    for name in (figure.since, figure.field):
        column = relation.value(name)
        if not (column.type().is_timestamp() or column.type().is_date()):
            raise UnknowableError(f"{name} is no date")
        days.append((column if column.type().is_date() else column.date()).cast("timestamp").epoch_seconds())
    both = relation.present(figure.since) & relation.present(figure.field)
    seconds = days[1] - days[0]
    return seconds, both & (seconds >= 0).fill_null(False)


def _where(column: Any, condition: Any) -> Any:
    """A column, null where a condition is not met. DuckDB keeps all columns of a statement beside each filtered
    aggregate, which takes 300 MiB where a hundred of them are asked at once."""
    import ibis

    return condition.ifelse(column, ibis.null(column.type()))


def _numbered(groups: Any, figure: Figure, number: int) -> Any:
    import ibis

    none = ibis.null("float64")
    if figure.metric == "repeated":
        shared = groups.filter(groups["n"] > 1)
        shared = shared.aggregate(n=shared["n"].sum().fill_null(0), different=shared.count())
        groups = shared.mutate(value=shared["different"].cast("string"))
    elif figure.most:
        groups = groups.order_by(ibis.desc("n"), "value").limit(figure.most)
    value, floating = groups["value"], none
    if value.type().is_floating():
        value, floating = ibis.null("string"), value.cast("float64")
    elif value.type().is_boolean():
        value = value.ifelse("true", "false")
    elif not value.type().is_string():
        value = value.cast("string")
    return groups.select(
        figure=ibis.literal(number, "int32"), value=value, number=floating, n=groups["n"].cast("int64")
    )
