"""People who log in and change nothing (governance rule 96)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import before, days_ago, every, present
from crmgov.audit.process.links import PEOPLE
from crmgov.audit.process.staff import MANY, active, people
from crmgov.audit.process.words import share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, Holding, scope

COVERS = {"USERS002": (96,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Who logged in lately, and who changed a record of any object lately; keys of people stay in memory."""
    held, edited = people(scene), _edited(scene)
    if held is not None and held.logged_in and held.active and edited:
        yield PEOPLE, _came(scene, held)
        yield from ((parent, _editors(scene, parent)) for parent in edited)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - people decide
    """One for all of them; nobody is named. What was not counted in full is no evidence of nothing."""
    held, edited = people(scene), _edited(scene)
    if held is None or not held.logged_in or not held.active or not edited:
        return
    came = scene.answer(PEOPLE, _came(scene, held))
    answers = [scene.answer(parent, _editors(scene, parent)) for parent in edited]
    if not came.known or not all(one.known and len(one.counts) < MANY for one in (came, *answers)):
        return
    here = {key for key, _ in came.counts}
    idle = here - {key for one in answers for key, _ in one.counts}
    if idle and len(idle) < len(here):
        text = share(len(idle), len(here), f"people who logged in within {scene.settings.login_days} days")
        message = f"{text} were not the last to change any record of {' or '.join(edited)} in that time"
        address = next(iter(scene.config.tree.of_kind("Governance")), "")
        yield scene.config.finding("USERS002", message, address, evidence=(text,))


def _edited(scene: AuditScene) -> list[str]:
    """Objects whose records say who changed them last, and when."""
    return [name for name, held in scene.holdings.items() if held.editor and held.modified and name != PEOPLE]


def _came(scene: AuditScene, held: Holding) -> Figure:
    return Figure(metric="values", field=held.key, where=scope(_lately(scene, held.logged_in, held)), most=MANY)


def _editors(scene: AuditScene, parent: str) -> Figure:
    held = scene.holdings[parent]
    lately = _lately(scene, held.modified, None)
    return Figure(metric="values", field=held.editor, where=scope(lately), most=MANY)


def _lately(scene: AuditScene, date: str, held: Holding | None) -> dict[str, object] | None:
    since = days_ago(scene.today, scene.settings.login_days)
    return every(None if held is None else active(held), present(date), {"not": before(date, since)})
