"""data-loss: values in records are destroyed."""

from collections.abc import Iterator

from crmgov.model.evidence import Question
from crmgov.plan.hazards import Situation, address_of, turned
from crmgov.plan.proposals import Danger, Proposal

_NOT_STORED = {"formula", "rollup"}


def hazards(step: Proposal, situation: Situation) -> Iterator[Danger]:
    """Removal of fields and objects; types and lengths that hold less."""
    at = address_of(step)
    before = step.before or {}
    if step.action == "remove" and at.kind == "Object":
        question = Question(type="records", object=at.name)
        yield Danger(hazard="data-loss", text=f"{situation.records(at.name)} are deleted", question=question)
    if at.kind != "Field" or at.parent is None or before.get("type") in _NOT_STORED:
        return
    if step.action == "remove":
        question = Question(type="filled", object=at.parent, field=at.name)
        yield Danger(hazard="data-loss", text=f"{situation.records(at.parent)} hold a value", question=question)
    elif step.action in ("modify", "rename"):
        yield from _narrowed(step, at.parent, at.name, situation.records(at.parent))


def _narrowed(step: Proposal, parent: str, name: str, records: str) -> Iterator[Danger]:
    after = step.after or {}
    if turned(step, ("type",)) or turned(step, ("scale",)) or turned(step, ("precision",)):
        question = Question(type="not_convertible", object=parent, field=name, target=after)
        yield Danger(
            hazard="data-loss", text=f"{records} hold a value that does not fit the new type", question=question
        )
    length = turned(step, ("length",))
    if length is None or not isinstance(length.after, int):
        return
    if not isinstance(length.before, int) or length.after < length.before:
        question = Question(type="longer_than", object=parent, field=name, number=length.after)
        yield Danger(hazard="data-loss", text=f"{records} hold a value longer than {length.after}", question=question)
