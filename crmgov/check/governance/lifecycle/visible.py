"""Rules: who receives a record sees what its next step needs, and somebody can fill it."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.check.governance.lifecycle.filled import may_be_written, written_fields
from crmgov.check.governance.lifecycle.needs import Need, of_pass, of_stage, of_validation
from crmgov.check.governance.lifecycle.sight import Sight
from crmgov.check.governance.scene import Scene, mapping, rows, spoken
from crmgov.check.governance.ways import Pass, Step, Way
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED
from crmgov.model.diagnostics import Diagnostic


class _Asked(NamedTuple):
    """A need of the resource at an address; ``step`` is how a message calls what needs it."""

    address: str
    step: str
    need: Need


def receivers_see(scene: Scene) -> Iterator[Diagnostic]:
    """Every stage's owner and every handoff's receiving role can read the fields that the step needs."""
    sight = Sight(scene)
    for way, step in _steps(scene):
        for need in of_stage(scene, way, step) if step.owner else ():
            yield from _unseen(scene, sight, step.owner, _Asked(way.address, f"owns {_told(way, step)}", need))
    for one in scene.ways.passes:
        role = receiver(one)
        for need in of_pass(scene, one) if role else ():
            yield from _unseen(scene, sight, role, _Asked(one.address, f"receives {one.name}", need))
        entered, target = one.target.way, one.target.step
        if entered is not None and target is not None and role not in ("", target.owner):
            for need in of_stage(scene, entered, target):
                at = need._replace(route=(*one.route, "role"))
                yield from _unseen(scene, sight, role, _Asked(one.address, f"receives {one.name}", at))


def receiver(one: Pass) -> str:
    """The role that receives a handoff: the one it names, or the owner of the stage it enters."""
    return one.role or (one.target.step.owner if one.target.step is not None else "")


def _told(way: Way, step: Step) -> str:
    return f"stage {step.name} of {parts(way.address)[2]}"


def _steps(scene: Scene) -> Iterator[tuple[Way, Step]]:
    for way in scene.ways.pipelines.values():
        if not scene.retired(way.address):
            yield from ((way, step) for step in way.steps)


def _unseen(scene: Scene, sight: Sight, role: str, asked: _Asked) -> Iterator[Diagnostic]:
    need = asked.need
    if sight.level(role, need.object, need.name) in ("", "none"):
        message = f"{role} {asked.step} and cannot see {need.object}.{need.name}, which it needs"
        evidence = (sight.why(role, need.object, need.name),)
        related = scene.tree.defined(scene.tree.address("Role", role), ("grants",))
        yield scene.finding("HANDOFF008", message, asked.address, need.route, evidence=evidence, related=related)


def somebody_fills(scene: Scene) -> Iterator[Diagnostic]:
    """Every field that must be filled can be, by anybody, and before a stage by one of those concerned."""
    if not scene.access.sets or scene.snapshot.coverage.gap("PermissionSet"):
        return
    fillers = _Fillers(scene)
    chains = {way.address: _chain(scene, way) for way in scene.ways.pipelines.values()}
    for way, step in _steps(scene):
        for need in of_stage(scene, way, step):
            yield from fillers.judge(_Asked(way.address, _told(way, step), need), chains[way.address])
    for one in scene.ways.passes:
        for need in of_pass(scene, one):
            yield from fillers.judge(_Asked(one.address, one.name, need), frozenset())
    for address in scene.own("Validation"):
        if scene.tree.body(address).get("active") is not False:
            for need in of_validation(scene, address):
                asked = _Asked(address, f"{spoken(address)} lets a record be saved", need)
                yield from fillers.judge(asked, frozenset())


class _Fillers:
    """Who can fill fields."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._sight = Sight(scene)
        self._written = written_fields(scene)
        self._edited = frozenset(_edited(scene))

    def judge(self, asked: _Asked, chain: frozenset[str]) -> Iterator[Diagnostic]:
        """Whether somebody can fill a field that must be, and whether one of the roles of a chain can."""
        scene, need = self._scene, asked.need
        if not need.filled or not self._takes_a_person(need.object, need.name):
            return
        field = f"{need.object}.{need.name}"
        related = scene.tree.defined(scene.tree.address("Field", need.name, need.object))
        editors = sorted(name for name, level in scene.access.readers(need.object, need.name) if level == "edit")
        levels = {self._sight.level(role, need.object, need.name) for role in chain}
        if not editors:
            code, who = "HANDOFF009", "no permission set lets anybody edit it"
            readers = [name for name, _ in scene.access.readers(need.object, need.name)]
            evidence = [f"{', '.join(readers[:3])}: read only" if readers else "nobody can even read it"]
        elif levels and None not in levels and "edit" not in levels:
            code, who = "HANDOFF011", "no role on the way can edit it"
            evidence = [f"on the way: {', '.join(sorted(chain))}", f"may edit it: {', '.join(editors[:3])}"]
        else:
            return
        message = f"{field} must be filled before {asked.step}, and {who}"
        yield scene.finding(code, message, asked.address, need.route, evidence=tuple(evidence), related=related)

    def _takes_a_person(self, parent: str, field: str) -> bool:
        """Whether only people with a grant can fill a field, as far as the tree knows.

        Where no permission set lets anybody edit anything of an object, its grants are kept elsewhere.
        """
        facts = self._scene.tree.field(parent, field)
        if (
            parent not in self._edited
            or facts is None
            or facts.type in (None, *COMPUTED)
            or not self._sight.takes_grant(parent, field)
        ):
            return False
        return not may_be_written(self._scene, self._written, parent, field)


def _edited(scene: Scene) -> Iterator[str]:
    """The objects of which some permission set lets some field be edited."""
    for body in scene.access.sets.values():
        for parent, held in mapping(body.get("fields")).items():
            if "edit" in (mapping(held).get("default"), *mapping(mapping(held).get("fields")).values()):
                yield parent


def _chain(scene: Scene, way: Way) -> frozenset[str]:
    """The roles on the way of a pipeline's records: owners of stages and phases, both sides of handoffs, all above."""
    found = {step.owner for step in way.steps}
    for one in scene.ways.passes:
        if way.address in {end.way.address for end in (one.source, one.target) if end.way is not None}:
            found |= {one.role, *(end.step.owner for end in (one.source, one.target) if end.step is not None)}
    for address in scene.tree.of_kind("Lifecycle"):
        phases = rows(scene.tree.body(address).get("phases"))
        found |= {str(phase.get("owner_role") or "") for phase in phases if phase.get("object") == way.object}
    waiting = list(found)
    while waiting:
        above = scene.access.roles.get(waiting.pop(), {}).get("parent")
        if isinstance(above, str) and above not in found:
            found.add(above)
            waiting.append(above)
    return frozenset(found - {""})
