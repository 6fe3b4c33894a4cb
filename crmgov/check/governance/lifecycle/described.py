"""Rule: every stage and phase says what it is, what must be true before it, and who owns it."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.check.governance.scene import Scene, rows
from crmgov.check.governance.ways import Step, Way
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


class _Asked(NamedTuple):
    """What a stage or phase is asked for: code, key, and how a message calls it."""

    code: str
    key: str
    what: str


_DEFINITION = _Asked("STAGE001", "definition", "definition")
_ENTRY = _Asked("STAGE002", "entry", "entry criteria")
_OWNER = _Asked("STAGE003", "owner_role", "owner role")


def stages_are_described(scene: Scene) -> Iterator[Diagnostic]:
    """The stages of every pipeline where somebody began to say such things: in it, or in a Governance document.

    A vendor's own files cannot say most of it, so there no Governance document asks for it.
    The stage records start in has no entry: they are made there. In one that is lost or closed nobody has work left.
    """
    for way in scene.ways.pipelines.values():
        if scene.retired(way.address):
            continue
        start = way.start
        entered = [step for step in way.steps if step is not start]
        worked = [step for step in way.steps if not way.ends(step) or step.outcome in ("won", "converted")]
        yield from _lacking(scene, way, _DEFINITION, list(way.steps))
        yield from _lacking(scene, way, _ENTRY, entered)
        yield from _lacking(scene, way, _OWNER, worked)


def _says(step: Step, asked: _Asked) -> bool:
    """Whether a pipeline says it of a stage; a definition may stand in the stage set, as the stage's description."""
    said = step.row.get(asked.key) or (step.held.get("description") if asked is _DEFINITION else None)
    return bool(said.strip() if isinstance(said, str) else said)


def _lacking(scene: Scene, way: Way, asked: _Asked, steps: list[Step]) -> Iterator[Diagnostic]:
    silent = [step for step in steps if not _says(step, asked)]
    told = len(steps) - len(silent)
    if not told and (scene.files or not scene.governance):
        return
    name = parts(way.address)[2]
    for step in silent:
        evidence = (f"{told} of the other {len(steps) - 1} stages of {name} have one",) if told else ()
        message = f"Stage {step.name} of {name} has no {asked.what}"
        yield scene.finding(asked.code, message, way.address, step.route, evidence=evidence)


def phases_are_described(scene: Scene) -> Iterator[Diagnostic]:
    """The phases of every lifecycle: their definition, and the role that answers for them."""
    for address in scene.own("Lifecycle"):
        for phase in rows(scene.tree.body(address).get("phases")):
            for asked in (_DEFINITION, _OWNER):
                if not str(phase.get(asked.key) or "").strip():
                    message = f"Phase {phase.get('name')} of {parts(address)[2]} has no {asked.what}"
                    yield scene.finding(asked.code, message, address, ("phases", str(phase.get("name"))))
