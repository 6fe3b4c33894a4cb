"""records-invalidated: records that exist can no longer be saved as they are."""

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET

from crmgov.check.governance.silence.rewrite import present, without
from crmgov.model.address import Address
from crmgov.model.evidence import Question
from crmgov.plan.asked_before import depends_on_before, matching
from crmgov.plan.hazards import Situation, address_of, turned
from crmgov.plan.proposals import Danger, Proposal

_NAME = "records-invalidated"
_SHOWN = 3
"""Values named that go."""


def hazards(step: Proposal, situation: Situation) -> Iterator[Danger]:
    """Stricter fields, values that go, new validations."""
    at = address_of(step)
    if at.kind == "Field" and at.parent is not None:
        yield from _field(step, at, at.parent, situation)
    elif at.kind == "Validation":
        yield from _validation(step, at, situation)
    elif at.kind in ("Picklist", "StageSet"):
        values = _removed_values(step)
        for field, _ in situation.fields_of_picklist(at.name) if values else ():
            yield _holding(str(field.parent), field.name, values, situation)
    elif at.kind == "RecordType" and step.action == "remove":
        yield Danger(hazard=_NAME, text=f"{situation.records(str(at.parent))} of this type are left without one")


def _field(step: Proposal, at: Address, parent: str, situation: Situation) -> Iterator[Danger]:
    after, records = step.after or {}, situation.records(parent)
    if step.action == "remove":
        return
    required, unique = turned(step, ("required",)), turned(step, ("unique",))
    if step.action == "add":
        if after.get("required") and after.get("default") is None and not situation.is_new(f"Object/{parent}"):
            question = Question(type="records", object=parent)
            text = f"{records} have no value for it: their next save fails"
            yield Danger(hazard=_NAME, text=text, question=question)
        return
    if required is not None and required.after is True:
        question = Question(type="blank", object=parent, field=at.name)
        yield Danger(hazard=_NAME, text=f"{records} are blank: their next save fails", question=question)
    if unique is not None and unique.after is True:
        question = Question(type="duplicates", object=parent, field=at.name)
        yield Danger(hazard=_NAME, text=f"{records} share a value", question=question)
    restricted = turned(step, ("restricted",))
    if restricted is not None and restricted.after is True:
        yield Danger(hazard=_NAME, text=f"{records} hold a value that is not listed")
    values = _removed_values(step) or _left_behind(step, situation)
    if values:
        yield _holding(parent, at.name, values, situation)
    if any(change.route[0] == "references" and change.after is UNSET for change in step.changes):
        yield Danger(hazard=_NAME, text=f"{records} may point at what it no longer refers to")


def _left_behind(step: Proposal, situation: Situation) -> tuple[str, ...]:
    """Values of the shared picklist a field had that the one it gets instead does not know."""
    picklist = turned(step, ("picklist",))
    if picklist is None or not isinstance(picklist.before, str) or not isinstance(picklist.after, str):
        return ()
    known = situation.values_of(picklist.after, later=True)
    return tuple(value for value in situation.values_of(picklist.before, later=False) if value not in known)


def _removed_values(step: Proposal) -> tuple[str, ...]:
    """Names of values or stages that this change takes away."""
    if step.action not in ("modify", "remove", "rename"):
        return ()
    return tuple(
        change.route[1]
        for change in step.changes
        if len(change.route) == 2 and change.route[0] in ("values", "stages") and change.after is UNSET
        if not change.route[1].startswith("\0")
    )


def _holding(parent: str, field: str, values: tuple[str, ...], situation: Situation) -> Danger:
    question = Question(type="with_values", object=parent, field=field, values=values)
    named = " or ".join(f'"{value}"' for value in values[:_SHOWN])
    more = f" or {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return Danger(hazard=_NAME, text=f"{situation.records(parent)} hold {named}{more}", question=question)


def _validation(step: Proposal, at: Address, situation: Situation) -> Iterator[Danger]:
    after = step.after or {}
    if step.action == "remove" or after.get("active") is False or situation.is_new(f"Object/{at.parent}"):
        return
    stricter = step.action == "add" or any(turned(step, (name,)) for name in ("active", "reject_when", "formula"))
    if stricter:
        # A CRM that keeps conditions as text holds none that can be counted; the repository may have written one.
        criteria = after.get("reject_when") or situation.written(step.native, "reject_when")
        yield _rejected(step, str(at.parent), criteria, situation)


def _rejected(step: Proposal, parent: str, criteria: Any, situation: Situation) -> Danger:
    """The records a validation rejects when they are saved next, without those that it rejects already."""
    before = step.before or {}
    old = before.get("reject_when")
    text = f"{situation.records(parent)} meet it and cannot be saved"
    if not isinstance(criteria, dict):
        return Danger(hazard=_NAME, text=text)
    wanted = present(criteria)
    if isinstance(old, dict) and before.get("active") is not False and not depends_on_before(old):
        wanted, text = without(wanted, old), f"{situation.records(parent)} newly meet it and cannot be saved"
    if depends_on_before(criteria):
        text = f"{text} once what it waits for changes"
    return Danger(hazard=_NAME, text=text, question=matching(situation, parent, wanted))
