"""Queries sent, and what came of each: a value, or the reason why there is none."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.faults import GoneError, RefusedError
from crmgov.providers.salesforce.live.statements import MOST_GROUPS, Query, fits
from crmgov.providers.salesforce.live.terms import Term
from crmgov.providers.salesforce.live.who import rows_of


class Failed(NamedTuple):
    """Why there is no answer."""

    reason: str


Found = Mapping[Term, Any]
"""What each term came to: a value, a mapping from part to value, or Failed."""


class Asking:
    """Sends queries until ``lost`` says why nothing can be asked any more."""

    def __init__(self, connection: Connection, base: str, source: str) -> None:
        self._connection, self._base, self._source = connection, base, source
        self.lost = ""

    def lose(self, reason: str) -> None:
        """Ask nothing any more."""
        self.lost = self.lost or reason

    def rows(self, text: str) -> list[dict[str, Any]] | Failed:
        """The rows of a query."""
        if self.lost:
            return Failed(self.lost)
        if not fits(text):
            return Failed("the question is longer than the interface takes")
        try:
            return rows_of(self._connection.get(f"{self._base}/query", {"q": text}))
        except RefusedError as error:
            return Failed(f"{self._source} refused it: {error}")
        except GoneError as error:
            self.lose(str(error))
            return Failed(self.lost)

    def found(self, query: Query) -> dict[Term, Any]:
        """What each term came to; where the query is refused, halves, so that one bad field costs only itself."""
        rows = self.rows(query.text)
        if isinstance(rows, Failed):
            if len(query.terms) == 1 or self.lost:
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
