"""Values and rows as the vendor writes them, in JSON and in CSV."""

from __future__ import annotations

from datetime import date, datetime, time

from .fields import COMPOUND, Field
from .objects import Record
from .soql.answer import Answer
from .soql.names import Column

Json = dict[str, object]


def moment(value: datetime, zone: str = "+0000") -> str:
    """A moment, in UTC to the millisecond."""
    return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}{zone}"


def plain(one: Field, value: object, zone: str = "+0000") -> object:
    """A value as JSON has it. Encrypted texts are masked for all who were not granted more."""
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    if one.type == "encryptedstring" and value is not None:
        return "*" * len(str(value))
    if one.type in ("double", "currency", "percent") and isinstance(value, int | float):
        return float(value)
    return value


def compound(one: Field, record: Record) -> object:
    """An address or a location, put together from its parts; null if none of them is there."""
    if one.type == "location":
        stem = one.name.removesuffix("__c")
        names = {"latitude": f"{stem}__Latitude__s", "longitude": f"{stem}__Longitude__s"}
    else:
        stem = one.name.removesuffix("Address").removesuffix("__c")
        between, after = ("__", "__s") if one.custom else ("", "")
        parts = ("City", "Country", "Latitude", "Longitude", "PostalCode", "State", "Street")
        names = {part[0].lower() + part[1:]: f"{stem}{between}{part}{after}" for part in parts}
    values = {key: record[name] for key, name in names.items()}
    if all(value is None for value in values.values()):
        return None
    return values if one.type == "location" else {**values, "geocodeAccuracy": None}


def attributes(version: str, name: str, record: Record) -> Json:
    """What every record in an answer says of itself."""
    return {"type": name, "url": f"/services/data/v{version}/sobjects/{name}/{record['Id']}"}


def rows(answer: Answer, version: str) -> list[Json]:
    """The rows of an answer."""
    if answer.aggregate:
        return [
            {"attributes": {"type": "AggregateResult"}, **{name: bare(value) for name, value in row.items()}}
            for row in answer.rows
        ]
    return [row(answer, record, version) for record in answer.records]


def bare(value: object) -> object:
    """An aggregate's value."""
    return moment(value) if isinstance(value, datetime) else value.isoformat() if isinstance(value, date) else value


def row(answer: Answer, record: Record, version: str) -> Json:
    """One record, its parents inside it."""
    found: Json = {"attributes": attributes(version, answer.here.source.name, record)}
    for column in answer.columns:
        inside, here = found, record
        for lookup, target in column.through:
            parent = answer.here.follow(here, lookup, target)
            if parent is None:
                inside[lookup.relationship] = None
                break
            said = attributes(version, str(parent.get("Object", target)), parent)
            said["type"] = target
            inside = inside.setdefault(lookup.relationship, {"attributes": said})  # type: ignore[assignment]
            here = parent
        else:
            blob = column.field.type == "base64" and here[column.name] is not None
            place = f"/services/data/v{version}/sobjects/{column.owner}/{here['Id']}/{column.name}"
            inside[column.name] = place if blob else cell(column, here)
    return found


def cell(column: Column, record: Record, zone: str = "+0000") -> object:
    """One value of the record that has the field."""
    if column.field.type in COMPOUND:
        return compound(column.field, record)
    return plain(column.field, record[column.name], zone)
