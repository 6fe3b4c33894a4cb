"""Fields made here, on objects whose records people keep; and what names and labels say of them."""

from collections.abc import Iterable

from crmgov.check.governance.words import words
from crmgov.check.tree import Tree, parts
from crmgov.model.canonical import Body

_NO_RECORDS = ("__mdt", "__e", "__b", "__x", "__ChangeEvent")
"""Endings of Salesforce names of settings, messages and foreign tables."""
_PASSING = {"staging", "stage", "import", "imports", "log", "logs", "queue", "raw", "temp", "tmp", "payload", "test",
            "error", "errors", "inbound", "outbound", "response", "responses", "answer", "answers"}  # fmt: skip
"""Words in the name of an object that takes values over as they come, or holds answers of any kind."""
_BLANKS = ("%%%", "___NAMESPACE___")
"""What stands in the names of a package's source where a namespace is filled in: such a thing stands there twice."""
_LEAVING = {"deprecated", "depracated", "obsolete", "unused", "retired", "legacy", "zzz"}
_LEAVING_WORDS = ("do not use", "don't use", "not used", "no longer used")

Made = tuple[str, str, str, Body]
"""A field: its address, object, name and body."""


def keeps_records(tree: Tree, parent: str) -> bool:
    """Whether an object holds records people work with: no settings, no messages, nobody else's table."""
    if parent.endswith(_NO_RECORDS) or any(blank in parent for blank in _BLANKS):
        return False
    address = tree.address("Object", parent)
    return address not in tree.snapshot or b'"customSettingsType"' not in tree.snapshot.bodies[address]


def passes_on(parent: str) -> bool:
    """Whether an object's name says that it takes over values as they come, to be looked at later."""
    return not _PASSING.isdisjoint(words(parent))


def is_leaving(name: str, body: Body) -> bool:
    """Whether a field's own words say that it is no longer used."""
    said = f"{name} {body.get('label') or ''}"
    return not _LEAVING.isdisjoint(words(said)) or any(text in said.casefold() for text in _LEAVING_WORDS)


def made_fields(tree: Tree, addresses: Iterable[str]) -> list[Made]:
    """Of these fields, those on objects that keep records whose own words do not say that they go."""
    return [made for made in kept_fields(tree, addresses) if not is_leaving(made[2], made[3])]


def kept_fields(tree: Tree, addresses: Iterable[str]) -> list[Made]:
    """Of these fields, those on objects that keep records, whatever their own words say."""
    known: dict[str, bool] = {}
    found: list[Made] = []
    for address in addresses:
        _, parent, name = parts(address)
        if parent is None:
            continue
        if parent not in known:
            known[parent] = keeps_records(tree, parent)
        if known[parent] and not any(blank in name for blank in _BLANKS):
            found.append((address, parent, name, tree.body(address)))
    return found


def is_shipped(tree: Tree, parent: str, name: str) -> bool:
    """Whether a vendor ships a field of this name."""
    return any(catalogue.field(parent, name) is not None for catalogue in tree.catalogues)


def label_of(name: str, body: Body) -> str:
    """What people call a field."""
    label = body.get("label")
    return label if isinstance(label, str) and label else name
