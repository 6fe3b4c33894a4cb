"""Figures asked of tables: one statement an object where one can say it, groups of columns where that costs memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from crmgov.audit.records.alike import together
from crmgov.audit.records.criteria import UnknowableError, condition
from crmgov.audit.records.relation import Relation
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer, Answers, Asked, Figure

GROUP = 400
"""Figures in one statement; PostgreSQL allows 1,664 columns in an answer, SQLite 2,000."""
DISTINCT_GROUP = 12
"""Columns whose values are told apart in one statement: all at once took six times as long, or all memory (2 million
records of 120 columns, DuckDB)."""
_ESTIMATE = "approximate count of distinct values (HyperLogLog)"


class _Asking(NamedTuple):
    """A figure with the expression that answers it, and the one that counts the records in its scope."""

    figure: Figure
    value: Any
    scope: Any


class Asker:
    """Answers the figures of one source. ``run`` carries out an expression and gives rows as plain mappings."""

    def __init__(self, source: str, today: dt.date, time: str, run: Callable[[Any], list[Mapping[str, Any]]]) -> None:
        self._source, self._today, self._time, self._run = source, today, time, run

    def answer(self, relations: Mapping[str, Relation], asked: Asked) -> Answers:
        """All figures; what cannot be answered says why."""
        answers = Answers()
        for name, figures in asked.items():
            relation = relations.get(name)
            for figure, answer in self._of_object(name, relation, list(dict.fromkeys(figures))):
                answers[name, figure] = answer
        return answers

    def _of_object(
        self, name: str, relation: Relation | None, figures: list[Figure]
    ) -> Iterable[tuple[Figure, Answer]]:
        if relation is None:
            yield from ((figure, self._unmeasured(f"{self._source} holds no records of {name}")) for figure in figures)
            return
        plain: dict[bool, list[Figure]] = {True: [], False: []}
        parted: dict[tuple[str, bytes], list[Figure]] = defaultdict(list)
        valued: list[Figure] = []
        for figure in figures:
            if figure.metric in ("values", "repeated"):
                valued.append(figure)
            elif figure.by:
                parted[figure.by, figure.where].append(figure)
            else:
                plain[figure.metric == "distinct" and figure.exact].append(figure)
        for heavy, size in ((False, GROUP), (True, DISTINCT_GROUP)):
            for group in _groups(plain[heavy], size):
                yield from self._scalars(relation, group)
        for (by, _), group in parted.items():
            for some in _groups(group, GROUP):
                yield from self._parted(relation, by, some)
        for group in _groups(valued, DISTINCT_GROUP):
            yield from self._valued(relation, group)

    def _scalars(self, relation: Relation, figures: Sequence[Figure]) -> Iterable[tuple[Figure, Answer]]:
        ready: list[_Asking] = []
        for figure in figures:
            try:
                ready.append(self._asking(relation, figure))
            except (UnknowableError, KeyError) as error:
                yield figure, self._unmeasured(_reason(error, relation))
        yield from self._together(relation, ready)

    def _together(self, relation: Relation, ready: list[_Asking]) -> Iterable[tuple[Figure, Answer]]:
        """One statement for all; where the source refuses it, halves, so that one bad column costs only itself."""
        if not ready:
            return
        scopes = {id(asking.scope): f"s{number}" for number, asking in enumerate(ready)}
        wanted = {f"f{number}": asking.value for number, asking in enumerate(ready)}
        wanted |= {scopes[id(asking.scope)]: asking.scope for asking in ready}
        try:
            row = self._run(relation.table.aggregate(**wanted))[0]
        except Exception as error:
            if len(ready) == 1:
                yield ready[0].figure, self._unmeasured(f"{self._source} refused it: {_brief(error)}")
                return
            middle = len(ready) // 2
            yield from self._together(relation, ready[:middle])
            yield from self._together(relation, ready[middle:])
            return
        for number, (figure, _, scope) in enumerate(ready):
            yield figure, self._scalar(figure, row[f"f{number}"], int(row[scopes[id(scope)]] or 0))

    def _scalar(self, figure: Figure, value: Any, of: int) -> Answer:
        if figure.metric in ("least", "most", "latest"):
            return Answer(evidence=self._value(None, of), text="" if _missing(value) else str(value))
        count = 0 if _missing(value) else int(value)
        if figure.metric == "distinct" and not figure.exact:
            return Answer(evidence=Evidence(
                exactness="estimate", count=count, of=of, method=_ESTIMATE, source=self._source, time=self._time,
            ))  # fmt: skip
        return Answer(evidence=self._value(count, of))

    def _asking(self, relation: Relation, figure: Figure) -> _Asking:
        where = self._where(relation, figure)
        scope = relation.table.count() if where is None else relation.table.count(where=where)
        return _Asking(figure, self._expression(relation, figure, where), scope)

    def _where(self, relation: Relation, figure: Figure) -> Any:
        criteria = figure.criteria
        return None if criteria is None else condition(relation, criteria, self._today)

    def _expression(self, relation: Relation, figure: Figure, where: Any) -> Any:
        table, field, metric = relation.table, figure.field, figure.metric
        if metric == "records":
            return table.count() if where is None else table.count(where=where)
        filled = relation.filled(field, figure.blanks)
        if where is not None:
            filled = filled & where
        if metric == "filled":
            return table.count(where=filled)
        if metric == "latest":
            if not relation.holding.modified:
                raise UnknowableError("no column says when a record was last written")
            return relation.value(relation.holding.modified).max(where=filled).cast("string")
        column, text = relation.value(field), relation.text(field)
        if metric == "distinct":
            return (text.nunique if figure.exact else text.approx_nunique)(where=filled)
        if metric in ("least", "most"):
            return (column.min if metric == "least" else column.max)(where=filled).cast("string")
        if metric == "longest":
            return text.length().max(where=filled)
        return table.count(where=filled & text.re_search(figure.pattern).fill_null(False))

    def _parted(self, relation: Relation, by: str, figures: Sequence[Figure]) -> Iterable[tuple[Figure, Answer]]:
        """Counts by the values of another field, all in one statement."""
        try:
            part = relation.text(by)
            wanted = {f"f{n}": self._asking(relation, figure).value for n, figure in enumerate(figures)}
            where = self._where(relation, figures[0])
            table = relation.table if where is None else relation.table.filter(where)
            rows = self._run(table.group_by(part=part).aggregate(n=table.count(), **wanted))
        except (UnknowableError, KeyError) as error:
            yield from ((figure, self._unmeasured(_reason(error, relation))) for figure in figures)
            return
        except Exception as error:
            reason = f"{self._source} refused it: {_brief(error)}"
            yield from ((figure, self._unmeasured(reason)) for figure in figures)
            return
        total = sum(int(row["n"]) for row in rows)
        for number, figure in enumerate(figures):
            counts = sorted(
                (str(row["part"]), int(row[f"f{number}"] or 0)) for row in rows if not _missing(row["part"])
            )
            yield figure, Answer(evidence=self._value(None, total), counts=tuple(counts))

    def _valued(self, relation: Relation, figures: Sequence[Figure]) -> Iterable[tuple[Figure, Answer]]:
        """Records by value, or how many share theirs: several fields in one statement, apart where it is refused."""
        ready: list[tuple[Figure, Any]] = []
        for figure in figures:
            try:
                ready.append((figure, self._by_value(relation, figure, len(ready))))
            except (UnknowableError, KeyError) as error:
                yield figure, self._unmeasured(_reason(error, relation))
        yield from self._in_union(ready)

    def _in_union(self, ready: Sequence[tuple[Figure, Any]]) -> Iterable[tuple[Figure, Answer]]:
        import ibis

        if not ready:
            return
        try:
            rows = self._run(ready[0][1] if len(ready) == 1 else ibis.union(*(one for _, one in ready)))
        except Exception as error:
            if len(ready) == 1:
                yield ready[0][0], self._unmeasured(f"{self._source} refused it: {_brief(error)}")
                return
            for one in ready:
                yield from self._in_union([one])
            return
        by_figure: dict[int, list[tuple[str, int]]] = defaultdict(list)
        numbers = {number: figure for number, (figure, _) in enumerate(ready)} if len(ready) > 1 else {}
        for row in rows:
            if not _missing(row["value"]):
                number = int(row["figure"]) if numbers else 0
                by_figure[number].append((str(row["value"]), int(row["n"] or 0)))
        for number, (figure, _) in enumerate(ready):
            counts = tuple(sorted(by_figure[number], key=lambda pair: (-pair[1], pair[0])))
            evidence = self._value(sum(count for _, count in counts), None)
            if figure.metric == "values":
                yield figure, Answer(evidence=evidence, counts=counts)
            else:
                yield figure, Answer(evidence=evidence, text=counts[0][0] if counts else "0")

    def _by_value(self, relation: Relation, figure: Figure, number: int) -> Any:
        """A table of (figure, value, n): each value with its records, or one row: how many are shared, by how many."""
        where = self._where(relation, figure)
        if figure.alike:
            condition_, text = together(relation, figure.alike, figure.blanks)
            table = relation.table.filter(condition_ if where is None else condition_ & where)
            return self._grouped(table, text, figure, number)
        table, text = relation.counted(figure.field)
        if table is relation.table:
            condition_ = relation.filled(figure.field, figure.blanks)
            table = table.filter(condition_ if where is None else condition_ & where)
        elif where is not None:
            raise UnknowableError("single values are counted over all records only")
        return self._grouped(table, text, figure, number)

    def _grouped(self, table: Any, text: Any, figure: Figure, number: int) -> Any:
        import ibis

        groups = table.group_by(value=text.strip()).aggregate(n=table.count())
        if figure.metric == "repeated":
            shared = groups.filter(groups.n > 1)
            groups = shared.aggregate(value=shared.count().cast("string"), n=shared.n.sum().fill_null(0))
        elif figure.most:
            groups = groups.order_by(ibis.desc("n"), "value").limit(figure.most)
        return groups.select(figure=ibis.literal(number, "int32"), value=groups.value, n=groups.n.cast("int64"))

    def _value(self, count: int | None, of: int | None) -> Evidence:
        return Evidence(exactness="value", count=count, of=of, source=self._source, time=self._time)

    def _unmeasured(self, reason: str) -> Answer:
        evidence = Evidence(exactness="unmeasured", reason=reason, source=self._source, time=self._time)
        return Answer(evidence=evidence)


def _groups(figures: Sequence[Figure], size: int) -> Iterable[Sequence[Figure]]:
    return (figures[start : start + size] for start in range(0, len(figures), size))


def _missing(value: Any) -> bool:
    return value is None or value != value  # noqa: PLR0124 - not a number is the one value unequal to itself


def _reason(error: Exception, relation: Relation) -> str:
    if isinstance(error, UnknowableError):
        return str(error)
    return f"no column of {relation.holding.object} is called {error.args[0]}"


def _brief(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]
