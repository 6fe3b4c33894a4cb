"""The plan does not change more at once than the environment allows."""

from crmgov.apply import codes
from crmgov.apply.guards.request import Found, Request
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.kinds.environments import Limits


def check(request: Request, found: Found) -> list[Diagnostic]:
    """Compare the numbers of changes and removals with the limits."""
    protection = request.spec.protection
    limits = protection.limits if protection else None
    if not isinstance(limits, Limits):
        return []
    steps = request.plan.core.steps
    removals = sum(step.action in ("remove", "replace") for step in steps)
    governed = len(found.baseline.heads)
    share = 100.0 * removals / max(governed, removals, 1)
    pairs = (
        ("changes", len(steps), limits.changes, ""),
        ("removals", removals, limits.removals, ""),
        ("removal_percent", share, limits.removal_percent, "%"),
    )
    return [
        of(codes.LIMIT, f"{name}: the plan has {value:g}{unit}, and {request.environment} allows {limit:g}{unit}")
        for name, value, limit, unit in pairs
        if isinstance(limit, (int, float)) and value > limit
    ]
