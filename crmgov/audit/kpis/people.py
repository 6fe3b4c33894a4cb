"""Whether people come, and whether they write (rules 71 and 96: adoption is logging in and updating). Pure.

Nobody is named: keys of people are compared, and counted.
"""

from collections.abc import Iterator, Mapping, Sequence

from crmgov.audit.kpis.made import lately, shared
from crmgov.audit.process.criteria import every
from crmgov.audit.process.links import PEOPLE
from crmgov.audit.process.staff import MANY, active, people
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.audits import Kpi
from crmgov.model.figures import Figure, Holding, scope

_LOGINS, _ADOPTION = "login rate", "adoption"


def asks(scene: AuditScene) -> Iterator[Ask]:
    """Active people, those who were here lately, and who wrote records lately."""
    held = people(scene)
    if held is None or not held.active or scene.chosen is not None:
        return
    yield PEOPLE, _here(held)
    if held.logged_in:
        yield PEOPLE, _came(scene, held)
    wrote = list(_wrote(scene))
    if wrote:
        yield PEOPLE, _keys(held)
        yield from wrote


def kpis(scene: AuditScene, fields: Mapping[str, Sequence[Judged]]) -> Iterator[Kpi]:  # noqa: ARG001 - people decide
    """The share of active people who logged in, and of those who wrote a record, in the days that count as recent."""
    held = people(scene)
    if scene.chosen is not None:
        return  # what people do in a part of the CRM is not what they do in it
    if held is None or not held.active:
        reason = "the records do not say who works here"
        yield from (shared(name, PEOPLE, None, None, reason=reason) for name in (_LOGINS, _ADOPTION))
        return
    whole = scene.count(PEOPLE, _here(held))
    came = scene.count(PEOPLE, _came(scene, held)) if held.logged_in else None
    yield shared(_LOGINS, PEOPLE, came, whole, reason="the records do not say when people logged in")
    yield _adoption(scene, held, whole)


def _adoption(scene: AuditScene, held: Holding, whole: int | None) -> Kpi:
    asked = list(_wrote(scene))
    known = [scene.answer(parent, figure) for parent, figure in asked]
    keys = scene.answer(PEOPLE, _keys(held))
    if not asked or not keys.known or not any(one.known for one in known) or len(keys.counts) > MANY:
        reason = "the records do not say who wrote them, and when"
        return shared(_ADOPTION, PEOPLE, None, None, reason=reason)
    writers = {key for one in known for key, _ in one.counts}
    ours = writers & {key for key, _ in keys.counts}
    if writers and not ours:
        return shared(_ADOPTION, PEOPLE, None, None, reason="writers are not told by the key of a person")
    inputs = sum(one.known for one in known) / len(scene.holdings)
    return shared(_ADOPTION, PEOPLE, len(ours), whole, inputs=inputs, reason="nobody was counted")


def _here(held: Holding) -> Figure:
    return Figure(metric="records", where=scope(active(held)))


def _came(scene: AuditScene, held: Holding) -> Figure:
    return Figure(metric="records", where=scope(every(active(held), lately(scene, held.logged_in))))


def _keys(held: Holding) -> Figure:
    return Figure(metric="values", field=held.key, where=scope(active(held)), most=MANY + 1)


def _wrote(scene: AuditScene) -> Iterator[Ask]:
    for parent, held in scene.holdings.items():
        if parent != PEOPLE and held.editor and held.modified:
            where = scope(lately(scene, held.modified))
            yield parent, Figure(metric="values", field=held.editor, where=where, most=MANY)
