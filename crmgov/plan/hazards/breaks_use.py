"""breaks-use: something that stays uses what is removed."""

from collections.abc import Iterator

from crmgov.model.address import for_people
from crmgov.plan.hazards import Situation
from crmgov.plan.proposals import Danger, Proposal


def hazards(step: Proposal, situation: Situation) -> Iterator[Danger]:  # noqa: ARG001 - one signature for all rules
    """A removal whose users are still there after the plan; ``used_by`` holds who they are."""
    if step.action == "remove" and step.used_by:
        shown = ", ".join(for_people(user) for user in step.used_by[:3])
        more = f" and {len(step.used_by) - 3} more" if len(step.used_by) > 3 else ""
        yield Danger(hazard="breaks-use", text=f"still used by {shown}{more}", counted=False)
