"""Whose records these are, and who asks: which organisation, and whether its user sees all records.

A user sees the records that are shared with it, and nothing says that others exist. Counts of one who does not see all
would make a used field look unused, so they are not made.
"""

import re
from typing import Any, Literal, NamedTuple

from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.faults import GoneError, RefusedError

_ID = re.compile(r"/id/(00D\w{12,15})/(005\w{12,15})/?\Z")
_ALL = (
    "SELECT COUNT(Id) n FROM PermissionSetAssignment "
    "WHERE AssigneeId = '{user}' AND PermissionSet.PermissionsViewAllData = true"
)
_OBJECTS = (
    "SELECT SobjectType FROM ObjectPermissions WHERE PermissionsViewAllRecords = true AND ParentId IN "
    "(SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '{user}')"
)
_ORGANISATION = "SELECT Id, Name, IsSandbox, OrganizationType, TrialExpirationDate FROM Organization"


class Organisation(NamedTuple):
    """Which organisation answers."""

    id: str
    name: str
    kind: Literal["sandbox", "production"]
    """A developer edition or trial is no production, although it does not call itself a sandbox."""


class Sight(NamedTuple):
    """Which records the user who asks sees: ``everything``, or all records of ``objects`` (in small letters)."""

    everything: bool
    objects: frozenset[str] = frozenset()

    def all_of(self, name: str) -> bool:
        """Whether it sees all records of an object."""
        return self.everything or name.casefold() in self.objects


def organisation(connection: Connection, base: str) -> Organisation:
    """Which organisation answers. One call. Raises GoneError."""
    try:
        rows = rows_of(connection.get(f"{base}/query", {"q": _ORGANISATION}))
    except RefusedError as error:
        raise GoneError(f"it does not tell which organisation it is: {error}") from error
    if len(rows) != 1 or not isinstance(rows[0].get("Id"), str):
        raise GoneError("it does not tell which organisation it is")
    one = rows[0]
    test = bool(one.get("IsSandbox")) or one.get("OrganizationType") == "Developer Edition"
    test = test or one.get("TrialExpirationDate") is not None
    return Organisation(str(one["Id"]), str(one.get("Name") or ""), "sandbox" if test else "production")


def sight(connection: Connection, base: str) -> Sight:
    """What the user who asks sees. At most three calls. Raises GoneError; what cannot be known counts as not seen."""
    try:
        known = connection.get(f"{base}/")
        found = _ID.search(str(known.get("identity") if isinstance(known, dict) else ""))
        if found is None:
            return Sight(everything=False)
        rows = rows_of(connection.get(f"{base}/query", {"q": _ALL.format(user=found[2])}))
        if rows and isinstance(rows[0].get("n"), int) and rows[0]["n"] > 0:
            return Sight(everything=True)
        rows = pages(connection, f"{base}/query", _OBJECTS.format(user=found[2]))
    except RefusedError:
        return Sight(everything=False)
    return Sight(everything=False, objects=frozenset(str(row.get("SobjectType")).casefold() for row in rows))


def rows_of(answer: Any) -> list[dict[str, Any]]:
    """The records of one answer to a query. Raises RefusedError where it has no known form."""
    rows = answer.get("records") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RefusedError("", "its answer to a query has no known form")
    return rows


MOST_PAGES = 50
"""Pages of 2,000 records read of one answer."""


def pages(connection: Connection, path: str, query: str) -> list[dict[str, Any]]:
    """All records of a query, page by page. Raises RefusedError where there are too many, and GoneError."""
    answer = connection.get(path, {"q": query})
    found = rows_of(answer)
    for _ in range(MOST_PAGES):
        after = answer.get("nextRecordsUrl")
        if answer.get("done") is not False or after is None:
            return found
        if not isinstance(after, str) or not after.startswith("/services/data/"):
            raise RefusedError("", "its answer to a query has no known form")
        answer = connection.get(after)
        found += rows_of(answer)
    raise RefusedError("", "its answer to a query has too many pages")
