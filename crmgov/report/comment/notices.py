"""Who notices a change: the people behind each permission set, and the teams that automations name."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.model.address import Address, address, parse
from crmgov.model.canonical import Body
from crmgov.model.plans import Plan, Step
from crmgov.model.references import references
from crmgov.model.snapshot import Snapshot
from crmgov.report.access import access
from crmgov.report.changes import title
from crmgov.report.comment.given import Notices
from crmgov.report.plain import listing
from crmgov.report.text import count

_SHOWN = 3
_SEVERAL = {"field less": "fields less"}
_FORBIDDEN = ("confidential", "restricted")
"""Sensitivities a default grant does not cover."""


def notices(plans: Sequence[Plan], tree: Snapshot) -> Notices:
    """Who notices what the plans do, by the access that the configuration states."""
    steps = {(s.action, s.address, str(s.changes)): s for plan in plans for s in plan.core.steps}
    seen = _Effects(tree, list(steps.values()))
    effects = {name: tuple(told) for name in sorted(seen.audiences) if (told := list(seen.of(name)))}
    effects |= {name: tuple(told) for name, told in sorted(seen.teams().items())}
    effects |= dict.fromkeys(seen.gone(), ("all that it grants is taken away",))
    nothing = tuple(name for name in sorted(seen.audiences) if name not in effects and not seen.near(name))
    return Notices(effects=effects, nothing=nothing)


def audiences(tree: Snapshot) -> dict[str, set[str]]:
    """By role the permission sets it stands for; a set that no role stands for is an audience of its own."""
    roles = {at.name: set(tree.body(role).get("grants") or ()) for role, at in tree.of_kind("Role")}
    found = {name: sets for name, sets in roles.items() if sets}
    granted = {name for sets in found.values() for name in sets}
    for one, at in tree.of_kind("PermissionSet"):
        if at.name not in granted:
            found[_free(str(tree.body(one).get("label") or at.name), found)] = {at.name}
    return {name: _with_included(tree, sets) for name, sets in found.items()}


def _free(name: str, taken: Iterable[str]) -> str:
    """A name that is not taken yet."""
    return name if name not in taken else f"{name} (permission set)"


def _with_included(tree: Snapshot, sets: set[str]) -> set[str]:
    reached: set[str] = set()
    waiting = sorted(sets)
    while waiting:
        name = waiting.pop()
        at = address("PermissionSet", name)
        if name not in reached and at in tree:
            reached.add(name)
            waiting += tree.body(at).get("includes") or ()
    return reached


class _Effects:
    """The steps, and what each audience has access to."""

    def __init__(self, tree: Snapshot, steps: Sequence[Step]) -> None:
        self._tree = tree
        self._steps = steps
        self._bodies = {at.name: tree.body(one) for one, at in tree.of_kind("PermissionSet")}
        self._stated = {obj for body in self._bodies.values() for obj in body.get("fields") or {}}
        self.audiences = audiences(tree)
        parsed = [(step, parse(step.address)) for step in steps]
        self._fields = [(step, at, self._closed(at, step)) for step, at in parsed if at.kind == "Field"]
        self._grants = {at.name: step for step, at in parsed if at.kind == "PermissionSet"}
        self._saving = [(step, at) for step, at in parsed if at.kind in ("Validation", "Pipeline")]
        self._layouts = [(step, at) for step, at in parsed if at.kind == "Layout"]
        self._objects = {at.parent or at.name for _, at in parsed if at.kind == "Object" or at.parent}

    def of(self, name: str) -> Iterator[str]:
        """What one audience notices."""
        bodies = [self._bodies[one] for one in sorted(self.audiences[name])]
        for what, fields in self._of_fields(bodies).items():
            yield f"{count(len(fields), what, _SEVERAL.get(what, ''))} ({listing(fields, _SHOWN)})"
        saving = [
            title(step.address) for step, at in self._saving if self._object(bodies, at.parent, "update", "create")
        ]
        if saving:
            yield f"other rules on saving: {listing(saving, _SHOWN)}"
        seen = [title(step.address) for step, at in self._layouts if self._object(bodies, at.parent, "read")]
        if seen:
            yield f"another form: {listing(seen, _SHOWN)}"
        for one in sorted(self.audiences[name]):
            step = self._grants.get(one)
            if step is not None:
                told, _ = access(step.changes)
                yield from told[:_SHOWN]

    def near(self, name: str) -> bool:
        """Whether an audience works with an object of which something changes, or its own access changes."""
        bodies = [self._bodies[one] for one in self.audiences[name]]
        return bool(self.audiences[name] & self._grants.keys()) or any(
            self._object(bodies, one, "read", "update", "create") for one in self._objects
        )

    def teams(self) -> dict[str, list[str]]:
        """By team or role what automations that change do for it."""
        found: dict[str, list[str]] = {}
        for step in self._steps:
            if not step.address.startswith("Automation/"):
                continue
            body = self._tree.body(step.address) if step.address in self._tree else {}
            named = {
                r.name for r in references("Automation", body, parse(step.address).parent) if r.kind in ("Team", "Role")
            }
            for name in sorted(named):
                found.setdefault(name, []).append(title(step.address))
        return {name: [f"changed: {listing(told, _SHOWN)}"] for name, told in found.items()}

    def gone(self) -> list[str]:
        """Permission sets that are removed."""
        return sorted(
            name for name, step in self._grants.items() if step.action == "remove" and name not in self._bodies
        )

    def _of_fields(self, bodies: Sequence[Body]) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for step, at, closed in self._fields:
            what = _field_effect(step, self._reach(bodies, at, closed=closed))
            if what:
                told.setdefault(what, []).append(f"{at.parent}.{at.name}")
        return told

    def _reach(self, bodies: Sequence[Body], at: Address, *, closed: bool) -> str:
        """``edit``, ``read`` or nothing: the most that any of the sets gives, or gave before it was removed."""
        found = {self._by_set(body, at, closed=closed) for body in bodies}
        return next((level for level in ("edit", "read") if level in found), "")

    def _by_set(self, body: Body, at: Address, *, closed: bool) -> str:
        obj = str(at.parent)
        may = (body.get("objects") or {}).get(obj) or {}
        if not may.get("read") and not may.get("view_all"):
            return ""
        if obj not in self._stated:
            return "edit" if may.get("update") or may.get("create") else "read"
        rows = (body.get("fields") or {}).get(obj) or {}
        own = (rows.get("fields") or {}).get(at.name)
        if own is not None:
            return str(own)
        return "" if closed else str(rows.get("default") or "")

    def _closed(self, at: Address, step: Step) -> bool:
        """Whether a default grant does not cover a field."""
        body = self._tree.body(at.resource) if at.resource in self._tree else {}
        gone = next((c.before for c in step.changes if c.route == ("sensitivity",)), None)
        return (body.get("sensitivity") or gone) in _FORBIDDEN

    @staticmethod
    def _object(bodies: Sequence[Body], name: str | None, *rights: str) -> bool:
        rows = [(body.get("objects") or {}).get(name) or {} for body in bodies]
        return any(row.get(right) for row in rows for right in rights)


def _field_effect(step: Step, reach: str) -> str:
    """What somebody with this access notices of a change of a field; empty: nothing."""
    if not reach:
        return ""
    became = {change.route: change.after for change in step.changes}
    if reach == "edit" and became.get(("required",)) is True:
        return "more required field"
    return {"add": "new field", "remove": "field less"}.get(step.action, "changed field")
