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
    """Every automation that is off, and of which nothing says why.

    Where a Salesforce project keeps apart which version of a flow is active, its files are not asked.
    """
    scene = grants.scene
    if "FlowDefinition" in scene.snapshot.left:
        return
    for address in scene.own("Automation"):
        body = scene.tree.body(address)
        told = (
            f"{body.get('description') or ''} {body.get('label') or ''} {mapping(body.get('lifecycle')).get('reason')}"
        )
        if body.get("active") is False and not _SAID.search(told):
            derived = scene.snapshot.derived.get(address)
            word = f" ({derived.state})" if derived is not None and derived.state else ""
            message = f"{spoken(address)} is off{word}, and nothing says why or until when"
            yield scene.finding("REACH006", message, address, ("active",))


def empty_queues(grants: Grants) -> Iterator[Diagnostic]:
    """Every queue without members to which no automation routes (such a one is told where it is routed to).

    A queue that does not speak of members is asked where others do; a vendor's files do not list single people.
    """
    scene = grants.scene
    queues = {address: scene.tree.body(address) for address in scene.own("Team") if not scene.files}
    spoken_of = any(any(mapping(body.get("members")).values()) for body in queues.values())
    for address, body in queues.items():
        if body.get("type") != "queue" or any(mapping(body.get("members")).values()):
            continue
        if not spoken_of and "members" not in body:
            continue
        users = [user for user, _ in scene.uses.get(address, ()) if kind_of(user) == "Automation"]
        if not users:
            objects = ", ".join(str(name) for name in body.get("objects") or ())
            message = (
                f"Queue {spoken(address)} has no members{f': {objects} given to it lie unseen' if objects else ''}"
            )
            yield scene.finding("REACH007", message, address)
