"""Rules: the widest rights are for administration, and no right has more holders than the budget allows."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grants, who_passes
from crmgov.check.governance.permissions.holders import groups, listed, roles, who_may
from crmgov.check.governance.scene import mapping
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_BULK = {"export": "export", "import": "import", "view_all": "see all of", "modify_all": "change and delete all of"}
_HELD = ("export", "import", "delete", "view_all", "modify_all")


def modify_all(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set that is not for administration and may change all records of an object."""
    for name in sorted(set(grants.sets) - grants.administration):
        address, body = grants.sets[name]
        wide = [
            parent for parent, row in mapping(body.get("objects")).items() if mapping(row).get("modify_all") is True
        ]
        if wide:
            message = f"{name} may change and delete every record of {listed(wide)}, whatever sharing says"
            yield grants.scene.finding("ACCESS001", message, address, ("objects", wide[0], "modify_all"))


def passing(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set of interns, guests and the like with a right in bulk on data of people or of sales."""
    tree = grants.scene.tree
    for name, (address, body) in grants.sets.items():
        word = who_passes(name, body)
        if word:
            yield from _bulk(grants, address, name, word, [name])
    for role, body in grants.scene.access.roles.items():
        word = who_passes(role, body)
        if word:
            told = {name for name, (_, own) in grants.sets.items() if who_passes(name, own)}
            sets = sorted(grants.scene.access.of_role(role) - told)
            yield from _bulk(grants, tree.address("Role", role), role, word, sets)


def _bulk(grants: Grants, address: str, name: str, word: str, sets: list[str]) -> Iterator[Diagnostic]:
    for right, words in _BULK.items():
        by = {
            parent: one
            for one in sets
            for parent, row in mapping(grants.scene.access.sets.get(one, {}).get("objects")).items()
            if mapping(row).get(right) is True and parent in grants.personal
        }
        if by:
            through = "" if sets == [name] else f" (through {listed(sorted(set(by.values())))})"
            message = f"{name} is for {word.lower()}s and may {words} {listed(sorted(by))}{through}"
            route = ("objects", min(by), right) if address.startswith("PermissionSet/") else ("grants",)
            yield grants.scene.finding("ACCESS002", message, address, route)


def over_budget(grants: Grants) -> Iterator[Diagnostic]:
    """Every object on which more roles have a right than the Governance document allows: budget ``export_roles`` etc.

    Where no role stands for permission sets, the sets are counted.
    """
    scene = grants.scene
    budgets = mapping(scene.governance.get("budgets"))
    limits = {right: scene.budget(f"{right}_roles", 0) for right in _HELD if f"{right}_roles" in budgets}
    if not limits:
        return
    bundles = list(roles(grants)) or list(groups(grants))
    for address in scene.own("Object"):
        parent = parts(address)[2]
        for right, limit in limits.items():
            held = sorted(bundle.name for bundle in bundles if who_may(grants, bundle, parent, right))
            if len(held) > limit:
                verb = _BULK.get(right, right).removesuffix(" all of").replace("see", "view all of")
                message = f"{len(held)} may {verb} {parent}, and the budget is {limit}: {listed(held, 8)}"
                yield scene.finding("ACCESS007", message, address, amount=len(held))
