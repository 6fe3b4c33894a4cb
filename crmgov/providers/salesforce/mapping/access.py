"""Profiles, permission sets, their groups, and what groups take back."""

from urllib.parse import unquote

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.base import Form, MetadataType
from crmgov.providers.salesforce.mapping.items import (
    BOOL,
    Item,
    Leaf,
    Left,
    Rows,
    Special,
    Texts,
    child,
    enum,
    escape,
    native,
    node,
    scalar_text,
)
from crmgov.providers.salesforce.xml import Tree

_TRUE = ("true", "1")


def _read_field(value: Tree | str, out: Body, left: Left) -> None:
    field, readable, editable, more = "", False, False, False
    for tag, text in value if not isinstance(value, str) else ():
        if not isinstance(text, str):
            more = True
        elif tag == "field":
            field = text.strip()
        elif tag == "readable":
            readable = text in _TRUE
        elif tag == "editable":
            editable = text in _TRUE
        else:
            more = True
    owner, _, name = field.partition(".")
    if more or not name:
        left.append("fieldPermissions")
        return
    fields = out.setdefault("fields", {})
    rows = fields.get(owner)
    if rows is None:
        rows = fields[owner] = {"fields": {}}
    rows["fields"][name] = "edit" if editable else "read" if readable else "none"


def _write_fields(body: Body) -> Tree:
    return [
        node(
            "fieldPermissions",
            editable=scalar_text(access == "edit"),
            field=f"{owner}.{name}",
            readable=scalar_text(access != "none"),
        )
        for owner, rows in (body.get("fields") or {}).items()
        for name, access in (rows.get("fields") or {}).items()
    ]


_RECORD_TYPE = {"default": "default", "personAccountDefault": "person_default", "visible": "visible"}


def _read_record_type(value: Tree | str, out: Body, left: Left) -> None:
    owner, _, name = child(value, "recordType").partition(".")
    if isinstance(value, str) or not name:
        left.append("recordTypeVisibilities")
        return
    row = out.setdefault("record_types", {}).setdefault(owner, {}).setdefault(name, {})
    for tag, text in value:
        if tag in _RECORD_TYPE:
            row[_RECORD_TYPE[tag]] = text in _TRUE
        elif tag != "recordType":
            left.append(f"recordTypeVisibilities.{tag}")


def _write_record_types(body: Body) -> Tree:
    return [
        node(
            "recordTypeVisibilities",
            recordType=f"{owner}.{name}",
            **{tag: scalar_text(row[key]) for tag, key in _RECORD_TYPE.items() if row.get(key) is not None},
        )
        for owner, rows in (body.get("record_types") or {}).items()
        for name, row in rows.items()
    ]


def _read_layout(value: Tree | str, out: Body, left: Left) -> None:
    owner, _, layout = unquote(child(value, "layout")).partition("-")
    target, _, record_type = child(value, "recordType").partition(".")
    if not layout or (target and not record_type):
        left.append("layoutAssignments")
        return
    choice = out.setdefault("layouts", {}).setdefault(owner, {})
    if record_type:
        # A layout of another object (as for closing cases) is chosen by a record type of the object itself.
        name = record_type if target == owner else f"{target}.{record_type}"
        choice.setdefault("record_types", {})[name] = layout
    else:
        choice["layout"] = layout


def _write_layouts(body: Body) -> Tree:
    nodes: Tree = []
    for owner, choice in (body.get("layouts") or {}).items():
        if choice.get("layout"):
            nodes.append(node("layoutAssignments", layout=f"{owner}-{escape(choice['layout'])}"))
        nodes.extend(
            node(
                "layoutAssignments",
                layout=f"{owner}-{escape(layout)}",
                recordType=record_type if "." in record_type else f"{owner}.{record_type}",
            )
            for record_type, layout in (choice.get("record_types") or {}).items()
        )
    return nodes


CAPABILITIES = {
    "classAccesses": ("class:", "apexClass"),
    "customMetadataTypeAccesses": ("metadata:", "name"),
    "customPermissions": ("custom:", "name"),
    "customSettingAccesses": ("setting:", "name"),
    "externalDataSourceAccesses": ("source:", "externalDataSource"),
    "flowAccesses": ("flow:", "flow"),
    "pageAccesses": ("page:", "apexPage"),
    "userPermissions": ("", "name"),
}
"""For each element: what stands before the name in ``capabilities``, and the child that holds the name."""


