"""What is wrong with a policy itself, so that it cannot be asked."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from crmgov.check.patterns import Pattern, PatternError
from crmgov.check.policy import codes  # noqa: F401 - declares the codes used here
from crmgov.check.policy.attributes import exists, steps_of
from crmgov.model.diagnostics import Diagnostic, Route, Where, brief, of
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Policy, Select
from crmgov.model.plans import HAZARDS

_OVER_PLANS = ("action", "hazard", "environment")


class _Policy(NamedTuple):
    address: str
    place: Where | None
    environments: Collection[str] | None

    def told(self, code: str, message: str, *route: str) -> Diagnostic:
        at = self.place
        there = None if at is None else Where(at.file, at.document, (*at.route, *route))
        name = self.address.partition("/")[2]
        return of(code, f"{name}: {message}", at=there, address=self.address)


def faults(
    address: str, policy: Policy, place: Where | None, environments: Collection[str] | None = None
) -> list[Diagnostic]:
    """Everything wrong with a policy. ``environments`` are the names of all; None where they are not known."""
    own = _Policy(address, place, environments)
    found = [*_purpose(own, policy), *_unless(own, policy)]
    limit = given(policy.limit, None)
    selects: list[tuple[Route, Select | None, bool]] = [
        (("select",), given(policy.select, None), False),
        (("forbid",), given(policy.forbid, None), True),
        (("limit", "select"), given(limit.select, None) if limit is not None else None, True),
    ]
    for route, select, over_plans in selects:
        if select is not None:
            found += _select(own, select, route, over_plans=over_plans)
    kinds = _kinds(given(policy.select, None))
    for number, require in enumerate(given(policy.require, [])):
        route = ("require", str(number))
        found += _attribute(own, require.attribute, kinds, (*route, "attribute"))
        found += _pattern(own, given(require.matches, ""), (*route, "matches"))
    return found


def _purpose(own: _Policy, policy: Policy) -> Iterator[Diagnostic]:
    asks = [given(policy.require, []), given(policy.forbid, None), given(policy.limit, None)]
    if not any(one not in (None, []) for one in asks):
        yield own.told("POLICY107", "it requires, forbids and limits nothing")
    elif given(policy.select, None) is not None and not asks[0]:
        yield own.told("POLICY107", "select without require chooses resources and asks nothing of them", "select")


def _unless(own: _Policy, policy: Policy) -> Iterator[Diagnostic]:
    """Evidence is of fields, so only their changes can wait for it."""
    if given(policy.unless, None) is None:
        return
    forbid = given(policy.forbid, None)
    if forbid is None:
        yield own.told("POLICY107", "unless lets through what forbid forbids, and there is no forbid", "unless")
    elif given(forbid.kind, []) != ["Field"]:
        yield own.told("POLICY107", "unless looks at how far a field is filled: forbid needs kind: [Field]", "unless")


def _select(own: _Policy, select: Select, route: Route, *, over_plans: bool) -> Iterator[Diagnostic]:
    for number, kind in enumerate(given(select.kind, [])):
        if kind not in KINDS:
            yield own.told("POLICY105", f"there is no kind {brief(kind)}", *route, "kind", str(number))
    for number, hazard in enumerate(given(select.hazard, [])):
        if hazard not in HAZARDS:
            yield own.told("POLICY105", f"there is no hazard {brief(hazard)}", *route, "hazard", str(number))
    for number, name in enumerate(given(select.environment, [])):
        if own.environments is not None and name not in own.environments:
            yield own.told("POLICY105", f"there is no environment {brief(name)}", *route, "environment", str(number))
    if not over_plans:
        for key in _OVER_PLANS:
            if given(getattr(select, key), None) is not None:
                yield own.told("POLICY107", f"{key} is of a plan and has no meaning over resources", *route, key)
    yield from _pattern(own, given(select.name, ""), (*route, "name"))
    for attribute in given(select.where, {}):
        yield from _attribute(own, attribute, _kinds(select), (*route, "where", attribute))


def _kinds(select: Select | None) -> list[str]:
    """The kinds that are asked for; empty where all are."""
    return [kind for kind in given(select.kind, []) if kind in KINDS] if select is not None else []


def _attribute(own: _Policy, attribute: str, kinds: list[str], route: Route) -> Iterator[Diagnostic]:
    steps = steps_of(attribute)
    if kinds:
        lacking = [kind for kind in kinds if not steps or not exists(kind, steps)]
    else:
        lacking = [] if steps and any(exists(kind, steps) for kind in KINDS) else ["resource"]
    if lacking:
        yield own.told("POLICY105", f"no {' or '.join(lacking)} can have {brief(attribute)}", *route)


def _pattern(own: _Policy, text: str, route: Route) -> Iterator[Diagnostic]:
    try:
        Pattern(text)
    except PatternError as error:
        yield own.told("POLICY104", f"{brief(text, 60)} {error}", *route)
