"""access-widened: somebody can see or do more than before."""

from collections.abc import Iterator

from msgspec import UNSET

from crmgov.model.address import address
from crmgov.model.operations import RouteChange
from crmgov.plan.hazards import Situation
from crmgov.plan.proposals import Danger, Proposal

_SHARING = [
    "private", "controlled_by_parent", "controlled_by_campaign", "controlled_by_lead_or_contact", "read", "read_write",
    "read_write_transfer", "full_access",
]  # fmt: skip
_FIELD = {"none": 0, "read": 1, "edit": 2}


def hazards(step: Proposal, situation: Situation) -> Iterator[Danger]:
    """Grants, capabilities, memberships and sharing that go up. What this plan adds itself was nobody's before."""
    kind = step.native.partition("/")[0]
    if step.action not in ("modify", "rename"):
        return
    for change in step.changes:
        text = ""
        if kind == "PermissionSet":
            text = _grant(change, situation)
        elif kind == "Team" and change.route[0] == "members" and len(change.route) == 3 and change.before is UNSET:
            text = f"new members: {change.route[1].replace('_', ' ')} {change.route[2]}"
        elif kind == "Role" and change.route == ("parent",):
            text = "the new role above sees what this one sees"
        elif kind == "Object" and change.route[0] in ("sharing", "external_sharing"):
            text = _sharing(change)
        if text:
            yield Danger(hazard="access-widened", text=text, counted=False)


def _grant(change: RouteChange, situation: Situation) -> str:
    route, after = change.route, change.after
    if route[0] == "objects" and len(route) == 3 and after is True and change.before is not True:
        return "" if situation.is_new(address("Object", route[1])) else f"can now {_words(route[2])} {route[1]}"
    if route[0] == "capabilities" and len(route) == 2 and after is True:
        return f"can now {_words(route[1])}"
    if route[0] == "fields" and len(route) >= 3 and isinstance(after, str) and after in _FIELD:
        name = route[-1] if route[2] == "fields" else "fields by default"
        if len(route) == 4 and situation.is_new(address("Field", route[3], route[1])):
            return ""
        before = _FIELD.get(str(change.before), 0)
        return f"can now {after} {route[1]}.{name}" if _FIELD[after] > before else ""
    if route[0] == "includes" and change.before is UNSET:
        return f"now includes {route[1]}"
    if route[0] == "mutes" and after is UNSET:
        return f"no longer mutes {route[1]}"
    return ""


def _words(permission: str) -> str:
    return permission.replace("_", " ")


def _sharing(change: RouteChange) -> str:
    before = _SHARING.index(str(change.before)) if change.before in _SHARING else 0
    after = _SHARING.index(str(change.after)) if change.after in _SHARING else -1
    return f"records are shared more widely ({change.after})" if after > before else ""
