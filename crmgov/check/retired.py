"""Rule: nothing in use names anything retired."""

from crmgov.check.names import Spot
from crmgov.check.tree import Tree, parts
from crmgov.check.words import people
from crmgov.model.canonical import decode
from crmgov.model.diagnostics import Diagnostic, Related, of

_OUT = ("retired", "released")
"""A thing of such a status is not in use here, so what it names does not matter."""


class Retired:
    """Watches what is named, and remembers the uses of retired things."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.status: dict[str, dict[str, object]] = {}
        for address, body in tree.snapshot.bodies.items():
            if b'"status":"retired"' in body or b'"status":"released"' in body:
                lifecycle = decode(body).get("lifecycle")
                if isinstance(lifecycle, dict) and lifecycle.get("status") in _OUT:
                    self.status[address] = lifecycle
        self.uses: dict[tuple[str, Spot], None] = {}

    def seen(self, spot: Spot, address: str) -> None:
        """Something is named at a spot."""
        lifecycle = self.status.get(address)
        if lifecycle is not None and lifecycle["status"] == "retired" and spot.user not in self.status:
            self.uses[(address, spot)] = None

    def told(self) -> list[Diagnostic]:
        """The uses of retired things by what is in use, but not by their own parts."""
        return [self._one(address, spot) for address, spot in self.uses if not self._own_part(address, spot.user)]

    def _own_part(self, address: str, user: str) -> bool:
        parent = parts(user)[1]
        return user == address or (parent is not None and self.tree.address("Object", parent) == address)

    def _one(self, address: str, spot: Spot) -> Diagnostic:
        lifecycle = self.status[address]
        instead = lifecycle.get("replaced_by")
        since = lifecycle.get("since")
        place = self.tree.where(address, ("lifecycle", "status"))
        return of(
            "REF017",
            f"{people(address)} is retired" + (f" since {since}" if isinstance(since, str) else ""),
            at=spot.at(self.tree),
            address=spot.user,
            hint=f'replaced by "{instead}"' if isinstance(instead, str) else "",
            detail=str(lifecycle["reason"]) if isinstance(lifecycle.get("reason"), str) else "",
            related=(Related("Retired at", place),) if place is not None else (),
        )
