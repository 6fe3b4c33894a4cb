"""The rows that every engine is tried with, as leads of an organisation, and ways to open it."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from crmgov.audit.records.files import FileRecords
from crmgov.audit.records.live import LiveRecords
from crmgov.model.figures import Records
from crmgov.providers.salesforce.live.held import Wanted
from crmgov.providers.salesforce.live.opened import Way, open_records
from crmgov.providers.salesforce.live.records import SalesforceRecords
from tests.audit.records.tables import FIELDS, NOW, OBJECT, Row
from tests.providers.salesforce_org import Field, Org, serving

NATIVE = {
    "Name": "Title__c", 'say "hi"': "Say_hi__c", "select": "Select__c", "50% of_x": "Half__c", "order by": "Order__c",
    "Amount": "Amount__c", "Price": "Price__c", "Day": "Day__c", "CreatedDate": "CreatedDate",
    "LastModifiedDate": "LastModifiedDate", "Ünï": "Uni__c", "Tags": "Tags__c",
}  # fmt: skip
TYPES = {
    "text": "string", "picklist": "picklist", "integer": "int", "decimal": "double", "currency": "currency", "date": "date",
    "boolean": "boolean", "multipicklist": "multipicklist",
}  # fmt: skip
WANTED = {OBJECT: Wanted(OBJECT, NATIVE)}


def organisation(rows: Sequence[Row]) -> Org:
    """Leads with these values."""
    org = Org()
    org.user()
    fields = [
        Field(NATIVE[name], TYPES[type_], length=255 if type_ == "text" else 0)
        for name, type_ in FIELDS.items() if type_ != "datetime"
    ]  # fmt: skip
    records = [{NATIVE[name]: _kept(value) for name, value in row.items() if value is not None} for row in rows]
    org.object(OBJECT, [Field("LastName", "string"), *fields], records=records)
    return org


def many(org: Org) -> Org:
    """The same organisation, which takes its leads for so many that a job copies them."""
    found = org.find(OBJECT)
    assert found is not None
    found.counted = 90_000
    return org


def rows_of(org: Org) -> list[Row]:
    """The leads as the organisation keeps them, by the repository's names."""
    found = org.find(OBJECT)
    assert found is not None
    return [{name: _plain(record[native]) for name, native in NATIVE.items()} for record in found.records]


def way(url: str, org: Org, **how: Any) -> Way:
    """A way in by token."""
    return Way(url=url, token=org.token(org.users[0]), **how)


@contextmanager
def counted(org: Org, wanted: Mapping[str, Wanted] = WANTED, **how: Any) -> Iterator[SalesforceRecords]:
    """The organisation's own counts."""
    with serving(org) as url:
        records = open_records(way(url, org, copies=False, **how), wanted, NOW, pause=lambda _: None)
        try:
            yield records
        finally:
            records.close()


@contextmanager
def live(org: Org, wanted: Mapping[str, Wanted] = WANTED, **how: Any) -> Iterator[LiveRecords]:
    """Its records, copied where that is wanted."""
    with serving(org) as url:
        records = LiveRecords(
            open_records(way(url, org, **how), wanted, NOW, pause=lambda _: None), opening, lambda _: None
        )
        try:
            yield records
        finally:
            records.close()


def opening(paths: Mapping[str, Path], types: Mapping[str, Mapping[str, str]]) -> Records:
    return FileRecords(paths, types, NOW)


def _kept(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return value[:255].replace("\v", " ").replace("\f", " ")
    return float(value) if isinstance(value, Decimal) else value


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None)
    return value
