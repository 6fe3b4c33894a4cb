"""Rule: automations, layouts and mappings name nothing that is on its way out."""

from collections.abc import Iterator

from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.words import people
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Related, Route

_USERS = ("Automation", "Layout", "Integration")


def outgoing(scene: Scene) -> Iterator[Diagnostic]:
    """Uses of deprecated things; those of retired ones are refused by another rule."""
    going = {address: status for address, status in statuses(scene) if status.get("status") == "deprecated"}
    if not going:
        return
    used: dict[str, None] = {}
    for kind in _USERS:
        used |= dict.fromkeys(scene.own(kind))
    for address, status in going.items():
        told: set[str] = set()
        for user, route in scene.uses.get(address, ()):
            if user in used and user not in told and scene.tree.body(user).get("active") is not False:
                told.add(user)
                yield _told(scene, address, status, user, route)


def statuses(scene: Scene) -> Iterator[tuple[str, Body]]:
    """What is deprecated or retired, with its lifecycle."""
    for address, body in scene.snapshot.bodies.items():
        if b'"status":"deprecated"' in body or b'"status":"retired"' in body:
            yield address, mapping(scene.tree.body(address).get("lifecycle"))


def _told(scene: Scene, address: str, status: Body, user: str, route: Route) -> Diagnostic:
    since = f" since {status['since']}" if isinstance(status.get("since"), str) else ""
    until = f" and goes after {status['remove_after']}" if isinstance(status.get("remove_after"), str) else ""
    instead = status.get("replaced_by")
    place = scene.tree.where(address, ("lifecycle", "status"))
    return scene.finding(
        "LITERAL005",
        f"{people(user)} names {people(address)}, which is deprecated{since}{until}",
        user,
        route,
        hint=f'use "{instead}"' if isinstance(instead, str) else "",
        related=(Related("Deprecated at", place),) if place is not None else (),
    )
