"""A policy over resources, asked of one resource at a time."""

from collections.abc import Iterator

from crmgov.check.policy.attributes import exists, hidden, steps_of, values
from crmgov.check.policy.chosen import Candidate, Chosen
from crmgov.check.policy.required import Required
from crmgov.model.address import parse
from crmgov.model.diagnostics import Route
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Policy, Select


class Kept:
    """What a policy without faults asks of resources."""

    def __init__(self, policy: Policy) -> None:
        self.chosen = Chosen(given(policy.select, Select()))
        self._require = [(one, steps_of(one.attribute)) for one in given(policy.require, [])]
        self._of_kind: dict[str, list[tuple[str, tuple[str, ...], Required]]] = {}

    def __bool__(self) -> bool:
        """Whether it asks anything of resources."""
        return bool(self._require)

    def breaches(self, one: Candidate) -> Iterator[tuple[Route, str, int | None]]:
        """How a chosen resource breaks it: the route of each attribute at fault, what is wrong in words, and how much
        there is of what is too much.
        """
        at = parse(one.address)
        asked = self._of_kind.get(at.kind)
        if asked is None:
            asked = self._of_kind[at.kind] = self._asked(at.kind)
        for attribute, steps, required in asked:
            for body in one.bodies:
                for route, value in values(at, body, steps):
                    wrong = required.lacks(value)
                    if wrong:
                        yield route, f"{'.'.join(route) or attribute} {wrong}", required.too_much(value)

    def _asked(self, kind: str) -> list[tuple[str, tuple[str, ...], Required]]:
        """What is asked of a kind. Where all kinds are chosen, some cannot have an attribute, and are not asked."""
        return [
            (one.attribute, steps, Required(one, secret=hidden(kind, steps)))
            for one, steps in self._require
            if exists(kind, steps)
        ]
