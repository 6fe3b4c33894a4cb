"""overwrites-live: live values that were never applied from here are overwritten."""

from collections.abc import Iterator

from crmgov.plan.hazards import Situation
from crmgov.plan.proposals import Danger, Proposal


def hazards(step: Proposal, situation: Situation) -> Iterator[Danger]:  # noqa: ARG001 - one signature for all rules
    """The first apply to something that was made by hand."""
    if step.overwritten:
        count = step.overwritten
        text = f"{count} live value{'s' if count > 1 else ''} made elsewhere {'are' if count > 1 else 'is'} overwritten"
        yield Danger(hazard="overwrites-live", text=text, counted=False)
