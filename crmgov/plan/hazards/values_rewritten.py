"""values-rewritten: values in records are converted."""

from collections.abc import Iterator

from crmgov.model.evidence import Question
from crmgov.plan.hazards import Situation, address_of, turned
from crmgov.plan.proposals import Danger, Proposal


def hazards(step: Proposal, situation: Situation) -> Iterator[Danger]:
    """A field that changes its type converts what it holds."""
    at = address_of(step)
    converts = step.action in ("modify", "rename") and turned(step, ("type",))
    if at.kind == "Field" and at.parent is not None and converts:
        question = Question(type="filled", object=at.parent, field=at.name)
        text = f"{situation.records(at.parent)} have their value converted"
        yield Danger(hazard="values-rewritten", text=text, question=question)
