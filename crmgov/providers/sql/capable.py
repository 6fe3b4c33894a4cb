"""What this provider can hold, and the names every database has."""

from collections.abc import Sequence

from crmgov.model.canonical import Body
from crmgov.model.kinds import KINDS
from crmgov.model.provider import INSIDE, Capabilities, RenameMode
from crmgov.model.shape import shape_of
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.providers.sql.normal import DROPPED

GOVERNED = frozenset(name for name, kind in KINDS.items() if not kind.local)
"""The kinds a database holds."""
_RESETS: dict[str, Body] = {"Field": {"required": False, "unique": False}}
_FIXED = {"Field": frozenset({"type"})}
"""Attributes that cannot be reset."""
_TABLES: dict[str, str] = {
    "Object": "table", "Field": "column", "Picklist": "value table", "StageSet": "value table of stages",
}  # fmt: skip


def capabilities() -> Capabilities:
    """Every kind and attribute the model has, except what governs the repository alone."""
    attributes = {kind: frozenset(shape_of(kind).attributes) - DROPPED for kind in GOVERNED}
    resets = {
        kind: {INSIDE: None} | {name: _RESETS.get(kind, {}).get(name) for name in names - _FIXED.get(kind, frozenset())}
        for kind, names in attributes.items()
    }
    renames: dict[str, RenameMode] = dict.fromkeys(GOVERNED, "native")
    return Capabilities(
        kinds=GOVERNED, attributes=attributes, renames=renames, resets=resets, words=_TABLES, atomic=True,
        recover={"Field": "not restorable", "Object": "not restorable"},
    )  # fmt: skip


def tidy(snapshot: Snapshot) -> Snapshot:
    """What of a database belongs into YAML: a column that may be empty and repeated says nothing by that. Pure."""
    bodies = {address: snapshot.body(address) for address in snapshot}
    for address, body in bodies.items():
        for name, value in _RESETS.get(kind_of(address), {}).items():
            if body.get(name) is value:
                del body[name]
    return Snapshot.of(
        snapshot.source, bodies, coverage=snapshot.coverage, origins=snapshot.origins, derived=snapshot.derived,
        blobs=snapshot.blobs, left=snapshot.left, hidden=snapshot.hidden,
    )  # fmt: skip


_USER: dict[str, Body] = {
    "username": {"type": "text", "required": True, "unique": True},
    "name": {"type": "text"},
    "email": {"type": "email"},
    "active": {"type": "boolean"},
}
"""The columns of ``crmgov_users``."""


class SqlCatalogue:
    """Every database has one standard Object, ``User``: the people that fields of type user point at."""

    def has(self, kind: str, name: str, parent: str | None = None) -> bool | None:
        """Whether this name exists in every instance; never in doubt here."""
        if kind == "Object":
            return name == "User"
        return kind == "Field" and parent == "User" and name in _USER

    def field(self, parent: str, name: str) -> Body | None:
        """The body of a standard field."""
        return _USER.get(name) if parent == "User" else None

    def names(self, kind: str, parent: str | None = None) -> Sequence[str]:
        """All standard names of a kind."""
        if kind == "Object":
            return ["User"]
        return list(_USER) if kind == "Field" and parent == "User" else []
