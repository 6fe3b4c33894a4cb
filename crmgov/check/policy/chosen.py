"""What a policy looks at."""

from typing import Any

import msgspec

from crmgov.check.patterns import Pattern
from crmgov.check.policy.attributes import steps_of, values
from crmgov.model.address import parse
from crmgov.model.canonical import Body
from crmgov.model.evidence import Evidence
from crmgov.model.flat import is_local
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Select


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A resource or a change that a policy may look at.

    ``bodies`` are what is known of the resource: before and after a change. ``document`` says whether its own document
    is at hand: without it neither tags nor anything else that only crmgov reads is known, and the ``owner`` given may
    not be the one it stated.
    """

    address: str
    bodies: tuple[Body, ...]
    owner: str = ""
    document: bool = True
    action: str = ""
    hazards: tuple[str, ...] = ()
    environment: str = ""
    evidence: Evidence | None = None
    """How far the field that changes is filled, on the records the policy speaks of; None where that was not asked."""


class Chosen:
    """One ``select``, asked of many candidates."""

    def __init__(self, select: Select) -> None:
        """Raises PatternError."""
        self._kinds = given(select.kind, [])
        self._objects = given(select.object, [])
        self._name = Pattern(select.name) if isinstance(select.name, str) else None
        self._tags = given(select.tags, [])
        self._owner = given(select.owner, "")
        self._where = [(steps_of(name), wanted) for name, wanted in given(select.where, {}).items()]
        self._action = given(select.action, [])
        self._hazard = given(select.hazard, [])
        self._environment = given(select.environment, [])

    @property
    def by_owner(self) -> bool:
        """Whether the owner decides."""
        return bool(self._owner)

    def may(self, kind: str) -> bool:
        """Whether resources of a kind can be chosen at all."""
        return not self._kinds or kind in self._kinds

    def fits(self, one: Candidate) -> bool | None:
        """Whether a candidate is chosen; None where what decides it is not known."""
        at = parse(one.address)
        of = at.name if at.kind == "Object" else at.parent
        sure = (
            self.may(at.kind)
            and (not self._objects or of in self._objects)
            and (self._name is None or self._name.found_in(at.name))
            and (not self._action or one.action in self._action)
            and (not self._hazard or any(hazard in self._hazard for hazard in one.hazards))
            and (not self._environment or one.environment in self._environment)
        )
        if not sure:
            return False
        answers = [self._owned(one), self._tagged(one), *(self._has(one, *asked) for asked in self._where)]
        return False if False in answers else None if None in answers else True

    def _owned(self, one: Candidate) -> bool | None:
        if not self._owner or one.owner == self._owner:
            return True
        return False if one.document else None

    def _tagged(self, one: Candidate) -> bool | None:
        if not self._tags:
            return True
        if not one.document:
            return None
        return any(tag in self._tags for body in one.bodies for tag in body.get("tags") or ())

    def _has(self, one: Candidate, steps: tuple[str, ...], wanted: Any) -> bool | None:
        at = parse(one.address)
        if not one.document and is_local(at.kind, steps):
            return None
        accepted = wanted if isinstance(wanted, list) else [wanted]
        found = [value for body in one.bodies for _, value in values(at, body, steps)]
        return any(same(part, want) for value in found for part in entries(value) for want in accepted)


def entries(value: Any) -> list[Any]:
    """What is compared one by one: the entries of a list, else the value; an empty list is nothing."""
    return (value or [None]) if isinstance(value, list) else [value]


def same(value: Any, wanted: Any) -> bool:
    """Whether two plain values are the same; ``true`` is not 1."""
    return isinstance(value, bool) == isinstance(wanted, bool) and bool(value == wanted)
