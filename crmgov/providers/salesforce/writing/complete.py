"""What the vendor's schema requires in a thing besides what a body says, with the value that changes nothing."""

from collections.abc import Callable

from crmgov.providers.salesforce.mapping.items import sort_nodes
from crmgov.providers.salesforce.mapping.layouts import STYLES
from crmgov.providers.salesforce.names import Thing
from crmgov.providers.salesforce.xml import Node, Tree

_NAMED = {
    "RecordType": "label",
    "GlobalValueSet": "masterLabel",
    "PermissionSet": "label",
    "PermissionSetGroup": "label",
    "MutingPermissionSet": "label",
    "Role": "name",
    "Queue": "name",
    "Group": "name",
}
"""Types with a label that is required: its tag. The thing's own name stands in."""
_CONSTANT = {"RecordType": (("active", "true"),), "ValidationRule": (("active", "true"),)}
_NO = "false"
_PERMISSIONS = ("allowCreate", "allowDelete", "allowEdit", "allowRead", "modifyAllRecords", "viewAllRecords")
_ROWS: dict[str, dict[str, tuple[str, ...]]] = {
    "Profile": {"applicationVisibilities": ("default", "visible"), "recordTypeVisibilities": ("default", "visible")},
    "PermissionSet": {
        "applicationVisibilities": ("visible",),
        "objectPermissions": _PERMISSIONS,
        "recordTypeVisibilities": ("visible",),
    },
}
_ROWS["MutingPermissionSet"] = _ROWS["PermissionSet"]
"""By type and repeated element: the flags that each of its rows must have. Source: the vendor's metadata WSDL."""


_VALUES = ("value", "customValue", "standardValue")
"""Repeated elements that are values of a picklist."""
_SORTED = ("valueSetDefinition", "GlobalValueSet", "StandardValueSet")


def completed(thing: Thing, nodes: Tree, known: Tree) -> Tree:
    """The nodes with what is required and missing.

    ``known`` are the nodes of the thing as it is (none for a new one): what stands there stays as it is, but for flags
    that no row may lack.
    """
    name = thing.type.name
    nodes = _with_values(nodes, known)
    if name in _SORTED and not known:
        nodes = _sorted(nodes)
    missing: Tree = []
    present = {tag for tag, _ in nodes}
    if name == "CustomObject" and not known and "__" in thing.name and "label" not in present:
        missing.append(("label", thing.name))
    if name in _NAMED and _NAMED[name] not in present:
        missing.append((_NAMED[name], thing.name))
    missing.extend((tag, text) for tag, text in _CONSTANT.get(name, ()) if tag not in present)
    rows = _ROWS.get(name, {})
    if rows:
        nodes = [(tag, _flagged(value, rows[tag])) if tag in rows else (tag, value) for tag, value in nodes]
    if name == "Layout":
        nodes = [(tag, _styled(value)) if tag == "layoutSections" else (tag, value) for tag, value in nodes]
    return sort_nodes([*nodes, *missing]) if missing else nodes


def _with_values(nodes: Tree, known: Tree) -> Tree:
    """New picklist values with a label and whether they are the default."""
    before = {_name_of(tag, value): value for tag, value in known}
    return [(tag, _value(tag, value, before.get(_name_of(tag, value)))) for tag, value in nodes]


def _name_of(tag: str, value: str | Tree) -> tuple[str, str]:
    if isinstance(value, str) or tag not in (*_VALUES, "values"):
        return tag, ""
    return tag, next((str(text) for inner, text in value if inner == "fullName"), "")


def _value(tag: str, value: str | Tree, known: str | Tree | None) -> str | Tree:
    if isinstance(value, str):
        return value
    if tag not in (*_VALUES, "values"):
        inner = _with_values(value, known if isinstance(known, list) else [])
        return _sorted(inner) if tag in _SORTED and known is None else inner
    if known is not None:
        return value
    label = _name_of(tag, value)[1]
    value = _filled(value, ("default",), lambda _: _NO)
    return value if tag == "values" else _filled(value, ("label",), lambda _: label)


def _sorted(nodes: Tree) -> Tree:
    return nodes if any(tag == "sorted" for tag, _ in nodes) else sort_nodes([*nodes, ("sorted", _NO)])


def _flagged(value: str | Tree, flags: tuple[str, ...]) -> str | Tree:
    return _filled(value, flags, lambda _: _NO)


def _styled(value: str | Tree) -> str | Tree:
    return _filled(value, ("style",), _style)


def _style(section: Tree) -> str:
    columns = sum(tag == "layoutColumns" for tag, _ in section)
    return STYLES.get(columns, STYLES[1])


def _filled(value: str | Tree, tags: tuple[str, ...], default: Callable[[Tree], str]) -> str | Tree:
    if isinstance(value, str):
        return value
    present = {tag for tag, _ in value}
    missing: list[Node] = [(tag, default(value)) for tag in tags if tag not in present]
    return sort_nodes([*value, *missing]) if missing else value
