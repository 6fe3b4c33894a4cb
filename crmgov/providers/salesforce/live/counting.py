"""Figures counted by queries: what each takes, and what the rows that come back make of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer, Answers, Asked, Calls, Figure
from crmgov.providers.salesforce.live.answers import count_of, spelt
from crmgov.providers.salesforce.live.asking import Asking, Failed, Found
from crmgov.providers.salesforce.live.described import Column
from crmgov.providers.salesforce.live.faults import RefusedError
from crmgov.providers.salesforce.live.held import Held, found_in
from crmgov.providers.salesforce.live.soql import UnsayableError
from crmgov.providers.salesforce.live.statements import MOST_GROUPS, listing, queries
from crmgov.providers.salesforce.live.terms import Listed, Reckoned, Term, reckoned

CASELESS = "told apart without case, as Salesforce compares text"
"""How values of text come to be an estimate."""
STAMP = Column(name="the last change", type="datetime")
_Way = Reckoned | Listed | Failed


class Counting:
    """Counts figures of the objects held. ``source`` and ``time`` stand in the evidence."""

    def __init__(self, asking: Asking, held: Mapping[str, Held], source: str, now: dt.datetime) -> None:
        self._asking, self._held, self._source = asking, held, source
        moment = now.astimezone(dt.UTC)
        self._today = moment.date()
        self._time = moment.isoformat(timespec="seconds").replace("+00:00", "Z")

    def calls(self, asked: Asked) -> dict[str, Calls]:
        """What the figures cost, by object."""
        found: dict[str, Calls] = {}
        for name, figures in asked.items():
            if name not in self._held:
                continue
            ways = {figure: self._way(name, figure) for figure in figures}
            lists = sum(isinstance(one, Listed) for one in ways.values())
            found[name] = Calls(
                fields=len({figure.field for figure in ways if figure.field}),
                figures=len(ways),
                statements=lists + len(queries(self._held[name].described.name, _terms(ways.values()))),
            )
        return found

    def unsayable(self, asked: Asked) -> dict[str, int]:
        """By object, how many figures no query can say."""
        return {
            name: sum(isinstance(self._way(name, figure), Failed) for figure in set(figures))
            for name, figures in asked.items() if name in self._held
        }  # fmt: skip

    def answer(self, asked: Asked) -> Answers:
        """All figures."""
        answers = Answers()
        for name, figures in asked.items():
            if name not in self._held:
                for figure in figures:
                    answers[name, figure] = self._unmeasured(f"{self._source} shows no records of {name}")
                continue
            ways = {figure: self._way(name, figure) for figure in figures}
            found: dict[Term, Any] = {}
            for query in queries(self._held[name].described.name, _terms(ways.values())):
                found |= self._asking.found(query)
            for figure, way in ways.items():
                answers[name, figure] = self._answer(name, figure, way, found)
        return answers

    def _way(self, name: str, figure: Figure) -> _Way:
        here = self._held[name]
        modified = here.columns[here.holding.modified][0] if here.holding.modified else None
        try:
            return reckoned(
                figure, lambda field: found_in(self._held, name, figure.via, field), modified, self._today
            )  # fmt: skip
        except UnsayableError as error:
            return Failed(str(error))

    def _answer(self, name: str, figure: Figure, way: _Way, found: Found) -> Answer:
        if isinstance(way, Failed):
            return self._unmeasured(way.reason)
        try:
            if isinstance(way, Listed):
                return self._listed(name, figure, way)
            values = [found[term] for term in (*way.terms, way.of)]
            failed = next((value for value in values if isinstance(value, Failed)), None)
            if failed is not None:
                return self._unmeasured(failed.reason)
            return self._reckoned(name, figure, values)
        except RefusedError as error:
            return self._unmeasured(f"{self._source}: {error}")

    def _reckoned(self, name: str, figure: Figure, values: Sequence[Any]) -> Answer:
        """Raises RefusedError where an answer has no known form."""
        *terms, of = values
        if figure.metric in ("least", "most", "latest"):
            text = spelt(terms[0], STAMP if figure.metric == "latest" else self._column(name, figure, figure.field))
            return Answer(evidence=self._value(None, count_of(of)), text=text)
        if not figure.by:
            first, *less = (count_of(term) for term in terms)
            return Answer(evidence=self._value(_within(first - sum(less), count_of(of)), count_of(of)))
        first, *others = terms
        by = self._column(name, figure, figure.by)
        parts = {
            spelt(part, by): _within(
                count_of(first.get(part, 0)) - sum(count_of(other.get(part, 0)) for other in others), count_of(count)
            )
            for part, count in of.items()
        }
        total = sum(count_of(count) for count in of.values())
        named = sorted((part, count) for part, count in parts.items() if part)
        return Answer(evidence=self._value(None, total), counts=tuple(named))

    def _listed(self, name: str, figure: Figure, way: Listed) -> Answer:
        """Raises RefusedError where an answer has no known form."""
        rows = self._asking.rows(listing(self._held[name].described.name, way))
        if isinstance(rows, Failed):
            return self._unmeasured(rows.reason)
        if len(rows) >= MOST_GROUPS and not 0 < figure.most < MOST_GROUPS:
            return self._unmeasured(f"{figure.field} holds {MOST_GROUPS:,} different values or more")
        column = self._column(name, figure, figure.field)
        pairs = [(spelt(row.get("part"), column), count_of(row.get("v0"))) for row in rows]
        pairs = sorted((pair for pair in pairs if pair[0]), key=lambda pair: (-pair[1], pair[0]))
        evidence = self._value(sum(count for _, count in pairs), None)
        if not way.exact:
            evidence = Evidence(
                exactness="estimate", count=evidence.count, method=CASELESS, source=self._source, time=self._time
            )  # fmt: skip
        if way.shared:
            return Answer(evidence=evidence, text=str(len(pairs)))
        return Answer(evidence=evidence, counts=tuple(pairs))

    def _column(self, name: str, figure: Figure, field: str) -> Column:
        return found_in(self._held, name, figure.via, field)[1]

    def _value(self, count: int | None, of: int | None) -> Evidence:
        return Evidence(exactness="value", count=count, of=of, source=self._source, time=self._time)

    def _unmeasured(self, reason: str) -> Answer:
        evidence = Evidence(exactness="unmeasured", reason=reason, source=self._source, time=self._time)
        return Answer(evidence=evidence)


def _within(count: int, of: int) -> int:
    """A count that can be one of so many. Raises RefusedError where records were written between two questions."""
    if not 0 <= count <= of:
        raise RefusedError("", "records were written while they were counted; ask again")
    return count


def _terms(ways: Iterable[_Way]) -> Iterable[Term]:
    """What has to be asked, what counts a scope included."""
    for way in ways:
        if isinstance(way, Reckoned):
            yield from (*way.terms, way.of)
