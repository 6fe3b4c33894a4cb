"""Every hazard was accepted by name."""

from crmgov.apply import codes
from crmgov.apply.guards.request import Found, Request
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.plans import HAZARDS


def check(request: Request, found: Found) -> list[Diagnostic]:  # noqa: ARG001 - all guards take the same
    """One refusal per hazard of a step that nobody accepted, with the option that accepts it."""
    accepted = set(request.allow)
    missing = []
    for step in request.plan.core.steps:
        for hazard in step.hazards:
            if not accepted & {(hazard, None), (hazard, step.address), (hazard, step.native)}:
                text = HAZARDS.get(hazard, "harm of a class this version does not know")
                mend = f"If it is meant: --allow {hazard}, or only here: --allow {hazard}:{step.address}"
                missing.append(of(codes.HAZARD, f"{step.address}: {hazard} ({text})", address=step.address, mend=mend))
    return missing
