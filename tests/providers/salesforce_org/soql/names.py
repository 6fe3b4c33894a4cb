"""What the names of a query mean, for the user who asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..errors import NotKnown, Refused, at
from ..fields import Field
from ..objects import Record, SObject
from ..org import Org
from ..people import User
from ..setup import TABLES, untaught
from .dates import FUNCTIONS, made, takes
from .polymorphic import NAME, shared_part
from .tree import Path

DEEPEST = 5
_REFERENCE = "Please reference your WSDL or the describe call for the appropriate names."


@dataclass(frozen=True)
class Column:
    """A field reached through lookups: `through` leads from the object asked for to the field's own."""

    through: tuple[tuple[Field, str], ...]
    owner: str
    field: Field
    read: str = ""
    function: str = ""

    @property
    def name(self) -> str:
        """Its last name, as the vendor writes it."""
        return self.field.name

    @property
    def shared(self) -> bool:
        """Whether it is reached through a lookup that may lead to several objects."""
        return any(target == NAME.name for _, target in self.through)

    @property
    def path(self) -> str:
        """Its whole name, as the vendor writes it."""
        return ".".join([*(lookup.relationship for lookup, _ in self.through), self.field.name])


@dataclass(frozen=True)
class Scope:
    """One object, asked by one user: finds what names mean and what records are there."""

    org: Org
    user: User
    source: SObject
    text: str
    deleted: bool = False
    parents: dict[str, dict[str, Record]] = field(default_factory=dict)

    def refuse(self, code: str, position: int, said: str) -> Refused:
        """A refusal about a place in the query."""
        return Refused(400, code, at(self.text, position, said))

    def column(self, path: Path) -> Column:
        """The field a path means. Refused as INVALID_FIELD if it means none for this user."""
        parts, source = list(path.parts), self.source
        if len(parts) > 1 and parts[0].lower() == source.name.lower() and source.related(parts[0]) is None:
            parts = parts[1:]
        if len(parts) - 1 > DEEPEST:
            raise self.refuse(
                "MALFORMED_QUERY", path.at, f"SOQL statements cannot query more than {DEEPEST} levels of relationships."
            )
        through: list[tuple[Field, str]] = []
        for part in parts[:-1]:
            lookup = source.related(part)
            if lookup is None or self.user.hides(source.name, lookup.name):
                raise self.refuse(
                    "INVALID_FIELD", path.at,
                    f"Didn't understand relationship '{part}' in field path. If you are attempting to use a custom relationship, "
                    f"be sure to append the '__r' after the custom relationship name. {_REFERENCE}",
                )  # fmt: skip
            source = self.parent(lookup)
            through.append((lookup, source.name))
        found = source.find(parts[-1])
        if found is None or self.user.hides(source.name, found.name):
            raise self.refuse(
                "INVALID_FIELD", path.at,
                f"No such column '{parts[-1]}' on entity '{source.name}'. If you are attempting to use a custom field, "
                f"be sure to append the '__c' after the custom field name. {_REFERENCE}",
            )  # fmt: skip
        if not path.function:
            return Column(tuple(through), source.name, found, found.name)
        if not takes(path.function, found):
            raise NotKnown(f"{path.function} of {found.name}, of type {found.type}")
        return Column(tuple(through), source.name, made(path.function, found), found.name, path.function)

    def parent(self, lookup: Field) -> SObject:
        """The object a lookup leads to; Name, if there are several that it may lead to."""
        if len(lookup.targets) > 1:
            return NAME
        target = lookup.targets[0]
        found = self.org.find(target)
        if found is None:
            raise NotKnown(f"{target}, which {lookup.name} leads to: this org was given no such object")
        if self.user.lacks(found.name):
            raise NotKnown(
                f"fields through {lookup.relationship}, which leads to an object that is hidden from the user"
            )
        return found

    def records(self) -> list[Record]:
        """The records that are there for this user."""
        return [
            record
            for record in self.source.records
            if (self.deleted or not record.get("IsDeleted"))
            and (self.source.setup or self.user.may_see(self.source.name, record))
        ]

    def value(self, record: Record, column: Column) -> object:
        """The value a record has in a column; none where a lookup is empty."""
        here: Record | None = record
        for lookup, target in column.through:
            here = self.follow(here, lookup, target)
            if here is None:
                return False if column.field.type == "boolean" else None
        assert here is not None
        value = here[column.read]
        if column.function and isinstance(value, date):
            return FUNCTIONS[column.function](value)
        return value

    def follow(self, record: Record | None, lookup: Field, target: str) -> Record | None:
        """The record a lookup leads to."""
        key = record and record.get(lookup.name)
        if not key:
            return None
        if target == NAME.name:
            return self.shared(lookup, str(key))
        if target not in self.parents:
            found = self.org.find(target)
            assert found is not None
            self.parents[target] = found.by_id()
        parent = self.parents[target].get(str(key)[:15])
        if parent is not None and target not in TABLES and not self.user.may_see(target, parent):
            raise NotKnown(f"what a user sees of a {target} that is not shared with it, through {lookup.relationship}")
        return parent

    def shared(self, lookup: Field, key: str) -> Record | None:
        """What is shown of a record that may be of several objects."""
        known = self.parents.setdefault(NAME.name, {})
        if key not in known:
            known[key] = shared_part(self.org, lookup, key) or {}
        return known[key] or None


def scope(org: Org, user: User, name: str, text: str, position: int, *, deleted: bool = False) -> Scope:
    """The object a query asks. Refused as INVALID_TYPE if there is none for this user."""
    found = org.find(name)
    if found is None and untaught(name):
        raise NotKnown(f"{name}: this org was given no such object")
    if found is None or user.lacks(found.name):
        said = (
            f"sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' "
            f"after the entity name. {_REFERENCE}"
        )
        raise Refused(400, "INVALID_TYPE", at(text, position, said))
    return Scope(org, user, found, text, deleted)