def _capability(element: str, prefix: str, key: str) -> Item:
    def reads(value: Tree | str, out: Body, left: Left) -> None:
        name = child(value, key)
        if isinstance(value, str) or not name or {tag for tag, _ in value} - {key, "enabled"}:
            left.append(element)
        else:
            out.setdefault("capabilities", {})[prefix + name] = child(value, "enabled") in _TRUE

    def writes(body: Body) -> Tree:
        return [
            node(element, **{"enabled": scalar_text(granted), key: name.removeprefix(prefix)})
            for name, granted in (body.get("capabilities") or {}).items()
            if (name.startswith(prefix) if prefix else ":" not in name)
        ]

    return Special(element, reads, writes, key=key)


def _words(element: str, route: str, key: str, **words: str) -> Item:
    """A repeated element with one word for each name."""
    codec = enum(**words)

    def reads(value: Tree | str, out: Body, left: Left) -> None:
        name = child(value, key)
        try:
            out.setdefault(route, {})[name] = codec.decode(child(value, "visibility"))
        except ValueError:
            left.append(element)

    def writes(body: Body) -> Tree:
        rows = (body.get(route) or {}).items()
        return [node(element, **{key: name, "visibility": codec.encode(word)}) for name, word in rows]

    return Special(element, reads, writes, key=key)


_OBJECTS = Rows(
    "objectPermissions",
    ("objects",),
    "object",
    (
        Leaf("allowCreate", ("create",), BOOL, strict=True),
        Leaf("allowDelete", ("delete",), BOOL, strict=True),
        Leaf("allowEdit", ("update",), BOOL, strict=True),
        Leaf("allowRead", ("read",), BOOL, strict=True),
        Leaf("modifyAllRecords", ("modify_all",), BOOL, strict=True),
        Leaf("viewAllFields", ("view_all_fields",), BOOL, strict=True),
        Leaf("viewAllRecords", ("view_all",), BOOL, strict=True),
    ),
)
_APPS = Rows(
    "applicationVisibilities",
    ("apps",),
    "application",
    (Leaf("default", ("default",), BOOL, strict=True), Leaf("visible", ("visible",), BOOL, strict=True)),
)
_SET_APPS = Rows(
    "applicationVisibilities", ("apps",), "application", (Leaf("visible", ("visible",), BOOL, strict=True),)
)
_COMMON: tuple[Item, ...] = (
    Leaf("description", ("description",)),
    Special("fieldPermissions", _read_field, _write_fields, key="field"),
    _OBJECTS,
    Special("recordTypeVisibilities", _read_record_type, _write_record_types, key="recordType"),
    *(_capability(element, prefix, key) for element, (prefix, key) in CAPABILITIES.items()),
)
_SET: tuple[Item, ...] = (
    _SET_APPS,
    *_COMMON,
    native("hasActivationRequired", BOOL),
    Leaf("label", ("label",)),
    native("license"),
    _words("tabSettings", "tabs", "tab", Visible="visible", Available="available", **{"None": "hidden"}),
)

PROFILE = MetadataType(
    name="Profile",
    kind="PermissionSet",
    form=Form("profiles", "profile"),
    items=(
        _APPS,
        *_COMMON,
        native("custom", BOOL),
        Special("layoutAssignments", _read_layout, _write_layouts, key="layout+recordType"),
        _words("tabVisibilities", "tabs", "tab", DefaultOn="visible", DefaultOff="available", Hidden="hidden"),
        native("userLicense"),
    ),
    constant={"profile": True},
)
PERMISSION_SET = MetadataType(
    name="PermissionSet", kind="PermissionSet", form=Form("permissionsets", "permissionset"), items=_SET
)
GROUP = MetadataType(
    name="PermissionSetGroup",
    kind="PermissionSet",
    form=Form("permissionsetgroups", "permissionsetgroup"),
    items=(
        Leaf("description", ("description",)),
        native("hasActivationRequired", BOOL),
        Leaf("label", ("label",)),
        Texts("mutingPermissionSets", ("mutes",)),
        Texts("permissionSets", ("includes",)),
    ),
)
MUTING = MetadataType(
    name="MutingPermissionSet",
    kind="PermissionSet",
    form=Form("mutingpermissionsets", "mutingpermissionset"),
    items=_SET,
)

TYPES = (PERMISSION_SET, GROUP, MUTING, PROFILE)
"""In the order in which they take a shared name (see ``names``)."""
