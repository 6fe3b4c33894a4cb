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
        message = f"{self.names.total()} uses of {len(self.names)} names of packages and Externals were not looked up"
        more = (f"and {rest} more",) if rest else ()
        return [of("REF018", message, at=tree.where(address, route), address=address, evidence=(*listed, *more))]
