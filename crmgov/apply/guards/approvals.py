"""Enough people agreed. No approval can exist yet, so a protected environment refuses every plan."""

from crmgov.apply import codes
from crmgov.apply.guards.request import Found, Request
from crmgov.apply.places import protected
from crmgov.model.diagnostics import Diagnostic, of


def check(request: Request, found: Found) -> list[Diagnostic]:  # noqa: ARG001 - all guards take the same
    """Refuse wherever approvals are asked for, or were when the plan was made."""
    name = request.environment
    if protected(request.spec):
        return [of(codes.APPROVALS, f"{name} is protected: its plans need approvals, and this version can check none")]
    if request.plan.core.protected:
        message = f"The plan was made while {name} was protected, and it no longer is"
        return [of(codes.APPROVALS, message, mend="Plan again, now that the protection has changed.")]
    return []
