"""Whose records these are, and who asks: which organisation, and whether its user sees all records.

A user sees the records that are shared with it, and nothing says that others exist. Counts of one who does not see all
would make a used field look unused, so they are not made.
"""

import re
from typing import Literal, NamedTuple

import msgspec

from crmgov.providers.salesforce.live.answered import every_row, rows_of
from crmgov.providers.salesforce.live.answers import count_of
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
_LONGEST_NAME = 80
_ORGANISATION = "SELECT Id, Name, IsSandbox, OrganizationType, TrialExpirationDate FROM Organization"


_NEVER_WHOLE = frozenset({
    "contentdocument", "contentversion", "contentdocumentlink", "knowledgearticleversion", "report", "dashboard",
})  # fmt: skip
"""Objects of which a query gives a part even to who may view all data: files of others, articles by language and state,
what lies in private folders."""
_ELSEWHERE = ("__kav", "__x")
"""Endings of articles, and of objects whose records another system keeps."""


class Organisation(NamedTuple):
    """Which organisation answers."""

    id: str
    name: str
    kind: Literal["sandbox", "production"]
    """A developer edition or trial is no production, although it does not call itself a sandbox."""


class _Told(msgspec.Struct, rename="pascal"):
    """What an organisation says of itself."""

    id: str
    is_sandbox: bool
    name: str | None = None
    edition: str | None = msgspec.field(default=None, name="OrganizationType")
    trial_ends: str | None = msgspec.field(default=None, name="TrialExpirationDate")


class Sight(NamedTuple):
    """Which records the user who asks sees: ``everything``, or all records of ``objects`` (in small letters)."""

    everything: bool
    objects: frozenset[str] = frozenset()

    def all_of(self, name: str) -> bool:
        """Whether it sees all records of an object."""
        return self.everything or name.casefold() in self.objects


def in_part(name: str) -> bool:
    """Whether a query gives only a part of an object's records, whatever the user who asks may see."""
    return name.casefold() in _NEVER_WHOLE or name.casefold().endswith(_ELSEWHERE)


def organisation(connection: Connection, base: str) -> Organisation:
    """Which organisation answers. One call. Raises GoneError."""
    try:
        rows = rows_of(connection.get(f"{base}/query", {"q": _ORGANISATION}))
    except RefusedError as error:
        raise GoneError(f"it does not tell which organisation it is: {error}") from error
    try:
        (one,) = msgspec.convert(rows, type=tuple[_Told])
    except msgspec.ValidationError as error:
        raise GoneError("it does not tell which organisation it is") from error
    test = one.is_sandbox or one.edition == "Developer Edition" or one.trial_ends is not None
    name = "".join(char for char in one.name or "" if char.isprintable())[:_LONGEST_NAME]
    return Organisation(one.id, name, "sandbox" if test else "production")


def sight(connection: Connection, base: str) -> Sight:
    """What the user who asks sees. At most three calls. Raises GoneError; what cannot be known counts as not seen."""
    try:
        known = connection.get(f"{base}/")
        found = _ID.search(str(known.get("identity") if isinstance(known, dict) else ""))
        if found is None:
            return Sight(everything=False)
        rows = rows_of(connection.get(f"{base}/query", {"q": _ALL.format(user=found[2])}))
        if len(rows) == 1 and count_of(rows[0].get("n")) > 0:
            return Sight(everything=True)
        rows = every_row(connection, f"{base}/query", _OBJECTS.format(user=found[2]))
    except RefusedError:
        return Sight(everything=False)
    names = [row.get("SobjectType") for row in rows]
    return Sight(everything=False, objects=frozenset(name.casefold() for name in names if isinstance(name, str)))
