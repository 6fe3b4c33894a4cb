"""Rules: automations arrive on, and queues have somebody in them."""

import re
from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.scene import mapping, spoken
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.snapshot import kind_of

_SAID = re.compile(
    r"deactivat|inactive|disabled|turned off|switched off|not in use|no longer|retired|replaced|obsolete|deprecat"
    r"|legacy|superseded|do not use|draft|pilot|inert|stub|deaktiver",
    re.IGNORECASE,
)
"""Words by which a description says that a thing is off on purpose."""


def arriving_off(grants: Grants) -> Iterator[Diagnostic]:
    """Every automation that is off, and of which nothing says why."""
    scene = grants.scene
    for address in scene.own("Automation"):
        body = scene.tree.body(address)
        told = (
            f"{body.get('description') or ''} {body.get('label') or ''} {mapping(body.get('lifecycle')).get('reason')}"
        )
        if body.get("active") is False and not _SAID.search(told):
            message = f"{spoken(address)} is off, and nothing says why or until when"
            yield scene.finding("REACH006", message, address, ("active",))


def empty_queues(grants: Grants) -> Iterator[Diagnostic]:
    """Every queue without members to which no automation routes (such a one is told where it is routed to).

    A vendor's files do not list members who are single people, so they are not asked.
    """
    scene = grants.scene
    if scene.files:
        return
    for address in scene.own("Team"):
        body = scene.tree.body(address)
        if body.get("type") != "queue" or any(mapping(body.get("members")).values()):
            continue
        users = [user for user, _ in scene.uses.get(address, ()) if kind_of(user) == "Automation"]
        if not users:
            objects = ", ".join(str(name) for name in body.get("objects") or ())
            message = (
                f"Queue {spoken(address)} has no members{f': {objects} given to it lie unseen' if objects else ''}"
            )
            yield scene.finding("REACH007", message, address)
