"""An object with its fields and its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from .fields import COMPOUND, NUMBERS, TEXTS, Field, parts_of, settled
from .ids import make_id

Record = dict[str, object]

#: Standard objects whose records have no `Name` of their own, and the field that stands for it.
NAMELESS = {"case": "CaseNumber", "contract": "ContractNumber", "order": "OrderNumber", "task": "Subject", "event": "Subject",
            "solution": "SolutionName"}  # fmt: skip

#: Objects whose Name is made of a first and a last name.
PEOPLE = frozenset({"Lead", "Contact", "User"})


@dataclass
class SObject:
    """One object. Fields are found caselessly; records hold plain values by the fields' API names."""

    name: str
    prefix: str
    fields: dict[str, Field] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    sharing: str = "ReadWrite"
    label: str = ""
    setup: bool = False
    counted: int | None = None

    def find(self, name: str) -> Field | None:
        """A field by its API name, in any case."""
        return self.fields.get(name.lower())

    def related(self, relationship: str) -> Field | None:
        """The lookup with this relationship name, in any case."""
        wanted = relationship.lower()
        return next((one for one in self.fields.values() if one.relationship.lower() == wanted), None)

    def by_id(self) -> dict[str, Record]:
        """Records by the first 15 characters of their ids."""
        return {str(record["Id"])[:15]: record for record in self.records}

    def add(self, given: Field) -> None:
        """One field more, and the fields it is made of."""
        one = settled(given)
        if self.name in PEOPLE and one.name in ("FirstName", "LastName", "MiddleName", "Salutation", "Suffix"):
            one = replace(one, compound="Name")
        self.fields[one.name.lower()] = one
        if one.type in COMPOUND:
            for part in parts_of(one):
                self.fields[part.name.lower()] = settled(part)

    def put(self, given: Mapping[str, object], now: datetime, user_id: str) -> Record:
        """One record more. What is not given is as the vendor makes it: no value, false for a box, moments of now."""
        aliases = {one.written_as.lower(): one for one in self.fields.values()} | self.fields
        record: Record = {one.name: False if one.type == "boolean" else None for one in self.fields.values()}
        stamps = ("CreatedDate", "LastModifiedDate", "SystemModstamp")
        record |= {name: now for name in stamps if name in record}
        record |= {name: user_id for name in ("CreatedById", "LastModifiedById", "OwnerId") if name in record}
        record["Id"] = make_id(self.prefix, len(self.records) + 1)
        for key, value in given.items():
            one = aliases.get(key.lower())
            if one is None:
                raise ValueError(f"{self.name} has no field {key}")
            record[one.name] = kept(one, value)
        name = self.find("Name")
        if name is not None and record["Name"] is None and "LastName" in record:
            record["Name"] = (
                " ".join(str(record[part]) for part in ("FirstName", "LastName") if record.get(part)) or None
            )
        self.records.append(record)
        return record


def kept(one: Field, value: object) -> object:
    """A value as the vendor keeps it. There are no empty texts: blanks around are cut, and nothing left is no value."""
    if value is None:
        return False if one.type == "boolean" else None
    if one.type in COMPOUND:
        raise ValueError(f"{one.name} is made of its parts; give those")
    if one.type in TEXTS or one.type in ("reference", "id", "base64"):
        if not isinstance(value, str):
            raise ValueError(f"{one.name} holds a text")
        text = value.strip()
        if len(text) > one.length > 0:
            raise ValueError(f"{one.name} holds {one.length} characters")
        return text or None
    if one.type in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{one.name} holds a number")
        return value
    if one.type == "datetime":
        if not isinstance(value, datetime):
            raise ValueError(f"{one.name} holds a moment")
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if one.type == "date" and (not isinstance(value, date) or isinstance(value, datetime)):
        raise ValueError(f"{one.name} holds a day")
    if one.type == "boolean" and not isinstance(value, bool):
        raise ValueError(f"{one.name} holds true or false")
    return value


def system_fields(name: str, given: Iterable[Field], owner: bool) -> list[Field]:
    """The fields every object has, which nobody makes."""
    names = {one.name.lower() for one in given}
    title = NAMELESS.get(name.lower(), "Name")
    user = ("User",)
    found = [Field("Id", "id", label="Record ID", nillable=False, system=True)]
    if title.lower() not in names and not any(one.name_field for one in given):
        length = 255 if name.lower() in ("account", "task", "event") else 120 if name.lower() == "opportunity" else 80
        found.append(Field(title, "string", length=length, name_field=True, nillable=name.endswith("__c")))
    if owner:
        targets = ("Group", "User") if name.endswith("__c") or name.lower() in ("lead", "case") else user
        found.append(Field("OwnerId", "reference", to=targets, relationship="Owner", label="Owner ID", nillable=False))
    found += [
        Field("IsDeleted", "boolean", label="Deleted", system=True),
        Field("CreatedDate", "datetime", label="Created Date", nillable=False, system=True),
        Field("CreatedById", "reference", to=user, label="Created By ID", nillable=False, system=True),
        Field("LastModifiedDate", "datetime", label="Last Modified Date", nillable=False, system=True),
        Field("LastModifiedById", "reference", to=user, label="Last Modified By ID", nillable=False, system=True),
        Field("SystemModstamp", "datetime", label="System Modstamp", nillable=False, system=True),
    ]
    return [one for one in found if one.name.lower() not in names]
