"""Names as they stand in resources: walking them, and the diagnostics of wrong ones."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from crmgov.check.find import SETS, Finder, Found
from crmgov.check.tree import Tree, parts
from crmgov.check.words import CODES, THING, why
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Related, Route, Where, of
from crmgov.model.references import Reference, references
from crmgov.model.shape import shape_of

Known = Mapping[str, Sequence[Reference]]
"""References of resources by address, where somebody has them already."""


class Spot(NamedTuple):
    """Where a name stands: in a resource, at a route, between ``prefix`` and ``suffix`` of the same text."""

    user: str
    route: Route
    is_key: bool = False
    prefix: str = ""
    suffix: str = ""

    def at(self, tree: Tree) -> Where | None:
        """The place of the name."""
        return tree.where(self.user, self.route, on_key=self.is_key)

    def renamed(self, tree: Tree, name: str, *, safe: bool = False) -> Fix | None:
        """The fix that writes another name here; None where the source has no places."""
        at = self.at(tree)
        text = f"{self.prefix}{name}{self.suffix}"
        action = Edit(at, "rename_key" if self.is_key else "set", text) if at is not None else None
        return Fix(f'write "{text}"', (action,), safe=safe) if action is not None else None


def spot_of(user: str, reference: Reference) -> Spot:
    """Where a reference stands."""
    return Spot(user, reference.route, reference.is_key)


def used(tree: Tree, known: Known) -> Iterator[tuple[str, Sequence[Reference]]]:
    """Every resource that names anything, with its references. Others are not even decoded."""
    for kind in tree.kinds:
        for address in tree.holding(kind, *_referring(kind)):
            made = known.get(address)
            if made is None:
                body = tree.snapshot.body(address) if kind == "Field" else tree.body(address)
                made = [one for one in references(kind, body, home(address)) if tree.near(one.name)]
            if made:
                yield address, made


@cache
def _referring(kind: str) -> list[str]:
    """The attributes of a kind under which names stand."""
    return [name for name, shape in shape_of(kind).attributes.items() if shape.refers]


def home(address: str) -> str | None:
    """The object whose fields a resource's names are read in: its parent, or itself if it is an Object."""
    kind, parent, name = parts(address)
    return name if kind == "Object" else parent


class Choices(NamedTuple):
    """What a name could have been: ``names`` in ``within``; ``container`` lists them, ``parent`` is their object."""

    names: Sequence[str] = ()
    within: str = ""
    parent: str | None = None
    container: str = ""


def missing(finder: Finder, spot: Spot, kind: str, name: str, choices: Choices) -> Diagnostic:
    """The diagnostic of a name that stands for nothing."""
    tree = finder.tree
    closest = finder.closest(name, choices.names)
    related: tuple[Related, ...] = ()
    if closest:
        related = tree.defined(*_definition(tree, kind, closest, choices))
    elif choices.container:
        related = tree.defined(choices.container)
    return of(
        CODES[kind],
        f'No {THING[kind]} "{name}"' + (f" in {choices.within}" if choices.within else ""),
        at=spot.at(tree),
        address=spot.user,
        detail=why(spot.user, kind),
        hint=f'closest: "{closest}"' if closest else "",
        related=related,
        fix=spot.renamed(tree, closest) if closest else None,
    )


def _definition(tree: Tree, kind: str, name: str, choices: Choices) -> tuple[str, Route]:
    if choices.container:
        collection = "values" if choices.container.startswith(("Picklist/", "Field/")) else "stages"
        return choices.container, (collection, name)
    addresses = (tree.address(one, name, choices.parent) for one in (SETS if kind == "ValueSet" else (kind,)))
    return next((address for address in addresses if address in tree.snapshot), ""), ()


def misspelt(finder: Finder, spot: Spot, kind: str, name: str, parent: str | None) -> Iterator[Diagnostic]:
    """The diagnostic of a name that may exist, but is very nearly one that is known."""
    meant = finder.misspelt(name, finder.names(kind, parent)) if kind in ("Object", "Field") else ""
    if meant:
        yield of(
            "REF023",
            f'{THING[kind].capitalize()} "{name}" is not known' + (f" in {parent}" if parent else ""),
            at=spot.at(finder.tree),
            address=spot.user,
            hint=f'closest: "{meant}"',
            related=finder.tree.defined(*_definition(finder.tree, kind, meant, Choices(parent=parent))),
        )


def other_case(tree: Tree, spot: Spot, name: str, found: Found) -> Iterator[Diagnostic]:
    """The diagnostic of a name that is right but for its case."""
    if tree.case == "mend":
        yield of(
            "REF016",
            f'"{name}" is written "{found.name}" where it is defined',
            at=spot.at(tree),
            address=spot.user,
            hint=f'write "{found.name}"',
            related=tree.defined(found.address) if found.address else (),
            fix=spot.renamed(tree, found.name, safe=True),
        )
