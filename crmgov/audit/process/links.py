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
    tree = scene.config.tree
    for address in tree.of_kind("Field"):
        _, of, name = parts(address)
        facts = tree.field(parent, name) if of == parent else None
        if facts is not None and facts.type in LOOKUPS and facts.type != "user" and not scene.config.retired(address):
            targets = facts.references or []
            if len(targets) == 1:
                yield Link(parent, name, targets[0])


def owner_of(scene: AuditScene, parent: str) -> str:
    """The field that says who owns a record; empty where the source holds none."""
    held = scene.holdings[parent]
    return held.owner if held.owner in held.kinds else ""


def people(scene: AuditScene, parent: str) -> Link | None:
    """The owner of an object's records as a link to people, where the source holds people."""
    owner, there = owner_of(scene, parent), scene.pointed.get(PEOPLE)
    return Link(parent, owner, PEOPLE) if owner and there is not None and there.key else None
