"""Queries sent, and what came of each: a value, or the reason why there is none."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from crmgov.providers.salesforce.live.answered import rows_of
from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.faults import GoneError, RefusedError
from crmgov.providers.salesforce.live.statements import MOST_GROUPS, Query, fits, resource
from crmgov.providers.salesforce.live.terms import Term

SLOW = 3
"""Queries of an object that take too long, two minutes each, before no more are asked of it."""


class Failed(NamedTuple):
    """Why there is no answer, and whether parts of the question may have one."""

    reason: str
    whole: bool = False


Found = Mapping[Term, Any]
"""What each term came to: a value, a mapping from part to value, or Failed."""


class Asking:
    """Sends queries until ``lost`` says why nothing can be asked any more."""

    def __init__(self, connection: Connection, base: str, source: str) -> None:
        self._connection, self._base, self._source = connection, base, source
        self.lost = ""
        self._slow: Counter[str] = Counter()

    def lose(self, reason: str) -> None:
        """Ask nothing any more."""
        self.lost = self.lost or reason

    def rows(self, name: str, text: str) -> list[dict[str, Any]] | Failed:
        """The rows of a query of an object."""
        if self.lost:
            return Failed(self.lost, whole=True)
        if self._slow[name] >= SLOW:
            return Failed(f"{self._source} takes too long to count records of {name}", whole=True)
        if not fits(text):
            return Failed("the question is longer than the interface takes")
        try:
            return rows_of(self._connection.get(f"{self._base}/{resource(name)}", {"q": text}))
        except RefusedError as error:
            slow = error.code == "QUERY_TIMEOUT"
            self._slow[name] += slow
            return Failed(f"{self._source} refused it: {error}", whole=slow)
        except GoneError as error:
            self.lose(str(error))
            return Failed(self.lost, whole=True)

    def found(self, query: Query) -> dict[Term, Any]:
        """What each term came to; where the query is refused, halves, so that one bad field costs only itself."""
        rows = self.rows(query.object, query.text)
        if isinstance(rows, Failed):
            if len(query.terms) == 1 or rows.whole:
                return dict.fromkeys(query.terms, rows)
            one, two = query.halves()
            return self.found(one) | self.found(two)
        if query.by:
            return self._parted(query, rows)
        if len(rows) != 1:
            return dict.fromkeys(query.terms, Failed(f"{self._source} gives no single row of counts"))
        return {term: rows[0].get(f"v{number}") for number, term in enumerate(query.terms)}

    def _parted(self, query: Query, rows: list[dict[str, Any]]) -> dict[Term, Any]:
        if len(rows) >= MOST_GROUPS:
            return dict.fromkeys(query.terms, Failed(f"{query.by} holds {MOST_GROUPS:,} different values or more"))
        parts = [row.get("part") for row in rows]
        if not all(isinstance(part, (str, int, float, type(None))) for part in parts) or len(set(parts)) < len(parts):
            return dict.fromkeys(query.terms, Failed(f"{self._source} parts its counts in no known form"))
        return {
            term: {row.get("part"): row.get(f"v{number}") for row in rows} for number, term in enumerate(query.terms)
        }
