"""What a role sees and may fill: its grants, as far as the tree knows them."""

from functools import cached_property

from crmgov.check.governance.access import Level
from crmgov.check.governance.scene import Scene
from crmgov.check.tree import parts

_MARK = "__c"
RANK: dict[Level, int] = {"": 0, "none": 0, "read": 1, "edit": 2}


class Sight:
    """The access of roles to fields. Where the tree cannot know it, nothing is said of it."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._known: dict[str, frozenset[str] | None] = {}

    def sets(self, role: str) -> frozenset[str] | None:
        """All permission sets a role stands for; None where it grants nothing, or something outside the tree."""
        if role not in self._known:
            found = self._scene.access.of_role(role)
            listed = found and found <= self._scene.access.sets.keys()
            self._known[role] = found if listed and not self._scene.snapshot.coverage.gap("PermissionSet") else None
        return self._known[role]

    def level(self, role: str, parent: str, field: str) -> Level | None:
        """The most a role gets for a field; None where that is not known, or does not take a grant."""
        sets = self.sets(role)
        if sets is None or not self._scene.access.sets or not self.takes_grant(parent, field):
            return None
        best = self._best(sets, parent, field)
        if any(self._scene.access.sets[name].get("profile") is True for name in sets):
            return best
        return max(best, self._best(self._profiles, parent, field), key=RANK.__getitem__)

    def _best(self, sets: frozenset[str], parent: str, field: str) -> Level:
        """The most that sets give together: what they say of the field, as far as they let the object be used."""
        access = self._scene.access
        best = access.best(sets, parent, field)
        if best == "edit" and self._refused(sets, parent, "update", "modify_all"):
            best = "read"
        if best != "" and self._refused(sets, parent, "read", "view_all", "modify_all"):
            best = "none"
        return best

    def _refused(self, sets: frozenset[str], parent: str, *rights: str) -> bool:
        """Whether sets say of the first right that it is not given, and give none that includes it."""
        access = self._scene.access
        said = [access.object(name, parent, rights[0]) for name in sets]
        more = any(access.object(name, parent, right) is True for name in sets for right in rights)
        return not more and False in said

    def takes_grant(self, parent: str, field: str) -> bool:
        """Whether a field is one of the tree's own that is seen only where something grants it."""
        address = self._scene.tree.address("Field", field, parent)
        if address not in self._scene.snapshot.bodies or self._shipped(address, parent, field):
            return False
        body = self._scene.tree.body(address)
        return body.get("required") is not True and body.get("type") not in (None, "master_detail")

    def _shipped(self, address: str, parent: str, field: str) -> bool:
        """Whether the CRM brings a field along; some of these are seen without a grant, and a tree need not say which.

        YAML does not say it either, but where a vendor's names mark own fields, one without the mark is not own.
        """
        if self._scene.snapshot.origin(address) != "custom":
            return True
        if any(catalogue.field(parent, field) is not None for catalogue in self._scene.tree.catalogues):
            return True
        return not field.endswith(_MARK) and parent in self._marked

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """The names of each object's fields in the tree."""
        found: dict[str, list[str]] = {}
        for address in self._scene.tree.of_kind("Field"):
            _, parent, name = parts(address)
            found.setdefault(parent or "", []).append(name)
        return found

    @cached_property
    def _marked(self) -> frozenset[str]:
        """The objects that bear the mark of own ones, or some of whose fields do."""
        own = (parent for parent, names in self.fields.items() if any(name.endswith(_MARK) for name in names))
        return frozenset((*own, *(parent for parent in self.fields if parent.endswith(_MARK))))

    @cached_property
    def _profiles(self) -> frozenset[str]:
        """The profiles a holder of a role may have beside it; those of administrators left out."""
        return frozenset(
            name
            for name, body in self._scene.access.sets.items()
            if body.get("profile") is True and not self._scene.access.capability(name, "ModifyAllData")
        )

    def why(self, role: str, parent: str, field: str) -> str:
        """Which grant of a role lacks a field, in words."""
        access = self._scene.access
        sets = sorted(self.sets(role) or ())
        denied = [name for name in sets if access.field(name, parent, field) == "none"]
        reading = [name for name in sets if access.field(name, parent, field) == "read"]
        if any(access.field(name, parent, field) == "edit" for name in sets):
            return f"{', '.join(sets)} does not let {parent} records be used so"
        if reading:
            return f"{', '.join(reading)} lets it be read, not edited"
        if denied:
            return f"{', '.join(denied)} says none for it"
        return f"{', '.join(sets)} says nothing of it"
