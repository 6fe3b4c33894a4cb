"""``--only`` and ``--except`` of an audit: objects and fields as people type them, and none that there is not."""

from collections.abc import Iterable, Mapping

from crmgov.audit.scene import AuditScene
from crmgov.check.tree import parts
from crmgov.cli.finding import find_address
from crmgov.cli.trouble import Stop, stop
from crmgov.model.address import address
from crmgov.model.figures import Holding
from crmgov.model.snapshot import Snapshot


class Narrowed:
    """What takes part: objects by name, and fields by address. Ends the verb for a name that nothing has."""

    def __init__(self, snapshot: Snapshot, only: Iterable[str], excluded: Iterable[str]) -> None:
        named = [at for at in snapshot if at.startswith(("Object/", "Field/"))]
        held = {parent for at in named if at.startswith("Field/") and (parent := parts(at)[1])}
        known = dict.fromkeys([*named, *(address("Object", name) for name in sorted(held))])
        self._only = frozenset(find_address(known, typed) for typed in only)
        self._excluded = frozenset(find_address(known, typed) for typed in excluded)

    def objects(self, names: Iterable[str]) -> list[str]:
        """Those of these objects that are looked at."""
        return [name for name in names if self._object(name)]

    def holdings(self, held: Mapping[str, Holding], source: str) -> dict[str, Holding]:
        """The objects that are looked at. Ends the verb where an object was named that the source does not hold, and
        where none is left.
        """
        found = {name: holding for name, holding in held.items() if self._object(name)}
        for at in sorted(self._only):
            kind, parent, name = parts(at)
            wanted = name if kind == "Object" else parent
            if wanted not in held:
                raise stop("CLI006", f"{source} holds no records of {wanted}", mend="Name an object it holds.")
        if held and not found:
            raise self._nothing()
        return found

    def fields(self, scene: AuditScene) -> frozenset[str]:
        """The addresses of the fields that are judged. Ends the verb where fields alone were named and none is."""
        found = frozenset(one[0] for one in scene.judged if self._field(one[0], one[1]))
        if not found and self._only and all(one.startswith("Field/") for one in self._only):
            raise self._nothing()
        return found

    def _nothing(self) -> Stop:
        left = " of what --only names" if self._only else ""
        told = f"--except leaves nothing{left}" if self._excluded else f"nothing{left} is judged by an audit"
        return stop("CLI004", f"Nothing is left to judge: {told}", mend="Name an object or field that is left.")

    def _object(self, name: str) -> bool:
        at = address("Object", name)
        within = any(parts(one)[1] == name for one in self._only if one.startswith("Field/"))
        return at not in self._excluded and (not self._only or at in self._only or within)

    def _field(self, at: str, parent: str) -> bool:
        chosen = not self._only or at in self._only or address("Object", parent) in self._only
        return chosen and at not in self._excluded
