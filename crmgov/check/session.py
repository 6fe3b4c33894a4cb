"""What one check carries from rule to rule: the tree, and what was looked up in it."""

from collections.abc import Callable

from crmgov.check.find import Finder
from crmgov.check.listing import Listings
from crmgov.check.names import Known, Spot
from crmgov.check.outside import Outside
from crmgov.check.tree import Tree
from crmgov.model.formula import Formula, read_formula

Seen = Callable[[Spot, str], None]
"""Told of every name that stands for a resource or one of its elements: where it stands, and the address."""


Lost = Callable[[str, str, str | None], None]
"""Told of every name that stands for nothing: what it should stand for, the name, and its object."""


def _unseen(_spot: Spot, _address: str) -> None:
    return


def _not_lost(_kind: str, _name: str, _parent: str | None) -> None:
    return


class Session:
    """One check. ``known`` as in ``check``; ``seen`` is told of every use, ``lost`` of every name without a thing."""

    def __init__(self, tree: Tree, known: Known | None = None, seen: Seen = _unseen, lost: Lost = _not_lost) -> None:
        self.tree = tree
        self.known: Known = known or {}
        self.seen = seen
        self.lost = lost
        self.finder = Finder(tree)
        self.listings = Listings(self.finder)
        self.outside = Outside()
        self._formulas: dict[str, Formula] = {}

    def formula(self, text: str) -> Formula:
        """What a formula names, read once."""
        found = self._formulas.get(text)
        if found is None:
            found = self._formulas[text] = read_formula(text)
        return found
