"""Where a saved plan contradicts itself: digests can be made right again after an edit, this cannot be overlooked."""

import base64
import binascii
from collections.abc import Iterator

from crmgov.model.address import AddressError, parse
from crmgov.model.canonical import digest, digest_of
from crmgov.model.diagnostics import brief
from crmgov.model.kinds import KINDS
from crmgov.model.plans import HAZARDS, Core, Plan


def plan_faults(plan: Plan) -> list[str]:
    """Everything in a plan that no plan made here holds, in words."""
    return [*core_faults(plan.core), *_context(plan)]


def core_faults(core: Core) -> list[str]:
    """The same of what is applied alone."""
    return [*_steps(core), *_addresses(core), *_kept(core)]


def _steps(core: Core) -> Iterator[str]:
    """Every step is in order, and changes something that has a name."""
    seen: set[int] = set()
    for step in core.steps:
        if step.id in seen or not seen.issuperset(step.after):
            yield f"Step {step.id} is not in order"
        seen.add(step.id)
        if not all(change.route for change in step.changes):
            yield f"Step {step.id} changes nothing that has a name"


def _context(plan: Plan) -> Iterator[str]:
    """Every step is told of once, in words that exist."""
    steps = plan.core.steps
    if sorted(about.step for about in plan.context.about) != sorted(step.id for step in steps):
        yield "What is told beside the steps is of other steps"
    for step in steps:
        for hazard in step.hazards:
            if hazard not in HAZARDS:
                yield f"Step {step.id} has the hazard {brief(hazard)}, which does not exist"
    for deviation in plan.context.deviations:
        yield from filter(None, map(_address, (deviation.address, deviation.native)))
        if not all(change.route for change in deviation.changes):
            yield "A deviation changes nothing that has a name"


def _addresses(core: Core) -> Iterator[str]:
    steps = [text for step in core.steps for text in (step.address, step.native, step.renamed_from) if text]
    records = [text for record in core.records for text in (record.address, record.native)]
    yield from filter(None, map(_address, (*steps, *records)))


def _address(text: str) -> str:
    try:
        at = parse(text)
    except AddressError as error:
        return str(error)
    if at.kind not in KINDS:
        return f"{brief(at.kind)!r} is no kind"
    return f"{brief(text)} is no resource" if at.elements else ""


def _kept(core: Core) -> Iterator[str]:
    """What is kept under a digest is what the digest says, and all that is referred to is there."""
    for name, body in core.desired.items():
        if digest_of(body) != name:
            yield f"The desired body {brief(name)} is another one"
    for name, text in core.blobs.items():
        if _blob(text) != name:
            yield f"The vendor file {brief(name)} is another one"
    for record in core.records:
        if record.desired and record.desired not in core.desired:
            yield f"The desired body of {brief(record.address)} is missing"


def _blob(text: str) -> str:
    try:
        return digest(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return ""
