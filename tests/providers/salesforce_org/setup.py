"""Objects of setup, filled from what the org is: who it is, who its users are, what they may see, which objects there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .fields import Field
from .ids import PREFIXES, make_id
from .objects import Record, SObject, system_fields
from .people import User

if TYPE_CHECKING:
    from .org import Org

Fill = Callable[["Org"], list[Record]]


def profiles(org: Org) -> list[str]:
    """Names of profiles, in the order of their ids."""
    return list(dict.fromkeys(user.profile for user in org.users))


def own_set(org: Org, user: User) -> str:
    """The id of the permission set that a user's profile owns. Users who may see different things have different ones."""
    return make_id("0PS", org.users.index(user) + 1)


def organization(org: Org) -> list[Record]:
    """The one record of the org."""
    return [
        {"Id": org.id, "Name": org.name, "IsSandbox": org.sandbox, "OrganizationType": org.kind, "InstanceName": "EU99"}
    ]


def users(org: Org) -> list[Record]:
    """Users of the API."""
    names = profiles(org)
    return [
        {"Id": user.id, "Username": user.username, "Name": user.username.partition("@")[0].title(), "Email": user.username,
         "IsActive": user.active, "UserType": "Standard", "ProfileId": make_id("00e", names.index(user.profile) + 1)}
        for user in org.users
    ]  # fmt: skip


def profile_records(org: Org) -> list[Record]:
    """Profiles, with what each of their users may do."""
    found = []
    for number, name in enumerate(profiles(org), 1):
        sees = all(user.view_all_data for user in org.users if user.profile == name)
        found.append({"Id": make_id("00e", number), "Name": name, "PermissionsViewAllData": sees})
    return found


def permission_sets(org: Org) -> list[Record]:
    """The sets that profiles own."""
    names = profiles(org)
    return [
        {"Id": own_set(org, user), "Name": f"X{user.id[:15]}", "Label": user.profile, "IsOwnedByProfile": True, "PermissionsApiEnabled": True,
         "PermissionsViewAllData": user.view_all_data, "ProfileId": make_id("00e", names.index(user.profile) + 1)}
        for user in org.users
    ]  # fmt: skip


def assignments(org: Org) -> list[Record]:
    """Which user has which set."""
    return [
        {"Id": make_id("0Pa", number), "AssigneeId": user.id, "PermissionSetId": own_set(org, user), "IsActive": True}
        for number, user in enumerate(org.users, 1)
    ]


def object_permissions(org: Org) -> list[Record]:
    """What each set gives of each object that has records of the business."""
    found: list[Record] = []
    for user in org.users:
        everything = {name.lower() for name in user.view_all}
        for one in org.objects.values():
            if user.lacks(one.name):
                continue
            found.append(
                {"Id": make_id("110", len(found) + 1), "ParentId": own_set(org, user), "SobjectType": one.name, "PermissionsRead": True,
                 "PermissionsViewAllRecords": user.view_all_data or one.name.lower() in everything, "PermissionsModifyAllRecords": False}
            )  # fmt: skip
    return found


def entities(org: Org) -> list[Record]:
    """The objects, and how their records are shared."""
    return [
        {"Id": "000000000000000AAA", "DurableId": one.name, "QualifiedApiName": one.name, "DeveloperName": one.name.removesuffix("__c"),
         "Label": one.label, "KeyPrefix": one.prefix, "InternalSharingModel": one.sharing, "IsQueryable": True}
        for one in org.objects.values()
    ]  # fmt: skip


def _text(*names: str) -> list[Field]:
    return [Field(name, "string") for name in names]


def _boxes(*names: str) -> list[Field]:
    return [Field(name, "boolean") for name in names]


_PROFILE = Field("ProfileId", "reference", to="Profile")
_SET = Field("PermissionSetId", "reference", to="PermissionSet")
TABLES: dict[str, tuple[list[Field], Fill]] = {
    "Organization": ([*_text("Name", "OrganizationType", "InstanceName", "NamespacePrefix"), *_boxes("IsSandbox"),
                      Field("TrialExpirationDate", "datetime")], organization),
    "User": ([*_text("Username", "Name", "Email", "UserType"), *_boxes("IsActive"), _PROFILE, Field("LastLoginDate", "datetime")], users),
    "Profile": ([*_text("Name"), *_boxes("PermissionsViewAllData")], profile_records),
    "PermissionSet": ([*_text("Name", "Label"), *_boxes("IsOwnedByProfile", "PermissionsViewAllData", "PermissionsApiEnabled"), _PROFILE],
                      permission_sets),
    "PermissionSetAssignment": ([Field("AssigneeId", "reference", to="User"), _SET, *_boxes("IsActive")], assignments),
    "ObjectPermissions": ([Field("ParentId", "reference", to="PermissionSet"), Field("SobjectType", "picklist"),
                           *_boxes("PermissionsRead", "PermissionsViewAllRecords", "PermissionsModifyAllRecords")], object_permissions),
    "EntityDefinition": ([*_text("DurableId", "QualifiedApiName", "DeveloperName", "Label", "KeyPrefix"),
                          Field("InternalSharingModel", "picklist"), *_boxes("IsQueryable")], entities),
}  # fmt: skip


def table(org: Org, name: str) -> SObject | None:
    """An object of setup as it is now, or none of that name."""
    known = next((one for one in TABLES if one.lower() == name.lower()), None)
    if known is None:
        return None
    fields, fill = TABLES[known]
    made = SObject(known, PREFIXES.get(known.lower(), ""), setup=True, label=known)
    for one in [*system_fields(known, fields, owner=False), *fields]:
        made.add(one)
    first = org.users[0].id if org.users else make_id("005", 1)
    for record in fill(org):
        made.put(record, org.started, first)
    return made
