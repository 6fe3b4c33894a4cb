"""Who may see and do what: grants of permission sets, and what roles reach through them."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from crmgov.check.tree import Tree, parts
from crmgov.model.canonical import Body

Level = Literal["edit", "read", "none", ""]
"""Access to a field; empty where nothing is stated."""
_GUARDED = ("confidential", "restricted")
"""Sensitivities that a default never covers."""
_RANK = {"": 0, "none": 0, "read": 1, "edit": 2}


class Access:
    """The grants of a tree. A permission set is named by its own name, as Roles and Teams name it."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    @cached_property
    def sets(self) -> dict[str, Body]:
        """All permission sets with their bodies, by name; groups included."""
        return {parts(address)[2]: self._tree.body(address) for address in self._tree.of_kind("PermissionSet")}

    @cached_property
    def roles(self) -> dict[str, Body]:
        """All roles with their bodies, by name."""
        return {parts(address)[2]: self._tree.body(address) for address in self._tree.of_kind("Role")}

    def behind(self, name: str) -> frozenset[str]:
        """A permission set with all it includes, however deep."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += [inner for inner in self.sets.get(one, {}).get("includes") or () if isinstance(inner, str)]
        return frozenset(found)

    def of_role(self, role: str) -> frozenset[str]:
        """The permission sets a role stands for, with all they include."""
        granted = self.roles.get(role, {}).get("grants") or ()
        return frozenset(one for name in granted if isinstance(name, str) for one in self.behind(name))

    def field(self, name: str, parent: str, field: str) -> Level:
        """What one permission set itself states for a field: its row, its default, or view-all-fields."""
        body = self.sets.get(name, {})
        rows: Any = (body.get("fields") or {}).get(parent) or {}
        single = (rows.get("fields") or {}).get(field)
        if single in ("edit", "read", "none"):
            return single  # type: ignore[no-any-return]
        default = rows.get("default")
        if default in ("edit", "read", "none") and not self._guarded(parent, field):
            return default  # type: ignore[no-any-return]
        of_object: Any = (body.get("objects") or {}).get(parent) or {}
        return "read" if of_object.get("view_all_fields") is True else ""

    def _guarded(self, parent: str, field: str) -> bool:
        address = self._tree.address("Field", field, parent)
        if address not in self._tree.snapshot or b'"sensitivity"' not in self._tree.snapshot.bodies[address]:
            return False
        return self._tree.body(address).get("sensitivity") in _GUARDED

    def object(self, name: str, parent: str, right: str) -> bool | None:
        """Whether one permission set grants (true) or denies (false) a right on an object; None: it says nothing."""
        row: Any = (self.sets.get(name, {}).get("objects") or {}).get(parent) or {}
        value = row.get(right)
        return value if isinstance(value, bool) else None

    def best(self, names: frozenset[str], parent: str, field: str) -> Level:
        """The most that any of several permission sets gives for a field."""
        return max((self.field(name, parent, field) for name in names), key=_RANK.__getitem__, default="")

    @cached_property
    def _granted(self) -> dict[str, set[str]]:
        """By object, the fields to which any row of any permission set gives access."""
        found: dict[str, set[str]] = {}
        for body in self.sets.values():
            for parent, held in (body.get("fields") or {}).items():
                fields = held.get("fields") if isinstance(held, dict) else None
                for field, level in (fields or {}).items():
                    if level in ("read", "edit"):
                        found.setdefault(parent, set()).add(field)
        return found

    @cached_property
    def _open(self) -> dict[str, bool]:
        """Objects whose fields are open to somebody by default, or by view-all-fields (true: guarded fields too)."""
        found: dict[str, bool] = {}
        for body in self.sets.values():
            for parent, held in (body.get("fields") or {}).items():
                if isinstance(held, dict) and held.get("default") in ("read", "edit"):
                    found.setdefault(parent, False)
            for parent, row in (body.get("objects") or {}).items():
                if isinstance(row, dict) and row.get("view_all_fields") is True:
                    found[parent] = True
        return found

    def anybody_reads(self, parent: str, field: str) -> bool:
        """Whether any permission set gives access to a field."""
        if field in self._granted.get(parent, ()):
            return True
        whole = self._open.get(parent)
        return whole is True or (whole is False and not self._guarded(parent, field))

    def readers(self, parent: str, field: str) -> Iterator[tuple[str, Level]]:
        """The permission sets that give access to a field, and which."""
        for name in self.sets:
            level = self.field(name, parent, field)
            if level in ("read", "edit"):
                yield name, level

    def capability(self, name: str, capability: str) -> bool:
        """Whether a permission set grants a capability by its name."""
        return (self.sets.get(name, {}).get("capabilities") or {}).get(capability) is True
