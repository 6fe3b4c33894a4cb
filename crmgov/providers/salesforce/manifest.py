"""Manifests: what a deployment of a plan holds and what it deletes (fact sheet of the vendor, section 9)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from crmgov.providers.salesforce.splice import insert, new_file, render
from crmgov.providers.salesforce.xmltree import Document, Element, node, parse

PACKAGE = "package.xml"
DELETIONS = "destructiveChangesPost.xml"
"""Carried out after the additions, so that references are gone by then."""
DEFAULT_VERSION = "66.0"
CHILD_TYPES = frozenset(["CustomField", "ValidationRule", "RecordType", "BusinessProcess", "AssignmentRule"])
"""Types that are deployed with the file of what they belong to, whether or not a manifest names them."""


class Component(NamedTuple):
    """One component as manifests name it: the metadata type, and its full name as file names spell it."""

    type: str
    name: str


def package(components: Iterable[Component], version: str = DEFAULT_VERSION) -> bytes:
    """``package.xml`` for these components: types and members in order, each once."""
    return new_file("Package", [*_types(components), node("version", version)])


def destructive(components: Iterable[Component]) -> bytes:
    """A manifest of deletions; it has no version, and no wildcards are possible in it."""
    return new_file("Package", _types(components))


def manifests(written: Iterable[Component], removed: Iterable[Component], version: str) -> dict[str, bytes]:
    """The files that deploy a plan, by name: always ``package.xml``, with deletions a second one."""
    gone = set(removed)
    files = {PACKAGE: package(set(written) - gone, version)}
    if gone:
        files[DELETIONS] = destructive(gone)
    return files


def listed(
    data: bytes, added: Iterable[Component], removed: Iterable[Component], renamed: Mapping[str, str] | None = None
) -> bytes:
    """A project's own ``package.xml`` with components listed that are new, and struck that are gone.

    A type that is listed as ``*`` needs no names; children of objects are listed only where their type is. With an
    object all that is named after it goes, or is renamed where ``renamed`` gives its new name. Raises XmlError where
    the file cannot be edited.
    """
    document = parse(data)
    for old, new in (renamed or {}).items():
        _follow(document, old, new)
    for component in sorted(set(added)):
        _list(document, component)
    for component in sorted(set(removed)):
        _strike(document, component)
    return render(document)


def version_of(data: bytes) -> str:
    """The API version a manifest names; empty where it names none. Raises XmlError."""
    return parse(data).root.value("version") or ""


def _types(components: Iterable[Component]) -> list[Element]:
    names: dict[str, set[str]] = {}
    for component in components:
        names.setdefault(component.type, set()).add(component.name)
    return [
        node("types", [*(node("members", member) for member in sorted(names[name])), node("name", name)])
        for name in sorted(names)
    ]


def _strike(document: Document, component: Component) -> None:
    inner = f"{component.name}." if component.type == "CustomObject" else ""
    for types in document.root.all("types"):
        if types.value("name") != component.type and not inner:
            continue
        own = component.name if types.value("name") == component.type else ""
        members = types.all("members")
        gone = [m for m in members if m.text.strip() == own or (inner and m.text.strip().startswith(inner))]
        types.children = [child for child in types.children if child not in gone]
        if gone and len(gone) == len(members):
            document.root.children.remove(types)


def _follow(document: Document, old: str, new: str) -> None:
    """Members named after an object, under its new name."""
    for types in document.root.all("types"):
        for member in types.all("members"):
            name = member.text.strip()
            if name.startswith((f"{old}.", f"{old}-")):
                types.children.remove(member)
                insert(types, node("members", new + name[len(old) :]), ".")


def _list(document: Document, component: Component) -> None:
    types = document.root.keyed("types", "name", component.type)
    if types is None:
        if component.type not in CHILD_TYPES:
            insert(
                document.root, node("types", [node("members", component.name), node("name", component.type)]), "name"
            )
    elif not any(member.text.strip() in ("*", component.name) for member in types.all("members")):
        insert(types, node("members", component.name), ".")
