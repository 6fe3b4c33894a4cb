"""What one check carries from rule to rule: the tree, and what was looked up in it."""

from typing import NamedTuple

from crmgov.check.find import Finder
from crmgov.check.listing import Listings
from crmgov.check.names import Known
from crmgov.check.outside import Outside
from crmgov.check.tree import Tree


class Session(NamedTuple):
    """One check."""

    tree: Tree
    finder: Finder
    listings: Listings
    outside: Outside
    known: Known

    @classmethod
    def of(cls, tree: Tree, known: Known | None = None) -> "Session":
        """A check of a tree; ``known`` as in ``check``."""
        finder = Finder(tree)
        return cls(tree, finder, Listings(finder), Outside(), known or {})
