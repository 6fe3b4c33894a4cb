"""Values that are no longer offered and that records still hold (governance rules 1 and 38)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.population import recent
from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.held import Held, held, values_asked
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Severity
from crmgov.model.figures import Figure

COVERS = {"VALUES004": (1, 38)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The values of fields that hold retired ones, on records made recently."""
    for one in held(scene):
        figure = _lately(scene, one)
        if figure is not None:
            yield one.made[1], figure


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each retired value that records hold; a warning where a replacement is named or new records hold it."""
    for one in held(scene):
        figure = _lately(scene, one)
        lately = dict(scene.answer(one.made[1], figure).counts) if figure is not None else {}
        for name, row in one.listing.values.items():
            count, new = one.values[name], lately.get(name, 0)
            if _is_retired(row) and count:
                days = scene.settings.recent_days
                hold = "record holds" if count == 1 else "records hold"
                message = f"{spoken(one.made[0])}: {count:,} {hold} {name}, which is no longer offered"
                replaced = row.get("replaced_by")
                message += f"; it is replaced by {replaced}" if replaced else ""
                message += f"; {new:,} of them are of the last {days} days" if new else ""
                severity: Severity | None = "warning" if new or replaced else None
                of = f"{count:,} of {one.of}"
                yield scene.config.finding("VALUES004", message, one.made[0], severity=severity, evidence=(of,))


def _lately(scene: AuditScene, one: Held) -> Figure | None:
    since = recent(scene, one.made[1])
    retired = any(_is_retired(row) and one.values[name] for name, row in one.listing.values.items())
    single = one.made[3].get("type") == "picklist"
    return values_asked(scene, one.made, since) if since is not None and retired and single else None


def _is_retired(row: Body) -> bool:
    return row.get("active") is False or bool(row.get("replaced_by"))
