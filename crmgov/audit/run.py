"""One audit from end to end: ask, ask on, judge. The records are asked through a protocol; everything else is pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from crmgov.audit import facts as field_facts
from crmgov.audit import kpis, population, values_shown
from crmgov.audit.rules import RULES
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.silence.figures import automations
from crmgov.audit.verdicts import Judged, judged
from crmgov.model.audits import AutomationFigures, Kpi
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, Records

_MOST_ROUNDS = 6
"""Rounds of questions. A rule needs at most three: how many, how many different, which."""


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an audit."""

    scene: AuditScene
    verdicts: list[Judged]
    findings: list[Diagnostic]
    automations: Sequence[AutomationFigures] = ()
    """What each automation and routing rule does with the records in its scope."""
    scorecard: tuple[Kpi, ...] = ()
    """The figures people follow over months."""


def audit(scene: AuditScene, records: Records) -> Audit:
    """Ask until no rule wants to know more, then judge."""
    asked: set[Ask] = set()
    for _ in range(_MOST_ROUNDS):
        new = dict.fromkeys(ask for ask in _wanted(scene) if ask not in asked)
        if not new:
            break
        asked |= new.keys()
        scene.answers.update(records.answer(_by_object(new)))
    verdicts = [judged(scene, facts) for facts in field_facts.facts(scene)]
    findings = [*records.problems(), *(finding for rule in RULES for finding in rule.findings(scene, verdicts))]
    return Audit(
        scene=scene, verdicts=verdicts, findings=findings, automations=list(automations(scene)),
        scorecard=kpis.scorecard(scene, verdicts),
    )  # fmt: skip


def _wanted(scene: AuditScene) -> Iterable[Ask]:
    yield from population.asks(scene)
    yield from values_shown.asks(scene)
    yield from kpis.asks(scene)
    for rule in RULES:
        yield from rule.asks(scene)


def _by_object(asks: Iterable[Ask]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    for parent, figure in asks:
        found[parent].append(figure)
    return found
