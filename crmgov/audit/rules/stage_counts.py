"""How many records each stage holds, and how many were won and lost (governance rule 88)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.words import share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic

COVERS = {"INSTAGE005": (88,)}
_ENDS = ("won", "converted", "lost", "closed")


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The records of each stage."""
    for parent in stages.staged(scene):
        yield parent, stages.by_stage(scene, parent)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - stages decide
    """One for each object with enough records: a row of counts as evidence, in the order of the pipelines."""
    for parent in stages.staged(scene):
        answer, held = stages.counts(scene, parent)
        whole = answer.evidence.count or 0
        if answer.evidence.exactness != "value" or whole < scene.settings.minimum_records:
            continue
        known = stages.outcomes(scene, parent)
        ends = [(word, sum(held.get(name, 0) for name, outcome in known.items() if outcome == word)) for word in _ENDS]
        ended = sum(count for _, count in ends)
        opened = sum(held.get(name, 0) for name, outcome in known.items() if outcome == "open")
        parts = [
            share(opened, whole, "are open"),
            *(share(count, ended, f"ended as {word}") for word, count in ends if count),
        ]
        message = f"{parent}, by the stage records are in now: {', '.join(parts)}"
        names = dict.fromkeys(step.name for way in stages.ways_of(scene, parent) for step in way.steps)
        rows = tuple(f"{name}: {held.get(name, 0):,}" for name in names)
        address = stages.ways_of(scene, parent)[0].address
        yield scene.config.finding("INSTAGE005", message, address, ("stages",), evidence=rows)
