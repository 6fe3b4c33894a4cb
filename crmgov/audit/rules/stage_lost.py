"""Records in a stage that the pipelines of their object do not have (governance rules 14 and 16)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.words import listed, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic

COVERS = {"INSTAGE002": (14, 16)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The records of each stage."""
    for parent in stages.staged(scene):
        yield parent, stages.by_stage(scene, parent)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - stages decide
    """One for each object with such records. A stage that is not configured is a record's value and is not named."""
    for parent in stages.staged(scene):
        answer, held = stages.counts(scene, parent)
        if answer.evidence.exactness != "value":
            continue
        ways, known = stages.ways_of(scene, parent), stages.outcomes(scene, parent)
        lost = {name: count for name, count in held.items() if not any(way.step(name) for way in ways)}
        if not lost:
            continue
        named = [(f'"{name}"', count) for name, count in lost.items() if name in known]
        others = [count for name, count in lost.items() if name not in known]
        told = [listed(named)] if named else []
        if others:
            told.append(f"{len(others)} that no stage set lists {sum(others):,}")
        text = share(sum(lost.values()), answer.evidence.count or 0, f"{parent} records")
        message = f"{text} are in stages that no pipeline has: {', '.join(told)}"
        yield scene.config.finding("INSTAGE002", message, ways[0].address, ("stages",), evidence=(text,))
