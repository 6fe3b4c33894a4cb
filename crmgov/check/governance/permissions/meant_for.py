"""Rules: roles see what is meant for them, their own dashboards included."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.permissions.holders import Bundle, listed, opens, reads, roles
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic


def dashboards(grants: Grants) -> Iterator[Diagnostic]:
    """Every dashboard and report that belongs to a role, and reads fields that the role may not read."""
    scene = grants.scene
    by_name: dict[str, Bundle] = {}
    for role in roles(grants):
        label = scene.access.roles[role.name].get("label")
        by_name.update({name: role for name in (role.name, label) if isinstance(name, str)})
    for address in scene.own("External"):
        body = scene.tree.body(address)
        holder = by_name.get(str(body.get("owner")))
        if holder is None or body.get("type") not in ("dashboard", "report"):
            continue
        needed = [name.partition(".")[::2] for name in body.get("reads") or () if isinstance(name, str)]
        hidden = [f"{parent}.{field}" for parent, field in needed if not _sees(grants, holder, parent, field)]
        if hidden:
            message = f"{parts(address)[2]} belongs to {holder.name}, who may not read {listed(hidden)}"
            yield scene.finding("ACCESS017", message, address, ("reads", hidden[0]))


def _sees(grants: Grants, holder: Bundle, parent: str, field: str) -> bool:
    """Whether a role reads a field; one that needs no grant it reads with the record."""
    granted = any(one.name == field for one in grants.of_object.get(parent, ()))
    return reads(grants, holder, parent) and (not granted or opens(grants, holder, parent, field))


def visible_to(grants: Grants) -> Iterator[Diagnostic]:
    """Every object that says which roles are meant to see it, and others do, or some of them do not."""
    scene = grants.scene
    bundles = {role.name: role for role in roles(grants)}
    for address in scene.own("Object"):
        meant = scene.tree.body(address).get("visible_to")
        if not isinstance(meant, list) or not meant:
            continue
        parent = parts(address)[2]
        seeing = {name for name, role in bundles.items() if reads(grants, role, parent)}
        administering = {name for name, role in bundles.items() if not grants.administration.isdisjoint(role.sets)}
        blind = [name for name in meant if name in bundles and name not in seeing]
        if blind:
            message = f"{parent} is meant for {listed(blind)}, who may not read it"
            yield scene.finding("ACCESS018", message, address, ("visible_to", blind[0]))
        above = {name for role in meant for name in _above(grants, str(role))}
        more = sorted(seeing - set(meant) - above - administering)
        if more:
            message = f"{listed(more)} may read {parent}, which is not meant for them"
            yield scene.finding("ACCESS018", message, address, ("visible_to",))


def _above(grants: Grants, role: str) -> Iterator[str]:
    """The roles above one: they answer for what it sees."""
    seen = {role}
    parent = grants.scene.access.roles.get(role, {}).get("parent")
    while isinstance(parent, str) and parent not in seen:
        seen.add(parent)
        yield parent
        parent = grants.scene.access.roles.get(parent, {}).get("parent")
