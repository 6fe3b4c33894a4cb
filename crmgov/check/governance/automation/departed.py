"""Rule: no work goes to people who have left."""

from collections.abc import Iterator

from crmgov.check.governance.automation.outgoing import statuses
from crmgov.check.governance.automation.steps import actions, running, targets
from crmgov.check.governance.scene import Scene, mapping, spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


def departed(scene: Scene) -> Iterator[Diagnostic]:
    """People listed as Externals that are deprecated or retired, where work still goes to them."""
    left = {
        parts(address)[2]
        for address, _ in statuses(scene)
        if address.startswith("External/") and scene.tree.body(address).get("type") == "user"
    }
    if not left:
        return
    for one in running(scene):
        for route, action in actions(one.body):
            for at, target in targets(route, action):
                if target.get("user") in left:
                    message = f'"{action.get("name")}" goes to {target["user"]}, who is no longer there'
                    yield scene.finding("LITERAL006", message, one.address, (*at, "user"))
    for address in scene.own("Team"):
        for user in mapping(scene.tree.body(address).get("members")).get("users") or ():
            if user in left:
                message = f"{spoken(address)} still has {user} as a member, who is no longer there"
                yield scene.finding("LITERAL006", message, address, ("members", "users", user))
