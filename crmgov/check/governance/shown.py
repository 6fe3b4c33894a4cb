"""Which fields stand on which layouts."""

from functools import cached_property

from crmgov.check.tree import Tree, parts
from crmgov.model.diagnostics import Route


class Shown:
    """The layouts of a tree."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    @cached_property
    def by_object(self) -> dict[str, list[str]]:
        """The addresses of layouts by object."""
        found: dict[str, list[str]] = {}
        for address in self._tree.of_kind("Layout"):
            found.setdefault(parts(address)[1] or "", []).append(address)
        return found

    @cached_property
    def fields(self) -> dict[tuple[str, str], dict[str, tuple[Route, str]]]:
        """By object and field: the layouts that show it, where, and how (``edit``, ``required``, ``readonly`` or
        nothing stated).
        """
        found: dict[tuple[str, str], dict[str, tuple[Route, str]]] = {}
        for address in self._tree.of_kind("Layout"):
            parent = parts(address)[1] or ""
            for section in self._tree.body(address).get("sections") or ():
                for row in section.get("fields") or () if isinstance(section, dict) else ():
                    if isinstance(row, dict):
                        name = str(row.get("name"))
                        route = ("sections", str(section.get("name")), "fields", name)
                        layouts = found.setdefault((parent, name), {})
                        layouts.setdefault(address, (route, str(row.get("behavior") or "")))
        return found

    def on(self, parent: str, field: str) -> dict[str, tuple[Route, str]]:
        """The layouts that show a field."""
        return self.fields.get((parent, field), {})
