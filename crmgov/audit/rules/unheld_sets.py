"""Permission sets and roles that no active user holds (governance rule 50)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.links import PEOPLE
from crmgov.audit.process.staff import ASSIGNMENTS, MANY, active, assigned, people, still_here
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Answer, Figure, scope

COVERS = {"USERS003": (50,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """People by permission set, and by role, as far as the source holds assignments and roles."""
    if assigned(scene):
        yield ASSIGNMENTS, _by_set(scene)
    held = people(scene)
    if held is not None and held.role:
        yield PEOPLE, _by_role(scene)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - people decide
    """One for each set and each role that stands for sets; a set that comes with another is held with it."""
    if assigned(scene):
        answer = scene.answer(ASSIGNMENTS, _by_set(scene))
        within = _within(scene)
        for address in scene.config.own("PermissionSet"):
            name, body = parts(address)[2], scene.config.tree.body(address)
            if _none(answer, {name}) and name not in within and body.get("profile") is not True:
                message = f"No active user holds the permission set {name}"
                basis = _basis(answer, "assignments of active users")
                yield scene.config.finding("USERS003", message, address, evidence=(basis,))
    held = people(scene)
    if held is None or not held.role:
        return
    answer = scene.answer(PEOPLE, _by_role(scene))
    for address in scene.config.own("Role"):
        name, body = parts(address)[2], scene.config.tree.body(address)
        if body.get("grants") and _none(answer, {name, str(body.get("label") or name)}):
            message = f"No active user has the role {name}, which grants permission sets"
            basis = _basis(answer, "active users with a role")
            yield scene.config.finding("USERS003", message, address, evidence=(basis,))


def _none(answer: Answer, names: set[str]) -> bool:
    """Whether a full count holds none of these names; an empty one says nothing."""
    wanted = {name.casefold() for name in names}
    seen = (value.casefold() for value, _ in answer.counts)
    return bool(answer.counts) and len(answer.counts) < MANY and wanted.isdisjoint(seen)


def _basis(answer: Answer, what: str) -> str:
    return f"{answer.evidence.count or 0:,} {what} counted"


def _within(scene: AuditScene) -> set[str]:
    """Permission sets that come with a group or a role."""
    tree = scene.config.tree
    found = {str(one) for a in tree.of_kind("PermissionSet") for one in tree.body(a).get("includes") or ()}
    return found | {str(one) for a in tree.of_kind("Role") for one in tree.body(a).get("grants") or ()}


def _by_set(scene: AuditScene) -> Figure:
    via, here = still_here(scene)
    return Figure(metric="values", field=assigned(scene), where=scope(here), via=via, most=MANY)


def _by_role(scene: AuditScene) -> Figure:
    held = scene.pointed[PEOPLE]
    return Figure(metric="values", field=held.role, where=scope(active(held)), most=MANY)
