"""Terms put into as few queries as the interface takes, and lists of values into one each."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote_plus

from crmgov.providers.salesforce.live.terms import ALL, Listed, Term

MOST_TERMS = 50
"""Aggregates in one query. The vendor names no limit below that of the address."""
MOST_ADDRESS = 12_000
"""Characters of a query as an address spells it; the vendor takes 16,384 bytes of address in all."""
MOST_GROUPS = 2_000
"""Rows of a grouped query; there are no further pages of such."""


THERE = "IsDeleted = false"
"""The condition that leaves deleted records out where all rows are asked for."""


class Query(NamedTuple):
    """One query of an object for several terms of one scope: they stand in columns ``v0`` and on, beside ``part``."""

    object: str
    terms: tuple[Term, ...]

    @property
    def by(self) -> str:
        """What parts the counts; empty where nothing does."""
        return self.terms[0].by

    @property
    def text(self) -> str:
        """The query in the vendor's language."""
        columns = [f"{term.aggregate} v{number}" for number, term in enumerate(self.terms)]
        first = self.terms[0]
        part = [f"{first.by} part"] if first.by else []
        condition = _where(self.object, first.where)
        grouped = f" GROUP BY {first.by} LIMIT {MOST_GROUPS}" if first.by else ""
        return f"SELECT {', '.join([*part, *columns])} FROM {self.object}{condition}{grouped}"

    def halves(self) -> tuple["Query", "Query"]:
        """The same in two questions."""
        middle = len(self.terms) // 2
        return Query(self.object, self.terms[:middle]), Query(self.object, self.terms[middle:])


def queries(name: str, terms: Iterable[Term]) -> list[Query]:
    """Queries of an object that answer all terms; one that does not ``fit`` holds a single term."""
    scopes: dict[tuple[str, str], dict[Term, None]] = {}
    for term in terms:
        scopes.setdefault((term.where, term.by), {})[term] = None
    found: list[Query] = []
    for wanted in scopes.values():
        group: list[Term] = []
        for term in wanted:
            if group and (len(group) >= MOST_TERMS or not fits(Query(name, (*group, term)).text)):
                found.append(Query(name, tuple(group)))
                group = []
            group.append(term)
        found.append(Query(name, tuple(group)))
    return found


def listing(name: str, wanted: Listed) -> str:
    """The query that lists values, or those that several records share."""
    where = _where(name, wanted.where)
    having = f" HAVING {ALL} > 1" if wanted.shared else ""
    most = min(wanted.most, MOST_GROUPS) if wanted.most and not wanted.shared else MOST_GROUPS
    return (
        f"SELECT {wanted.path} part, {ALL} v0 FROM {name}{where} GROUP BY {wanted.path}{having}"
        f" ORDER BY {ALL} DESC LIMIT {most}"
    )


def copying(name: str, paths: Iterable[str]) -> str:
    """The query of all records of an object; see ``resource`` for how it is to be asked."""
    return f"SELECT {', '.join(paths)} FROM {name}{f' WHERE {THERE}' if _archived(name) else ''}"


def resource(name: str) -> str:
    """How an object is asked for all its records: ``query``, or ``queryAll``."""
    return "queryAll" if _archived(name) else "query"


def _archived(name: str) -> bool:
    """Whether an object's records are all found only where the deleted ones are asked for too: tasks and events of more
    than a year ago are archived, and a plain query passes them by.
    """
    return name in ("Task", "Event")


def _where(name: str, condition: str) -> str:
    wanted = [*([THERE] if _archived(name) else []), *([condition] if condition else [])]
    return f" WHERE {' AND '.join(wanted)}" if wanted else ""


def fits(text: str) -> bool:
    """Whether the interface takes a query of this length."""
    return len(quote_plus(text)) <= MOST_ADDRESS
