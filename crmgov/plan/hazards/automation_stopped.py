"""automation-stopped: something the CRM did by itself no longer happens."""

from collections.abc import Iterator

from msgspec import UNSET

from crmgov.plan.hazards import Situation
from crmgov.plan.proposals import Danger, Proposal

_NAME = "automation-stopped"


def hazards(step: Proposal, situation: Situation) -> Iterator[Danger]:  # noqa: ARG001 - one signature for all rules
    """Automations that are removed, switched off, or lose an action."""
    if not step.native.startswith("Automation/"):
        return
    before = step.before or {}
    if before.get("active") is False:
        return
    if step.action == "remove":
        yield Danger(hazard=_NAME, text="it no longer runs", counted=False)
    elif step.action in ("modify", "rename"):
        for change in step.changes:
            if change.route == ("active",) and change.after is not True:
                yield Danger(hazard=_NAME, text="is switched off", counted=False)
            elif len(change.route) == 2 and change.route[0] == "actions" and change.after is UNSET:
                yield Danger(hazard=_NAME, text=f"it no longer does {change.route[1]}", counted=False)
