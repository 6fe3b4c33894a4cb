"""Picklist fields whose records hold values that are not listed (governance rule 1)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.picklists import listed
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Every value of every picklist field, as often as it occurs."""
    for _, parent, name, body in scene.fields:
        if body.get("type") in ("picklist", "multipicklist") and scene.holds(parent, name):
            yield parent, Figure(metric="values", field=name, most=scene.settings.few_values)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each field with values that are not listed."""
    for address, parent, name, body in scene.fields:
        known = listed(scene.config, body)
        if known is None:
            continue
        answer = scene.answer(parent, Figure(metric="values", field=name, most=scene.settings.few_values))
        strange = [count for value, count in answer.counts if value not in known]
        if strange:
            share = f"{sum(strange):,} of {answer.evidence.count or 0:,} records with a value"
            message = f"{spoken(address)}: {len(strange)} values that are not listed, on {share}"
            yield scene.config.finding("VALUES001", message, address, evidence=(share,))
