"""Kinds Role, PermissionSet and Team: who may see and do what, and who works on what."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Opt, Part, Spec, doc
from crmgov.model.kinds.criteria import Criterion

FieldAccess = Literal["read", "edit", "none"]


class Role(Spec, frozen=True, kw_only=True):
    """A place in the hierarchy of people."""

    parent: A[Opt[str], doc("Parent", "The role above.", ref="Role")] = UNSET
    grants: A[Opt[list[str]], doc("Grants", "Permission sets the role stands for.", ref="PermissionSet", local=True)] = UNSET  # fmt: skip


class ObjectAccess(Part, frozen=True, kw_only=True, rename={"import_": "import"}):
    """What may be done with an object's records: granted (true), denied (false) or not stated."""

    create: A[Opt[bool], doc("Create", "Make new records.")] = UNSET
    read: A[Opt[bool], doc("Read", "See records.")] = UNSET
    update: A[Opt[bool], doc("Update", "Change records.")] = UNSET
    delete: A[Opt[bool], doc("Delete", "Delete records.")] = UNSET
    view_all: A[Opt[bool], doc("View all", "See all records, whatever sharing says.")] = UNSET
    modify_all: A[Opt[bool], doc("Modify all", "Change all records, whatever sharing says.")] = UNSET
    view_all_fields: A[Opt[bool], doc("View all fields", "See all fields, present and future.")] = UNSET
    export: A[Opt[bool], doc("Export", "Take records out in bulk.")] = UNSET
    import_: A[Opt[bool], doc("Import", "Bring records in in bulk.")] = UNSET


class FieldRows(Part, frozen=True, kw_only=True):
    """Access to the fields of one object."""

    default: A[Opt[FieldAccess], doc("Default", "Access to fields not listed; never covers confidential or restricted ones.")] = UNSET  # fmt: skip
    fields: A[Opt[dict[A[str, doc("Field", "A field of the object.", ref="Field")], FieldAccess]], doc("Fields", "Access to single fields.")] = UNSET  # fmt: skip


class RecordTypeAccess(Part, frozen=True, kw_only=True):
    """Whether a record type can be used."""

    visible: A[Opt[bool], doc("Visible", "Whether records of this type can be made.")] = UNSET
    default: A[Opt[bool], doc("Default", "Whether new records are of this type.")] = UNSET
    person_default: A[Opt[bool], doc("Person default", "The same for person accounts.")] = UNSET


class AppAccess(Part, frozen=True, kw_only=True):
    """Whether an app can be used."""

    visible: A[Opt[bool], doc("Visible", "Whether the app can be opened.")] = UNSET
    default: A[Opt[bool], doc("Default", "Whether people start in it.")] = UNSET


class LayoutChoice(Part, frozen=True, kw_only=True):
    """The layout people see, by record type."""

    layout: A[Opt[str], doc("Layout", "The layout for records without another rule.", ref="Layout")] = UNSET
    record_types: A[Opt[dict[A[str, doc("Record type", "A record type of the object.", ref="RecordType")], A[str, doc("Layout", "A layout of the object.", ref="Layout")]]], doc("Record types", "For single record types, their layout.")] = UNSET  # fmt: skip


_BY_OBJECT = doc("Object", "An object.", ref="Object")


class PermissionSet(Spec, frozen=True, kw_only=True):
    """What its holders may see and do. ``profile: true`` where each person has exactly one."""

    profile: A[Opt[bool], doc("Profile", "Whether each person has exactly one of these.")] = UNSET
    objects: A[Opt[dict[A[str, _BY_OBJECT], ObjectAccess]], doc("Objects", "What may be done, by object.")] = UNSET
    fields: A[Opt[dict[A[str, _BY_OBJECT], FieldRows]], doc("Fields", "Access to fields, by object.")] = UNSET
    record_types: A[Opt[dict[A[str, _BY_OBJECT], dict[A[str, doc("Record type", "A record type of the object.", ref="RecordType")], RecordTypeAccess]]], doc("Record types", "Which record types can be used, by object.")] = UNSET  # fmt: skip
    tabs: A[Opt[dict[str, Literal["visible", "available", "hidden"]]], doc("Tabs", "Which tabs are shown.")] = UNSET
    apps: A[Opt[dict[str, AppAccess]], doc("Apps", "Which apps can be used.")] = UNSET
    layouts: A[Opt[dict[A[str, _BY_OBJECT], LayoutChoice]], doc("Layouts", "Which layout people see, by object.")] = UNSET  # fmt: skip
    capabilities: A[Opt[dict[str, bool]], doc("Capabilities", "Permissions beyond objects and fields, by name.")] = UNSET  # fmt: skip
    includes: A[Opt[list[str]], doc("Includes", "Permission sets it stands for as a group.", ref="PermissionSet")] = UNSET  # fmt: skip
    mutes: A[Opt[list[str]], doc("Mutes", "Permission sets whose grants it takes back within the group.", ref="PermissionSet")] = UNSET  # fmt: skip


class Members(Part, frozen=True, kw_only=True):
    """Who belongs to a team."""

    roles: A[Opt[list[str]], doc("Roles", "Holders of these roles.", ref="Role")] = UNSET
    roles_and_below: A[Opt[list[str]], doc("Roles and below", "Holders of these roles and of all below.", ref="Role")] = UNSET  # fmt: skip
    teams: A[Opt[list[str]], doc("Teams", "Members of these teams.", ref="Team")] = UNSET
    users: A[Opt[list[str]], doc("Users", "Single people, by user name.")] = UNSET


class Team(Spec, frozen=True, kw_only=True):
    """A queue that records are routed to, or a group of people."""

    type: A[Opt[Literal["queue", "group"]], doc("Type", "A queue owns records, a group does not.")] = UNSET
    objects: A[Opt[list[str]], doc("Objects", "Objects whose records the queue can own.", ref="Object")] = UNSET
    members: A[Opt[Members], doc("Members", "Who belongs to it.")] = UNSET
    email: A[Opt[str], doc("E-mail", "Where new work is announced.")] = UNSET
    covers: A[Opt[dict[A[str, _BY_OBJECT], Criterion]], doc("Covers", "The records it is there for, by object.", local=True)] = UNSET  # fmt: skip
