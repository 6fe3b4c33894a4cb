"""The tooling side of the org: custom fields and objects with the days they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fields import Field
from .ids import make_id

if TYPE_CHECKING:
    from .org import Org

_NAMES = [Field("DeveloperName", "string"), Field("NamespacePrefix", "string")]


def tooling(org: Org) -> Org:
    """An org whose objects are the metadata of another, for queries of it."""
    from .org import Org as Made

    found = Made(id=org.id, name=org.name, api_versions=org.api_versions)
    found.users, found.cursors = org.users, org.cursors
    own = [one for one in org.objects.values() if one.name.endswith("__c")]
    keys = {one.name: make_id("01I", number + 1) for number, one in enumerate(own)}
    found.object("CustomObject", _NAMES, [], prefix="01I")
    found.object("CustomField", [*_NAMES, Field("TableEnumOrId", "string")], [], prefix="00N")
    for one in own:
        found.put("CustomObject", {**_thing(one.name), "CreatedDate": org.made.get(one.name, org.now())})["Id"] = keys[
            one.name
        ]
    for one in org.objects.values():
        for field in one.fields.values():
            if field.name.endswith("__c"):
                parent = {"TableEnumOrId": keys.get(one.name, one.name)}
                moment = org.made.get(f"{one.name}.{field.name}", org.now())
                found.put("CustomField", {**_thing(field.name), **parent, "CreatedDate": moment})
    return found


def _thing(name: str) -> dict[str, object]:
    """A name without the ending of what is custom, and without that of its package."""
    package, _, bare = name.removesuffix("__c").rpartition("__")
    return {"DeveloperName": bare, "NamespacePrefix": package or None}
