"""What the rules about reach ask of a tree's permission sets: who is there, and what they open."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.tree import parts
from crmgov.model.canonical import Body

_ADMIN = re.compile(r"admin|superuser|privileged|break.?glass", re.IGNORECASE)
_UNGRANTED = ("__mdt", "__e")
"""Ends of the names of things whose rows nobody is granted: custom metadata and platform events (Salesforce)."""
_PEOPLE = {"Contact", "Lead", "User"}
"""The vendor's own objects whose records are people (Salesforce)."""
_PASSING = re.compile(r"(?<![a-z])(intern|trainee|guest|contractor|student worker|volunteer)s?(?![a-z])", re.IGNORECASE)
"""Words for people who stay for a while, or who are not of the company."""
_OUTSIDE = re.compile(r"(?<![a-z])(community|portal|external|applicant|customer user)s?(?![a-z])", re.IGNORECASE)
"""Words for people who are not of the company."""
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")


def who_passes(name: str, body: Body) -> str:
    """The word by which a set or role is for people who stay for a while; empty where it is not."""
    found = _PASSING.search(_HUMPS.sub(" ", f"{name} {body.get('label') or ''}"))
    return found[1] if found is not None else ""


class Grantable(NamedTuple):
    """A field that is seen only by those who are granted it."""

    address: str
    parent: str
    name: str
    body: Body

    @property
    def computed(self) -> bool:
        """Whether the CRM fills it in, so that nobody edits it."""
        return self.body.get("type") in ("formula", "rollup", "autonumber")

    @property
    def guarded(self) -> bool:
        """Whether its disclosure does harm, so that no default covers it."""
        return self.body.get("sensitivity") in ("confidential", "restricted")


class Grants:
    """The permission sets of one tree, names folded where the CRM ignores case."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._exact = scene.tree.case == "exact"

    def fold(self, name: str) -> str:
        """A name as it is compared."""
        return name if self._exact else name.lower()

    @cached_property
    def pulled(self) -> bool:
        """Whether the tree is a vendor's files, or was made from them: it has the vendor's own names, and profiles,
        members and pages may be kept elsewhere.
        """
        names = (address.rstrip('"') for address in self.scene.tree.of_kind("Field"))
        return self.scene.files or any(name.endswith("__c") for name in names)

    @cached_property
    def muting(self) -> frozenset[str]:
        """With a vendor's own names: what takes rights back rather than giving them."""
        sets = self.scene.access.sets.values() if self.pulled else ()
        return frozenset(str(name) for body in sets for name in body.get("mutes") or ())

    @cached_property
    def sets(self) -> dict[str, tuple[str, Body]]:
        """The permission sets made here and in use, by name: their address and body."""
        own = {parts(address)[2]: address for address in self.scene.own("PermissionSet")}
        bodies = self.scene.access.sets
        return {name: (address, bodies[name]) for name, address in own.items() if name not in self.muting}

    @cached_property
    def administration(self) -> frozenset[str]:
        """The sets that say of themselves that they are for administration: by name, label or tag."""
        return frozenset(
            name
            for name, (_, body) in self.sets.items()
            if any(_ADMIN.search(str(text)) for text in (name, body.get("label") or "", *(body.get("tags") or ())))
        )

    @cached_property
    def machines(self) -> frozenset[str]:
        """The sets of integrations: an Integration runs as them, or they are tagged so."""
        tree = self.scene.tree
        running = {str(tree.body(address).get("runs_as")) for address in tree.of_kind("Integration")}
        return frozenset(
            name
            for name, (_, body) in self.sets.items()
            if name in running or "integration" in (body.get("tags") or ())
        )

    @cached_property
    def profiles(self) -> bool:
        """Whether the tree holds any profile."""
        return any(body.get("profile") is True for body in self.scene.access.sets.values())

    def outside(self, name: str) -> bool:
        """Whether a set is for people who are not of the company, or not for long."""
        body = self.sets[name][1]
        text = _HUMPS.sub(" ", f"{name} {body.get('label') or ''}")
        return bool(who_passes(name, body)) or _OUTSIDE.search(text) is not None

    @cached_property
    def _fields(self) -> tuple[set[tuple[str, str]], set[str]]:
        """The fields a row gives access to; and the objects whose fields any row or default speaks of."""
        granted: set[tuple[str, str]] = set()
        spoken: set[str] = set()
        for body in self.scene.access.sets.values():
            for parent, held in mapping(body.get("fields")).items():
                folded = self.fold(parent)
                spoken.add(folded)
                rows = mapping(mapping(held).get("fields")).items()
                granted.update((folded, self.fold(field)) for field, level in rows if level in ("read", "edit"))
        return granted, spoken

    def reads(self, parent: str, field: str) -> bool:
        """Whether anybody is given access to a field."""
        if (self.fold(parent), self.fold(field)) in self._fields[0]:
            return True
        return self.scene.access.anybody_reads(parent, field)

    def spoken_of(self, parent: str) -> bool:
        """Whether any set speaks of the fields of an object, so that silence on one of them means something."""
        return self.fold(parent) in self._fields[1]

    def object_row(self, name: str, parent: str) -> Body:
        """What a set states for an object."""
        return mapping(mapping(self.sets[name][1].get("objects")).get(parent)) if name in self.sets else {}

    @cached_property
    def personal(self) -> frozenset[str]:
        """The objects that hold personal data: by their fields, and with a vendor's own names those of people."""
        tree = self.scene.tree
        held = (
            address for address in tree.holding("Field", "personal_data") if tree.body(address).get("personal_data")
        )
        marked = {parts(address)[1] or "" for address in held}
        return frozenset(marked | (_PEOPLE if self.pulled else set()))

    @cached_property
    def readable(self) -> frozenset[str]:
        """The objects whose records somebody may read; names folded."""
        return frozenset(
            self.fold(parent)
            for body in self.scene.access.sets.values()
            for parent, row in mapping(body.get("objects")).items()
            if mapping(row).get("read") is True
        )

    def governed(self, parent: str) -> bool:
        """Whether an object is one whose fields are granted at all: neither setting, metadata nor event, and in use."""
        if parent.endswith(_UNGRANTED) or parent == "Activity":  # its fields are granted as those of Task and Event
            return False
        address = self.scene.tree.address("Object", parent)
        if address not in self.scene.snapshot:
            return True
        body = self.scene.tree.body(address)
        native: Any = mapping(mapping(body.get("native")).get("salesforce"))
        return (
            not native.get("customSettingsType")
            and body.get("deployed") is not False
            and not self.scene.retired(address)
        )

    def _grantable(self) -> Iterator[Grantable]:
        governed: dict[str, bool] = {}
        for address in self.scene.own("Field"):
            _, parent, name = parts(address)
            if self.pulled and not name.endswith("__c"):  # a standard field, of which files state only what differs
                continue
            parent = parent or ""
            if parent not in governed:
                governed[parent] = self.governed(parent)
            body = self.scene.tree.body(address)
            if governed[parent] and body.get("required") is not True and body.get("type") != "master_detail":
                yield Grantable(address, parent, name, body)

    @cached_property
    def grantable(self) -> tuple[Grantable, ...]:
        """The fields made here that somebody must be granted to see."""
        return tuple(self._grantable())

    @cached_property
    def of_object(self) -> dict[str, list[Grantable]]:
        """The fields that must be granted, by object."""
        found: dict[str, list[Grantable]] = {}
        for field in self.grantable:
            found.setdefault(field.parent, []).append(field)
        return found
