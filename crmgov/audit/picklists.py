"""The values a field may hold, as the configuration lists them."""

from crmgov.check.governance.scene import Scene, rows
from crmgov.model.canonical import Body


def listed(config: Scene, body: Body) -> frozenset[str] | None:
    """The names of all values listed, active or not; None where the list is not known."""
    if body.get("type") not in ("picklist", "multipicklist"):
        return None
    shared = body.get("picklist")
    if not shared:
        return frozenset(str(row.get("name")) for row in rows(body.get("values"))) or None
    for kind, collection in (("Picklist", "values"), ("StageSet", "stages")):
        address = config.tree.address(kind, str(shared))
        if address in config.snapshot:
            return frozenset(str(row.get("name")) for row in rows(config.tree.body(address).get(collection)))
    return None
