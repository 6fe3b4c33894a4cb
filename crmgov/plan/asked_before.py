"""Conditions of afterwards asked of records as they are: by old names, and blank where a field is only just added."""

from typing import Any

from crmgov.check.governance.silence.rewrite import BEFORE, FALSE, TRUE, rewritten
from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.evidence import Question
from crmgov.plan.hazards import Situation


def matching(situation: Situation, parent: str, criteria: Body, among: Body | None = None) -> Question:
    """The question how many records meet a condition, of those that meet another one."""
    return Question(
        type="matching",
        object=_earlier(situation, address("Object", parent), parent),
        criteria=asked_before(situation, parent, criteria),
        among=None if among is None else asked_before(situation, parent, among),
    )


def asked_before(situation: Situation, parent: str, criteria: Body) -> Body:
    """A condition on the fields that are there now."""

    def leaf(held: Body, _: bool) -> Body:
        held = dict(held)
        for key in ("field", "other_field"):
            if isinstance(held.get(key), str):
                native = address("Field", held[key], parent)
                if _arrives_blank(situation, native):
                    return TRUE if held.get("op") == "blank" else FALSE
                held[key] = _earlier(situation, native, held[key])
        return held

    return rewritten(criteria, leaf)


def _earlier(situation: Situation, native: str, name: str) -> str:
    step = situation.proposals.get(native)
    return parse(step.renamed_from).name if step is not None and step.renamed_from else name


def _arrives_blank(situation: Situation, native: str) -> bool:
    """Whether this plan adds a field, with nothing in it for records that exist."""
    step = situation.proposals.get(native)
    return step is not None and step.action == "add" and (step.after or {}).get("default") is None


def depends_on_before(criteria: Any) -> bool:
    """Whether a condition asks what a record was before, or is partly one in a vendor's language."""
    found: list[Body] = []

    def leaf(held: Body, _: bool) -> Body:
        found.append(held)
        return held

    rewritten(criteria, leaf)
    return any(held.get("op") in BEFORE or "formula" in held for held in found)
