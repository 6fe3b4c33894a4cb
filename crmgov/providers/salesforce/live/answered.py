"""The records of an answer to a query: whole, or page after page."""

from collections.abc import Iterator
from typing import Any

from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.faults import RefusedError

MOST_PAGES = 50
"""Pages of 2,000 records of an answer that is held in memory."""
Rows = list[dict[str, Any]]


def rows_of(answer: Any) -> Rows:
    """All records of an answer. Raises RefusedError where it has no known form, or is only a part."""
    rows = _page(answer)
    if answer.get("done") is not True:
        raise RefusedError("", "it gives only part of its answer")
    return rows


def pages(connection: Connection, path: str, query: str) -> Iterator[tuple[Any, Rows]]:
    """Page after page of a query, each with how many records it says there are in all.

    Raises RefusedError where an answer has no known form or leads in a circle, and GoneError.
    """
    answer, seen = connection.get(path, {"q": query}), set[str]()
    while True:
        rows = _page(answer)
        yield answer.get("totalSize"), rows
        if answer.get("done") is True:
            return
        after = answer.get("nextRecordsUrl")
        if not isinstance(after, str) or not after.startswith("/services/data/") or after in seen:
            raise RefusedError("", "its answer to a query has no known form")
        seen.add(after)
        answer = connection.get(after)


def every_row(connection: Connection, path: str, query: str) -> Rows:
    """All records of a query. Raises RefusedError where there are too many, or as ``pages`` does, and GoneError."""
    found: Rows = []
    for number, (_, rows) in enumerate(pages(connection, path, query)):
        if number > MOST_PAGES:
            raise RefusedError("", "its answer to a query has too many pages")
        found += rows
    return found


def _page(answer: Any) -> Rows:
    rows = answer.get("records") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RefusedError("", "its answer to a query has no known form")
    return rows
