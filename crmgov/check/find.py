"""What a name stands for: a resource, something a provider ships, something outside, or nothing."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from crmgov.check.tree import Tree, parts
from crmgov.model.canonical import decode

Status = Literal["resource", "shipped", "outside", "unknown", "other_case", "missing"]

SETS = ("Picklist", "StageSet")
"""The kinds a field can take its values from."""

_SUFFIXES = frozenset(
    ("c", "r", "x", "b", "e", "mdt", "kav", "pc", "xo", "share", "history", "tag", "feed", "changeevent", "latitude",
     "longitude")
)  # fmt: skip
"""What Salesforce puts after the second double underscore of a custom name; before the first stands a namespace."""

_KEPT = {"Task": "Activity", "Event": "Activity"}
"""Salesforce keeps the custom fields of tasks and events on the object Activity, and those of person accounts on
Contact, where ``Region__pc`` of Account is ``Region__c``."""

_SHIPPED = ("Object", "Field", "Picklist", "StageSet")
"""Kinds of which providers ship more than their catalogues list; of others, what is not listed is not there."""

_BUDGET = 2_000_000
"""Names compared for near matches in one check, so that a tree full of wrong names ends soon as well."""


class Found(NamedTuple):
    """What a name stands for. ``name`` is the right spelling, ``address`` that of the resource, if it is one."""

    status: Status
    name: str = ""
    address: str = ""


_MISSING = Found("missing")
_UNKNOWN = Found("unknown")


class Finder:
    """Looks names up in the tree, the catalogues and the Externals, and remembers what it found."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._found: dict[tuple[str, str, str | None], Found] = {}
        self._names: dict[tuple[str, str | None], dict[str, str]] | None = None
        self._spelt: dict[tuple[str, str | None], dict[str, str]] = {}
        self._outside: dict[str, set[str]] | None = None
        self._budget = _BUDGET

    def find(self, kind: str, name: str, parent: str | None = None) -> Found:
        """What a name stands for, in an object where the kind has one."""
        if kind == "ValueSet":
            return self._value_set(name)
        address = self.tree.address(kind, name, parent)
        if address in self.tree.snapshot.digests:
            return Found("resource", name, address)
        key = (kind, name, parent)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._beyond(kind, name, parent)
        return found

    def _value_set(self, name: str) -> Found:
        for kind in SETS:
            address = self.tree.address(kind, name)
            if address in self.tree.snapshot.digests:
                return Found("resource", name, address)
        found = [self.find(kind, name) for kind in SETS]
        order: tuple[Status, ...] = ("resource", "shipped", "outside", "other_case", "unknown", "missing")
        return min(found, key=lambda one: order.index(one.status))

    def _beyond(self, kind: str, name: str, parent: str | None) -> Found:
        if self.tree.case != "exact":
            spelt = self._folded(kind, parent).get(name.casefold(), name)
            if spelt != name:
                address = self.tree.address(kind, spelt, parent)
                return Found("other_case", spelt, address if address in self.tree.snapshot.digests else "")
        kept = self._kept_by(kind, name, parent)
        if kept is not None:
            return kept
        known = [catalogue.has(kind, name, parent) for catalogue in self.tree.catalogues]
        if True in known:
            return Found("shipped", name)
        if self._is_outside(kind, name, parent):
            return Found("outside", name)
        if (None in known and kind in _SHIPPED) or self.tree.snapshot.coverage.gap(kind, parent):
            return _UNKNOWN
        if parent is not None and not self.governed(parent):
            return _UNKNOWN
        return _MISSING

    def _kept_by(self, kind: str, name: str, parent: str | None) -> Found | None:
        """The field of another object that Salesforce shows as one of this object."""
        if kind != "Field" or parent is None or not name.endswith(("__c", "__pc")):
            return None
        other, own = _KEPT.get(parent, ""), name
        if parent == "Account" and name.endswith("__pc"):
            other, own = "Contact", f"{name[:-4]}__c"
        address = self.tree.address("Field", own, other)
        return Found("resource", name, address) if other and address in self.tree.snapshot.digests else None

    def governed(self, parent: str) -> bool:
        """Whether the tree speaks of an object: by a resource of its own, or by things that belong to it."""
        if self.tree.address("Object", parent) in self.tree.snapshot.digests:
            return self.tree.snapshot.origin(self.tree.address("Object", parent)) != "packaged"
        return bool(self._own("Field", parent))

    def _is_outside(self, kind: str, name: str, parent: str | None) -> bool:
        listed = self.outside
        whole = name if parent is None else f"{parent}.{name}"
        if name in listed["other"] or whole in listed["other"] or (kind == "Object" and name in listed["object"]):
            return True
        if parent is not None and (parent in listed["object"] or whole in listed["field"]):
            return True
        if kind == "External" and self._folder_unread(name):
            return True
        return any(self._packaged(kind, one) for one in (name, parent) if one is not None)

    def _folder_unread(self, name: str) -> bool:
        """Whether a vendor's name stands in a folder of which no template is here: what it holds is not known."""
        folder = f"{name.rpartition('/')[0]}/".casefold()
        if folder == "/" or self.tree.case == "exact":
            return False
        listed = self.outside
        templates = listed.get("template", set()) | listed["other"]
        return not any(one.casefold().startswith(folder) for one in templates)

    def _packaged(self, kind: str, name: str) -> bool:
        """Whether a name begins with a package's namespace: before a suffix, before a name, or after its object."""
        pieces = name.split("__")
        if len(pieces) < 2 or not pieces[0]:
            return False
        if pieces[-1].casefold() in _SUFFIXES:
            return len(pieces) > 2
        return kind not in _SHIPPED or pieces[0].rpartition("-")[2] in self.outside["package"]

    @property
    def outside(self) -> dict[str, set[str]]:
        """The names of Externals by their type; one without a type counts as ``other`` and may be anything."""
        if self._outside is None:
            self._outside = {"object": set(), "field": set(), "package": set(), "other": set()}
            for address in self.tree.of_kind("External"):
                sort = decode(self.tree.snapshot.bodies[address]).get("type") or "other"
                self._outside.setdefault(str(sort), set()).add(parts(address)[2])
        return self._outside

    def _own(self, kind: str, parent: str | None) -> dict[str, str]:
        """The names of the tree's own resources, by their folded form."""
        if self._names is None:
            names: dict[tuple[str, str | None], dict[str, str]] = {}
            for address in self.tree.snapshot.digests:
                of, within, name = parts(address)
                names.setdefault((of, within), {})[name.casefold()] = name
            self._names = names
        return self._names.get((kind, parent), {})

    def _folded(self, kind: str, parent: str | None) -> dict[str, str]:
        """The names of the tree and of the catalogues, by their folded form."""
        found = self._spelt.get((kind, parent))
        if found is None:
            shipped = {name.casefold(): name for c in self.tree.catalogues for name in c.names(kind, parent)}
            found = self._spelt[(kind, parent)] = {**shipped, **self._own(kind, parent)}
        return found

    def names(self, kind: str, parent: str | None = None) -> list[str]:
        """All names a reference of this kind could mean, for near matches."""
        kinds = SETS if kind == "ValueSet" else (kind,)
        return [name for one in kinds for name in self._folded(one, parent).values()]

    def closest(self, name: str, choices: Iterable[str]) -> str:
        """The choice a misspelt name most likely means; empty where none is near."""
        listed = {one.removesuffix("__c"): one for one in choices}
        self._budget -= len(listed)
        if self._budget < 0 or not listed or len(name) > 500:
            return ""
        from rapidfuzz import fuzz, process, utils

        wanted = name.removesuffix("__c")
        near = process.extract(wanted, list(listed), scorer=fuzz.WRatio, processor=utils.default_process, limit=3)
        for one, score, _ in near:
            alike = fuzz.ratio(wanted, one, processor=utils.default_process)
            begun = one.casefold().startswith(wanted.casefold()) or wanted.casefold().startswith(one.casefold())
            if score >= 75 and (alike >= 65 or (begun and min(len(one), len(wanted)) >= 4)):
                return listed[one]
        return ""

    def misspelt(self, name: str, choices: Iterable[str]) -> str:
        """The one choice that is but a letter or two away from an unknown name; empty where none or several are."""
        listed = list(choices)
        self._budget -= len(listed)
        if self._budget < 0 or len(name) < 4 or len(name) > 500:
            return ""
        from rapidfuzz.distance import OSA

        most = 2 if len(name) >= 10 else 1
        near = [one for one in listed if OSA.distance(name, one, score_cutoff=most) <= most and one != f"{name}Id"]
        return near[0] if len(near) == 1 else ""
