"""Records counted for plans: exact, and one statement per object wherever one statement can say it."""

import datetime as dt
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.evidence import Evidence, Question
from crmgov.providers.sql.checks import dangling, duplicated
from crmgov.providers.sql.dialect import Database
from crmgov.providers.sql.fits import Unknown, not_convertible
from crmgov.providers.sql.matching import Matching, Stored, as_text, filled
from crmgov.providers.sql.physical import Column, Table
from crmgov.providers.sql.reading import Live
from crmgov.providers.sql.storage import RECORD, VALUE, Link, Storage

GROUP = 400
"""Figures in one statement; PostgreSQL allows 1,664 columns in an answer, SQLite 2,000."""


def measure(database: Database, questions: list[Question]) -> list[Evidence]:
    """Answer all questions from one consistent look at the database, in order."""
    answers: dict[int, Evidence] = {}
    by_object: dict[str, list[int]] = defaultdict(list)
    for index, question in enumerate(questions):
        by_object[question.object].append(index)
    if not questions:
        return []
    with database.reading() as connection:
        live = Live(connection, database.names, database.inspect(connection))
        look = _Look(live, connection, database.source)
        for name, indexes in by_object.items():
            for start in range(0, len(indexes), GROUP):
                group = indexes[start : start + GROUP]
                answers.update(zip(group, look.answer(name, [questions[i] for i in group]), strict=True))
    return [answers[index] for index in range(len(questions))]


class _Look:
    def __init__(self, live: Live, connection: Connection, source: str) -> None:
        self._live = live
        self._connection = connection
        self._source = source
        self._time = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")

    def answer(self, name: str, questions: list[Question]) -> list[Evidence]:
        """Answer questions about one object."""
        table = self._live.catalog.get(self._live.configuration.object_table(name))
        if table is None:
            return [self._unmeasured(f"there is no table for {name}") for _ in questions]
        figures: list[sa.ColumnElement[Any] | str] = []
        wholes: dict[int, sa.ColumnElement[Any]] = {}
        counted: dict[int, int] = {}
        for index, question in enumerate(questions):
            try:
                if question.type == "not_convertible":
                    counted[index] = self._unfit(table, question)
                    figures.append("")
                else:
                    figures.append(self._figure(table, question))
                    if question.among is not None:
                        wholes[index] = _count(self._meeting(table, question, question.among))
            except Unknown as unknown:
                figures.append(str(unknown))
        asked = [figure for figure in (*figures, *wholes.values()) if not isinstance(figure, str)]
        row = self._connection.execute(sa.select(sa.func.count(), *asked).select_from(sa.table(table.name))).one()
        found, total = iter(row[1:]), int(row[0])
        among = dict(zip(wholes, map(int, row[len(row) - len(wholes) :]), strict=True))
        answers = []
        for index, figure in enumerate(figures):
            if index in counted:
                answers.append(self._value(counted[index], total))
            elif isinstance(figure, str):
                answers.append(self._unmeasured(figure))
            else:
                answers.append(self._value(int(next(found)), among.get(index, total)))
        return answers

    def _value(self, count: int, total: int) -> Evidence:
        return Evidence(exactness="value", count=count, of=total, source=self._source, time=self._time)

    def _unmeasured(self, reason: str) -> Evidence:
        return Evidence(exactness="unmeasured", reason=reason, source=self._source, time=self._time)

    def _storage(self, table: Table, question: Question) -> Storage:
        """How the field is stored. Raises Unknown where it is not there."""
        at = parse(address("Field", question.field or "", question.object))
        kept = self._live.bodies.get(at.resource)
        body = self._live.field(table, at, kept)
        if body is None:
            raise Unknown(f"there is no field {question.field} in this database")
        storage = self._live.configuration.storage(at.parent or "", at.name, body)
        if not storage.columns and storage.link is None:
            raise Unknown(f"{question.field} is computed; its values are not stored here")
        return storage

    def _unfit(self, table: Table, question: Question) -> int:
        return not_convertible(self._live, self._connection, table, self._storage(table, question), question)

    def _figure(self, table: Table, question: Question) -> sa.ColumnElement[Any]:
        """The expression that counts what is asked. Raises Unknown where nothing can."""
        if question.type == "records":
            return sa.func.count()
        if question.type == "matching":
            among = () if question.among is None else (self._meeting(table, question, question.among),)
            return _count(sa.and_(self._meeting(table, question, question.criteria or {"all": []}), *among))
        storage = self._storage(table, question)
        condition = (
            _of_link(table, storage.link, question) if storage.link else self._of_columns(table, storage, question)
        )
        return _count(condition)

    def _meeting(self, table: Table, question: Question, criteria: Body) -> sa.ColumnElement[bool]:
        """Whether a record meets criteria."""

        def stored(field: str) -> Stored:
            storage = self._storage(table, Question(type="filled", object=question.object, field=field))
            columns = [found for one in storage.columns if (found := self._live.catalog.column(table, one.name))]
            return Stored(columns, storage.link)

        own = table.key[0] if len(table.key) == 1 else ""
        return Matching(stored, own, self._live.names.dialect, dt.date.fromisoformat(self._time[:10])).of(criteria)

    def _of_columns(self, table: Table, storage: Storage, question: Question) -> sa.ColumnElement[bool]:
        columns = [found for wanted in storage.columns if (found := self._live.catalog.column(table, wanted.name))]
        if question.type == "filled":
            return sa.and_(*map(filled, columns))
        if question.type == "blank":
            return sa.not_(sa.and_(*map(filled, columns)))
        if len(columns) != 1:
            raise Unknown(f"{question.field} is held in {len(columns)} columns")
        column = columns[0]
        if question.type == "with_values":
            return _with_values(column, question.values)
        if question.type == "longer_than":
            return sa.func.length(as_text(column)) > (question.number or 0)
        if question.type == "duplicates":
            return duplicated(table, column.name)
        target = table.foreign.get(column.name) or storage.columns[0].foreign
        there = None if target is None else self._live.catalog.get(target.table)
        if target is None or there is None or (target.column is None and len(there.key) != 1):
            raise Unknown(f"{question.field} points at no one table")
        return dangling(column.name, there.name, target.column or there.key[0])


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.func.count(sa.case((condition, 1)))


def _with_values(column: Column, values: tuple[str, ...]) -> sa.ColumnElement[bool]:
    if column.type.family == "boolean":
        found: sa.ColumnElement[Any] = sa.cast(sa.column(column.name), sa.Boolean)
        wanted = {"true": sa.true(), "false": sa.false()}
        return sa.or_(sa.false(), *(found == wanted[value] for value in values if value in wanted))
    return as_text(column).in_(values)


def _of_link(table: Table, link: Link, question: Question) -> sa.ColumnElement[bool]:
    if len(table.key) != 1:
        raise Unknown(f"the table {table.name} has no key of one column")
    rows = sa.table(link.table, sa.column(RECORD), sa.column(VALUE))
    linked = sa.select(rows.c[RECORD])
    own: sa.ColumnClause[Any] = sa.column(table.key[0])
    if question.type in ("filled", "blank"):
        condition = own.in_(linked)
        return condition if question.type == "filled" else sa.not_(condition)
    if question.type == "with_values":
        return own.in_(linked.where(rows.c[VALUE].in_(question.values)))
    if question.type == "longer_than":
        return own.in_(linked.where(sa.func.length(rows.c[VALUE]) > (question.number or 0)))
    raise Unknown(f"{question.field} holds several values a record")
