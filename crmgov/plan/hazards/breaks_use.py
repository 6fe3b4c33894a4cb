"""breaks-use: something that stays uses what goes."""

from collections.abc import Iterator

from crmgov.check.words import people
from crmgov.model.address import for_people, parse
from crmgov.model.diagnostics import Route
from crmgov.model.flat import route_text
from crmgov.model.snapshot import kind_of
from crmgov.plan.hazards import Situation
from crmgov.plan.proposals import Danger, Proposal

_SHOWN = 3
"""Users named for each thing that goes."""


def hazards(step: Proposal, situation: Situation) -> Iterator[Danger]:
    """What the change takes away and something uses after the plan: the resource, or values and stages of it."""
    users: dict[str, dict[str, None]] = {}
    for target, user, route in step.broken:
        users.setdefault(target, {})[_user(step, user, route, situation)] = None
    for target, names in users.items():
        shown = ", ".join(list(names)[:_SHOWN])
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        elements = parse(target).elements
        what = f'"{elements[-1][1]}" is still used by' if elements else "still used by"
        yield Danger(hazard="breaks-use", text=f"{what} {shown}{more}", counted=False)


def _user(step: Proposal, user: str, route: Route, situation: Situation) -> str:
    kind = kind_of(user)
    if user == step.native:
        return f"its own {route_text(kind, route)}"
    word = situation.words.get(kind)
    return f"{word} {for_people(user)}" if word and kind not in ("Field", "Object") else people(user)
