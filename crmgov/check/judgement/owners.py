"""Who answers for a resource: the owner it states, its object's, or that of the area it lies in."""

from collections.abc import Mapping
from itertools import chain

from crmgov.check.tree import parts
from crmgov.model.address import address as write_address
from crmgov.model.canonical import decode
from crmgov.model.gitignore import Rules
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Area
from crmgov.model.snapshot import Snapshot


class Owners:
    """The owners of everything in a tree, found when first asked for."""

    def __init__(self, snapshot: Snapshot, areas: Mapping[str, Area]) -> None:
        self._snapshot = snapshot
        self._areas = [(area, Rules(given(area.paths, []))) for _, area in sorted(areas.items())]
        self._found: dict[tuple[str, str], str] = {}

    def of(self, address: str, file: str = "") -> str:
        """The owner of a resource or element; empty where nobody answers for it. ``file`` is where it stands.

        Of several areas the first by name counts; one that names files goes before one that names the object, and that
        before one that names the kind.
        """
        resource = address.partition("#")[0]
        key = (resource, file)
        if key not in self._found:
            self._found[key] = self._own(resource) or self._object(resource) or self._area(resource, file)
        return self._found[key]

    def _own(self, address: str) -> str:
        data = self._snapshot.bodies.get(address, b"")
        return str(decode(data).get("owner") or "") if b'"owner"' in data else ""

    def _object(self, address: str) -> str:
        parent = parts(address)[1] if "/" in address else None
        return "" if parent is None else self._own(write_address("Object", parent))

    def _area(self, address: str, file: str) -> str:
        kind, parent, name = parts(address) if "/" in address else ("", None, "")
        within = name if kind == "Object" else parent
        by_file = (area for area, rules in self._areas if file and rules.file(file))
        by_object = (area for area, _ in self._areas if within in given(area.objects, []))
        by_kind = (area for area, _ in self._areas if kind in given(area.kinds, []))
        return next((area.owner for area in chain(by_file, by_object, by_kind)), "")
