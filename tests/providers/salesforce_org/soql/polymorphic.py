"""Lookups that may lead to several objects: the vendor shows only what those have in common, as the object Name."""

from __future__ import annotations

from ..errors import NotKnown
from ..fields import Can, Field, settled
from ..objects import Record, SObject
from ..org import Org

_FILTERED = Can(filter=True, group=False, sort=True, aggregate=False)
_TEXTS = ("Alias", "Email", "FirstName", "LastName", "Name", "Phone", "Title", "Type", "Username")
_FIELDS = [
    *(Field(name, "string", can=_FILTERED) for name in _TEXTS),
    Field("Id", "id", can=_FILTERED),
    Field("IsActive", "boolean", can=_FILTERED),
    Field("ProfileId", "reference", to="Profile", can=_FILTERED),
    Field("UserRoleId", "reference", to="UserRole", can=_FILTERED),
]
NAME = SObject("Name", "", {one.name.lower(): settled(one) for one in _FIELDS}, setup=True)


def shared_part(org: Org, lookup: Field, key: str) -> Record | None:
    """What Name shows of the record a lookup leads to. What only users have, a queue has not."""
    for target in lookup.targets:
        found = org.find(target)
        if found is None or not key.startswith(found.prefix):
            continue
        record = found.by_id().get(key[:15])
        if record is None:
            return None
        kind = "Queue" if found.name == "Group" else found.name
        return {one.name: record.get(one.name) for one in NAME.fields.values()} | {"Type": kind, "Object": found.name}
    raise NotKnown(
        f"the object of {lookup.name} {key}: this org was given none of {', '.join(lookup.targets)} with such ids"
    )
