"""Figures asked of tables: one statement an object where one can say it, groups of columns where that costs memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from crmgov.audit.records.blank import BLANKS
from crmgov.audit.records.expressions import Expressions
from crmgov.audit.records.joins import joined
from crmgov.audit.records.narrow import named
from crmgov.audit.records.refusals import LostError, TooSlowError, fault, interrupted, refusal
from crmgov.audit.records.relation import Relation, UnknowableError
from crmgov.audit.records.spelling import missing, spelt
from crmgov.audit.records.statements import COLUMNAR_GROUP, Statement, statements
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer, Answers, Asked, Calls, Figure

MOST_PARTS = 20_000
"""Different values by which an answer is parted at most; more say nothing to anybody and take memory."""
_ESTIMATE = "approximate count of distinct values (HyperLogLog)"


class _Ready(NamedTuple):
    """A figure with the expression that answers it, and the count of the records in its scope, by a name."""

    figure: Figure
    value: Any
    scope: str
    records: Any


class Asker:
    """Answers the figures of one source.

    ``run`` carries out an expression and gives rows as plain mappings; it may raise anything, of which LostError ends
    the asking and TooSlowError is not tried again in parts. ``estimates``: whether the engine can estimate;
    ``width``: figures in one statement.
    """

    def __init__(
        self, source: str, today: dt.date, time: str, run: Callable[[Any], list[Mapping[str, Any]]], *,
        estimates: bool = True, width: int = COLUMNAR_GROUP,
    ) -> None:  # fmt: skip
        self._source, self._time, self._run = source, time, run
        self._estimates, self._width = estimates, width
        self._expressions = Expressions(today)
        self.lost = ""
        """Why nothing can be asked any more; empty while it can."""

    def calls(self, asked: Asked) -> dict[str, Calls]:
        """What the figures would cost, by object, before anything is asked."""
        found = {name: list(figures) for name, figures in asked.items()}
        return {
            name: Calls(
                fields=len({figure.field for figure in figures if figure.field}),
                figures=len(set(figures)),
                statements=len(statements(figures, estimates=self._estimates, width=self._width)),
            )
            for name, figures in found.items()
        }

    def answer(self, relations: Mapping[str, Relation], asked: Asked) -> Answers:
        """All figures; what cannot be answered says why."""
        answers = Answers()
        for name, figures in asked.items():
            relation = relations.get(name)
            for statement in statements(figures, estimates=self._estimates, width=self._width):
                if relation is None:
                    for figure in statement.figures:
                        answers[name, figure] = self._unmeasured(f"{self._source} holds no records of {name}")
                    continue
                for figure, answer in self._along(relation, statement, relations):
                    answers[name, figure] = answer
        return answers

    def _along(
        self, relation: Relation, statement: Statement, relations: Mapping[str, Relation]
    ) -> Iterable[tuple[Figure, Answer]]:
        """A statement of the records themselves, or of what they point at too."""
        try:
            fields = named(statement.figures)
            there = joined(relation, statement.via, relations, fields) if statement.via else relation.only(fields)
        except _unfit() as error:
            return [(figure, self._unmeasured(self._reason(error))) for figure in statement.figures]
        return self._answered(there, statement)

    def _answered(self, relation: Relation, statement: Statement) -> Iterable[tuple[Figure, Answer]]:
        ready: list[_Ready] = []
        scopes: dict[tuple[bytes, str, str], tuple[str, Any]] = {}
        for figure in statement.figures:
            key = (figure.where, figure.since, figure.field if figure.since else "")
            try:
                if key not in scopes:
                    scope = self._expressions.records(relation, figure)
                    scopes[key] = (f"s{len(scopes)}", scope)
                value = self._expressions.of(relation, figure)
            except _unfit() as error:
                yield figure, self._unmeasured(self._reason(error))
            else:
                ready.append(_Ready(figure, value, *scopes[key]))
        asking = {"row": self._row, "parted": self._parted, "values": self._values}[statement.form]
        yield from self._in_parts(ready, lambda some: asking(relation, some))

    def _in_parts(
        self, ready: Sequence[_Ready], asking: Callable[[Sequence[_Ready]], list[Answer]]
    ) -> Iterable[tuple[Figure, Answer]]:
        """All at once; where the source refuses, halves, so that one bad column costs only itself."""
        if not ready:
            return
        try:
            if self.lost:
                raise LostError(self.lost)
            answers = asking(ready)
        except Exception as error:
            if fault(error):
                raise
            if interrupted(error):
                raise KeyboardInterrupt from error
            if isinstance(error, LostError):
                self.lost = str(error)
            if len(ready) > 1 and not isinstance(error, (LostError, TooSlowError, UnknowableError)):
                middle = len(ready) // 2
                yield from self._in_parts(ready[:middle], asking)
                yield from self._in_parts(ready[middle:], asking)
                return
            answers = [self._unmeasured(self._reason(error))] * len(ready)
        yield from zip((one.figure for one in ready), answers, strict=True)

    def _row(self, relation: Relation, ready: Sequence[_Ready]) -> list[Answer]:
        """One row with everything in it."""
        wanted = {f"f{number}": one.value for number, one in enumerate(ready)}
        wanted |= {one.scope: one.records for one in ready}
        row = self._run(relation.table.aggregate(**wanted))[0]
        return [self._scalar(one, row[f"f{number}"], int(row[one.scope] or 0)) for number, one in enumerate(ready)]

    def _scalar(self, one: _Ready, value: Any, of: int) -> Answer:
        figure = one.figure
        if figure.metric in ("least", "most", "latest"):
            return Answer(evidence=self._value(None, of), text=spelt(value, one.value.type()))
        count = 0 if missing(value) else int(value)
        if figure.metric == "distinct" and not figure.exact and self._estimates:
            return Answer(evidence=Evidence(
                exactness="estimate", count=count, of=of, method=_ESTIMATE, source=self._source, time=self._time,
            ))  # fmt: skip
        return Answer(evidence=self._value(count, of))

    def _parted(self, relation: Relation, ready: Sequence[_Ready]) -> list[Answer]:
        """Counts by the values of another field, all in one statement; records without a value there are in no part."""
        first = ready[0].figure
        part = relation.told(first.by)
        wanted = {f"f{number}": one.value for number, one in enumerate(ready)}
        groups = relation.table.group_by(part=part).aggregate(n=ready[0].records, **wanted)
        rows = self._run(groups.filter(groups["n"] > 0).limit(MOST_PARTS + 2))
        if len(rows) > MOST_PARTS:
            raise UnknowableError(f"{first.by} holds more than {MOST_PARTS:,} different values")
        total = sum(int(row["n"]) for row in rows)
        parts = [(spelt(row["part"], part.type()), row) for row in rows]
        return [
            Answer(
                evidence=self._value(None, total),
                counts=tuple(sorted((name, int(row[f"f{number}"] or 0)) for name, row in parts if name.strip(BLANKS))),
            )
            for number in range(len(ready))
        ]

    def _values(self, relation: Relation, ready: Sequence[_Ready]) -> list[Answer]:
        """Records by value, or how many share theirs: several fields in one statement."""
        import ibis

        tables = [one.value(number) for number, one in enumerate(ready)]
        rows = self._run(tables[0] if len(tables) == 1 else ibis.union(*tables))
        spellers = [self._expressions.speller(relation, one.figure) for one in ready]
        found: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for row in rows:
            number = int(row["figure"])
            found[number].append((spellers[number](row), int(row["n"] or 0)))
        answers = []
        for number, one in enumerate(ready):
            counts = tuple(sorted(found[number], key=lambda pair: (-pair[1], pair[0])))
            evidence = self._value(sum(count for _, count in counts), None)
            if one.figure.metric == "values":
                answers.append(Answer(evidence=evidence, counts=counts))
            else:
                answers.append(Answer(evidence=evidence, text=counts[0][0] if counts else "0"))
        return answers

    def _value(self, count: int | None, of: int | None) -> Evidence:
        return Evidence(exactness="value", count=count, of=of, source=self._source, time=self._time)

    def _unmeasured(self, reason: str) -> Answer:
        evidence = Evidence(exactness="unmeasured", reason=reason, source=self._source, time=self._time)
        return Answer(evidence=evidence)

    def _reason(self, error: Exception) -> str:
        if isinstance(error, (UnknowableError, LostError, TooSlowError)):
            return str(error)
        return f"{self._source} refused it: {refusal(error)}"


@cache
def _unfit() -> tuple[type[Exception], ...]:
    """What is raised where a figure cannot be said of a table's columns; anything else is a fault of ours."""
    from ibis.common.annotations import ValidationError
    from ibis.common.exceptions import IbisError

    return (UnknowableError, IbisError, ValidationError)
