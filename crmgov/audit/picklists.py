"""The values a field may hold, as the configuration lists them."""

from collections.abc import Mapping
from typing import NamedTuple

from crmgov.check.governance.scene import Scene, rows
from crmgov.model.canonical import Body

CHOSEN = ("picklist", "multipicklist")
"""Types whose values are listed."""


class Listing(NamedTuple):
    """A list of values. ``shared`` is the address of the Picklist or StageSet; empty where the field lists its own."""

    shared: str
    values: Mapping[str, Body]
    """Rows by name, in their order."""

    @property
    def of_stages(self) -> bool:
        """Whether the values are stages, which records pass through."""
        return self.shared.startswith("StageSet/")


def listing(config: Scene, body: Body) -> Listing | None:
    """The list a field chooses from; None where it is not known."""
    if body.get("type") not in CHOSEN:
        return None
    shared = body.get("picklist")
    if not shared:
        own = _named(rows(body.get("values")))
        return Listing("", own) if own else None
    for kind, collection in (("Picklist", "values"), ("StageSet", "stages")):
        address = config.tree.address(kind, str(shared))
        if address in config.snapshot:
            return Listing(address, _named(rows(config.tree.body(address).get(collection))))
    return None


def listed(config: Scene, body: Body) -> frozenset[str] | None:
    """The names of all values listed, active or not; None where the list is not known."""
    found = listing(config, body)
    return None if found is None else frozenset(found.values)


def _named(values: list[Body]) -> dict[str, Body]:
    return {str(row.get("name")): row for row in values}
