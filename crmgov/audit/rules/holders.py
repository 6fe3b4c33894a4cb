"""How many people can export, and how many see all records (governance rule 50)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import every, one_of
from crmgov.audit.process.staff import ASSIGNEE, ASSIGNMENTS, assigned, still_here
from crmgov.audit.process.words import counted
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.permissions.holders import EXPORTING
from crmgov.check.governance.scene import mapping
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"USERS004": (50,)}
_RIGHTS = {"export": ("export",), "see or change all": ("view_all", "modify_all")}
_CAPABILITIES = {"export": EXPORTING, "see or change all": ("ViewAllData", "ModifyAllData")}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """People with any of the sets that give each of these rights."""
    for _, sets in _giving(scene):
        yield ASSIGNMENTS, _figure(scene, sets)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - people decide
    """One for each right; sets held by profile do not show in assignments and are not counted."""
    for right, sets in _giving(scene):
        count = counted(scene, ASSIGNMENTS, _figure(scene, sets))
        if count:
            people = "1 user" if count == 1 else f"{count:,} users"
            message = f"{people} can {right} records of some object, by {', '.join(sets[:4])}"
            address = scene.config.tree.address("PermissionSet", sets[0])
            yield scene.config.finding("USERS004", message, address, evidence=(people, *sets), amount=count)


def _giving(scene: AuditScene) -> Iterator[tuple[str, list[str]]]:
    """Each right with the permission sets that give it, alone or by what they include."""
    if not assigned(scene):
        return
    access = scene.config.access
    for right in _RIGHTS:
        found = [
            name for name in access.sets if any(_gives(access.sets.get(one, {}), right) for one in access.behind(name))
        ]
        if found:
            yield right, sorted(found)


def _gives(body: dict[str, object], right: str) -> bool:
    rows = mapping(body.get("objects")).values()
    held = mapping(body.get("capabilities"))
    return any(mapping(row).get(name) is True for row in rows for name in _RIGHTS[right]) or any(
        held.get(name) is True for name in _CAPABILITIES[right]
    )


def _figure(scene: AuditScene, sets: Sequence[str]) -> Figure:
    via, here = still_here(scene)
    where = every(one_of(assigned(scene), sets), here)
    return Figure(metric="distinct", field=ASSIGNEE, where=scope(where), via=via)
