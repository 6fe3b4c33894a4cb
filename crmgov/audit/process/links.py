"""What records of one object point at, as far as the source of records holds both ends."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.audit.scene import AuditScene
from crmgov.check.paths import LOOKUPS
from crmgov.check.tree import parts

PEOPLE = "User"
"""The object that fields of type user point at."""


class Link(NamedTuple):
    """A lookup field and the one object it points at."""

    parent: str
    field: str
    target: str

    @property
    def via(self) -> tuple[tuple[str, str], ...]:
        """The way over it, as figures name it."""
        return ((self.field, self.target),)


def links(scene: AuditScene, parent: str) -> list[Link]:
    """The lookups of an object that the source holds and that point at records of one object."""
    held = scene.pointed.get(parent)
    return [] if held is None else [link for link in _all(scene, parent) if link.field in held.kinds]


def _all(scene: AuditScene, parent: str) -> Iterator[Link]:
    for name, targets in lookups(scene, parent).items():
        if len(targets) == 1:
            yield Link(parent, name, targets[0])


def lookups(scene: AuditScene, parent: str) -> dict[str, list[str]]:
    """All lookups of an object that are known, held or not, and what they point at; those at people left out."""
    tree = scene.config.tree
    names = {name: None for _, of, name in map(parts, tree.of_kind("Field")) if of == parent}
    names |= {name: None for catalogue in tree.catalogues for name in catalogue.names("Field", parent)}
    found: dict[str, list[str]] = {}
    for name in names:
        facts = tree.field(parent, name)
        gone = facts is None or facts.type not in LOOKUPS or facts.type == "user"
        if facts is not None and not gone and not _retired(scene, parent, name):
            found[name] = facts.references or []
    return found


def _retired(scene: AuditScene, parent: str, name: str) -> bool:
    address = scene.field(parent, name)
    return address in scene.config.snapshot and scene.config.retired(address)


def owner_of(scene: AuditScene, parent: str) -> str:
    """The field that says who owns a record; empty where the source holds none."""
    held = scene.holdings[parent]
    return held.owner if held.owner in held.kinds else ""


def people(scene: AuditScene, parent: str) -> Link | None:
    """The owner of an object's records as a link to people, where the source holds people."""
    owner, there = owner_of(scene, parent), scene.pointed.get(PEOPLE)
    return Link(parent, owner, PEOPLE) if owner and there is not None and there.key else None
