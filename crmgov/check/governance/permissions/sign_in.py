"""Rule: a password alone lets nobody in."""

import re
from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.scene import mapping
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_SECOND = re.compile(r"mfa|multi_?factor|two_?factor|second_?factor", re.IGNORECASE)
_DEMANDS = re.compile(r"requir|enforc|mandatory|forced?(?![a-z])", re.IGNORECASE)


def second_factor(grants: Grants) -> Iterator[Diagnostic]:
    """Every switch that demands a second factor and is off."""
    scene = grants.scene
    for address in scene.tree.of_kind("Setting"):
        for name, value in mapping(scene.tree.body(address).get("values")).items():
            if value is False and _SECOND.search(name) and _DEMANDS.search(name):
                message = f"{name} is off in {parts(address)[2]}: a password alone lets people in"
                yield scene.finding("ACCESS016", message, address, ("values", name))
