"""When fields were made, as the organisation itself knows it: of custom fields only (Tooling API, CustomField)."""

import datetime as dt
from typing import Any

from crmgov.providers.salesforce.live.answered import every_row
from crmgov.providers.salesforce.live.answers import moment
from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.faults import RefusedError

_FIELDS = "SELECT DeveloperName, NamespacePrefix, TableEnumOrId, CreatedDate FROM CustomField"
_OBJECTS = "SELECT Id, DeveloperName, NamespacePrefix, CreatedDate FROM CustomObject"
_KEY = 15
"""Letters of an id that tell it apart; the rest guards against mistakes of case."""


def made(connection: Connection, base: str) -> dict[tuple[str, str], dt.date]:
    """By object and field, their own names in small letters, the day (UTC) a field was made; under an empty name of a
    field that of a custom object. Two calls, and one for each further 2,000. Raises RefusedError and GoneError.
    """
    objects = {str(row.get("Id"))[:_KEY]: row for row in every_row(connection, f"{base}/tooling/query", _OBJECTS)}
    found: dict[tuple[str, str], dt.date] = {}
    for row in objects.values():
        _keep(found, (_named(row), ""), row)
    for row in every_row(connection, f"{base}/tooling/query", _FIELDS):
        parent = str(row.get("TableEnumOrId") or "")
        custom = objects.get(parent[:_KEY])
        _keep(found, (parent.casefold() if custom is None else _named(custom), _named(row)), row)
    return found


def _named(row: dict[str, Any]) -> str:
    """The name by which everything else knows it: with the package it came in, and the ending of what is custom."""
    package = row.get("NamespacePrefix")
    return f"{f'{package}__' if package else ''}{row.get('DeveloperName')}__c".casefold()


def _keep(found: dict[tuple[str, str], dt.date], key: tuple[str, str], row: dict[str, Any]) -> None:
    """A day that does not read as one is not known."""
    try:
        found[key] = dt.date.fromisoformat(moment(str(row.get("CreatedDate")), "datetime")[:10])
    except RefusedError:
        return
