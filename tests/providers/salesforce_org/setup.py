"""Objects of setup, filled from what the org is: who it is, who its users are, what they may see, which objects there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Rights:
    """What a permission set lets see: everything, or all records of some objects (in small letters)."""

    everything: bool
    objects: frozenset[str]


@dataclass(frozen=True)
class GrantSet:
    """A permission set: one that a profile owns, or one that gives a single user what its profile does not."""

    id: str
    name: str
    profile: str
    rights: Rights
    members: tuple[User, ...]
    owned: bool


def rights_of(user: User) -> Rights:
    """All that a user may see."""
    return Rights(user.view_all_data, frozenset(name.lower() for name in user.view_all))


def grants(org: Org) -> list[GrantSet]:
    """The permission sets. A profile gives what all its users may see; who may see more has a set for it."""
    found: list[GrantSet] = []
    for name in profiles(org):
        members = tuple(user for user in org.users if user.profile == name)
        by_profile = [Rights(False, frozenset()) if user.by_set else rights_of(user) for user in members]
        shared = Rights(
            all(one.everything for one in by_profile), frozenset.intersection(*(one.objects for one in by_profile))
        )
        found.append(
            GrantSet(make_id("0PS", len(found) + 1), f"X{name}".replace(" ", "_"), name, shared, members, True)
        )
        for user in members:
            more = Rights(user.view_all_data and not shared.everything, rights_of(user).objects - shared.objects)
            if more.everything or more.objects:
                found.append(
                    GrantSet(make_id("0PS", len(found) + 1), f"More_{user.id[:15]}", name, more, (user,), False)
                )
    return found


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
    """Profiles, with what they give all their users."""
    owned = {one.profile: one for one in grants(org) if one.owned}
    return [
        {"Id": make_id("00e", number), "Name": name, "PermissionsViewAllData": owned[name].rights.everything}
        for number, name in enumerate(profiles(org), 1)
    ]


def permission_sets(org: Org) -> list[Record]:
    """Permission sets, those that profiles own among them."""
    names = profiles(org)
    return [
        {"Id": one.id, "Name": one.name, "Label": one.name, "IsOwnedByProfile": one.owned, "PermissionsApiEnabled": one.owned,
         "PermissionsViewAllData": one.rights.everything, "ProfileId": make_id("00e", names.index(one.profile) + 1) if one.owned else None}
        for one in grants(org)
    ]  # fmt: skip


def assignments(org: Org) -> list[Record]:
    """Which user has which set, the one of its profile too."""
    pairs = [(user, one) for one in grants(org) for user in one.members]
    return [
        {"Id": make_id("0Pa", number), "AssigneeId": user.id, "PermissionSetId": one.id, "IsActive": True}
        for number, (user, one) in enumerate(pairs, 1)
    ]


def object_permissions(org: Org) -> list[Record]:
    """What each set gives of each object that has records of the business. Without a right there is no record."""
    found: list[Record] = []
    for one in grants(org):
        for thing in org.objects.values():
            sees = one.rights.everything or thing.name.lower() in one.rights.objects
            if all(user.lacks(thing.name) for user in one.members) or not (one.owned or sees):
                continue
            found.append(
                {"Id": make_id("110", len(found) + 1), "ParentId": one.id, "SobjectType": thing.name, "PermissionsRead": True,
                 "PermissionsViewAllRecords": sees, "PermissionsModifyAllRecords": False}
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

#: Objects every org has, which the counterpart was not taught: it does not say that they are not there.
UNTAUGHT = frozenset(
    [
        "apexclass",
        "apextrigger",
        "asyncapexjob",
        "businesshours",
        "casestatus",
        "crontrigger",
        "customobject",
        "entityparticle",
        "fielddefinition",
        "fieldpermissions",
        "flowdefinitionview",
        "group",
        "groupmember",
        "leadstatus",
        "loginhistory",
        "opportunitystage",
        "permissionsetgroup",
        "permissionsetgroupcomponent",
        "permissionsetlicense",
        "picklistvalueinfo",
        "queuesobject",
        "recordtype",
        "setupaudittrail",
        "setupentityaccess",
        "userentityaccess",
        "userfieldaccess",
        "userlicense",
        "userrecordaccess",
        "userrole",
    ]
)
_SIDES = ("Share", "History", "Feed", "__share", "__history", "__feed")


def untaught(name: str) -> bool:
    """Whether an object is one that every org has and this one was not given."""
    return name.lower() in UNTAUGHT or name.endswith(_SIDES)


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
