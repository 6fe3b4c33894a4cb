"""Active users who have not logged in for long (governance rules 53 and 96)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import before, blank, days_ago, every
from crmgov.audit.process.links import PEOPLE
from crmgov.audit.process.staff import active, people
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic, Severity
from crmgov.model.figures import Figure, Holding, scope

COVERS = {"USERS001": (53, 96)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Active users, those away for long, and those who never came; only where the source knows of logins."""
    held = people(scene)
    if held is not None and held.logged_in:
        yield from ((PEOPLE, figure) for figure in _figures(scene, held))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - logins decide
    """One for all of them; nobody is named."""
    held = people(scene)
    if held is None or not held.logged_in:
        return
    whole, away, never = (counted(scene, PEOPLE, figure) for figure in _figures(scene, held))
    if away or never:
        text = share(away + never, whole, "active users" if held.active else "users")
        message = f"{text} have not logged in for {scene.settings.login_days} days, {never:,} of them never"
        address = next(iter(scene.config.tree.of_kind("Governance")), "")
        # Without a word on who is active, they may all have been switched off long ago.
        severity: Severity | None = None if held.active else "note"
        yield scene.config.finding("USERS001", message, address, severity=severity, evidence=(text,))


def _figures(scene: AuditScene, held: Holding) -> tuple[Figure, Figure, Figure]:
    here = active(held)
    away = every(here, before(held.logged_in, days_ago(scene.today, scene.settings.login_days)))
    # Whoever was added lately has had no time to log in.
    dated = held.kinds.get(held.created) == "time"
    long_ago = before(held.created, days_ago(scene.today, scene.settings.login_days)) if dated else None
    never = every(here, blank(held.logged_in), long_ago)
    first, second, third = (Figure(metric="records", where=scope(one)) for one in (here, away, never))
    return first, second, third
