"""Names of packages and Externals: not looked up, but counted and told in one note."""

from collections import Counter

from crmgov.check.tree import Tree
from crmgov.model.diagnostics import Diagnostic, Route, of

_LISTED = 20


class Outside:
    """Counts the names that stand for something outside the tree."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.first: tuple[str, Route] | None = None

    def add(self, address: str, route: Route, kind: str, name: str) -> None:
        """One use of such a name."""
        self.first = self.first or (address, route)
        self.names[f"{kind} {name}"] += 1

    def told(self, tree: Tree) -> list[Diagnostic]:
        """The one note, or none."""
        if self.first is None:
            return []
        address, route = self.first
        listed = [f"{name} ({count})" for name, count in self.names.most_common(_LISTED)]
        rest = len(self.names) - len(listed)
        uses, names = self.names.total(), len(self.names)
        told = f"{uses:,} {'use' if uses == 1 else 'uses'} of {names:,} {'name' if names == 1 else 'names'}"
        message = f"{told} of packages and Externals, not looked up"
        more = (f"and {rest} more",) if rest else ()
        return [of("REF018", message, at=tree.where(address, route), address=address, evidence=(*listed, *more))]
