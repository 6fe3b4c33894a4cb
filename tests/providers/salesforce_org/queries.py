"""The query resource: a first page, and the pages after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import NotKnown, Refused, not_found
from .ids import is_id, make_id
from .messages import Request, Response, as_json
from .org import Org
from .people import User
from .rendering import rows
from .soql.answer import ask

PAGE = 2_000


@dataclass
class Cursor:
    """What is left of an answer, and whose it is."""

    rows: list[dict[str, object]]
    user: User


def size_of(request: Request) -> int:
    """Records a page: 2,000, or what the caller asks for, from 200 to 2,000."""
    found = re.search(r"batchSize\s*=\s*(\d+)", request.headers.get("sforce-query-options", ""))
    if found is None:
        return PAGE
    size = int(found.group(1))
    if not 200 <= size <= PAGE:
        raise NotKnown(f"pages of {size} records: the vendor names 200 to {PAGE}")
    return size


def first(org: Org, user: User, version: str, request: Request, deleted: bool = False, *, side: str = "") -> Response:
    """The answer to `?q=`, its first page."""
    text = request.params.get("q")
    if text is None:
        raise Refused(
            400,
            "MALFORMED_QUERY",
            "Query is either selecting too many fields or the filter conditions are too complicated.",
        )
    answer = ask(org, user, text, deleted)
    if answer.counted is not None:
        return as_json({"totalSize": answer.counted, "done": True, "records": []})
    found = rows(answer, version)
    size = size_of(request)
    if answer.aggregate or len(found) <= size:
        return as_json({"totalSize": len(found), "done": True, "records": found})
    key = make_id("0r8", org.number())
    org.cursors[key] = Cursor(found, user)
    return page(key, org.cursors[key], 0, size, version, side=side)


def page(key: str, cursor: Cursor, start: int, size: int, version: str, *, side: str = "") -> Response:
    """One page of an answer."""
    end = start + size
    body: dict[str, object] = {"totalSize": len(cursor.rows), "done": end >= len(cursor.rows)}
    if end < len(cursor.rows):
        body["nextRecordsUrl"] = f"/services/data/v{version}/{side}query/{key}-{end}"
    return as_json({**body, "records": cursor.rows[start:end]})


def following(org: Org, user: User, version: str, request: Request, locator: str, *, side: str = "") -> Response:
    """The page that `nextRecordsUrl` leads to."""
    key, _, start = locator.partition("-")
    cursor = org.cursors.get(key)
    if cursor is None or cursor.user is not user or not start.isdigit() or int(start) >= len(cursor.rows):
        raise Refused(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
    return page(key, cursor, int(start), size_of(request), version, side=side)


def one(org: Org, user: User, version: str, name: str, *, key: str) -> Response:
    """One record with all its fields."""
    source = org.find(name)
    if source is None or user.lacks(source.name) or not is_id(key):
        raise not_found()
    names = ", ".join(field.name for field in source.fields.values() if not user.hides(source.name, field.name))
    found = rows(ask(org, user, f"SELECT {names} FROM {source.name} WHERE Id = '{key}'"), version)
    if not found:
        raise Refused(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + key)
    return as_json(found[0])
