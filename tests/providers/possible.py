"""From what was drawn, what a provider declares that it can hold."""

from collections.abc import Iterator

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.provider import Provider
from crmgov.model.references import references, targets
from crmgov.model.shape import shape_of
from crmgov.model.snapshot import Snapshot, kind_of
from tests.providers.governed import Tree

_NEEDED = ("Object", "ValueSet")


def possible(provider: Provider, drawn: Snapshot, live: Snapshot) -> Tree:
    """The part of a configuration that the provider takes without an error, whole in itself.

    Attributes it does not list are left out, resources it refuses too, and then those that rest on them. ``live`` is
    what the environment came with.
    """
    held = provider.capabilities().attributes
    tree = {one: _listed(one, drawn.body(one), held[kind_of(one)]) for one in drawn if kind_of(one) in held}
    while True:
        refused = set(_refused(provider, Snapshot.of("configuration", tree), live)) & tree.keys()
        if not refused:
            return tree
        tree = {one: body for one, body in tree.items() if one not in refused}


def _listed(one: str, body: Body, held: frozenset[str]) -> Body:
    attributes = shape_of(kind_of(one)).attributes
    return {name: value for name, value in body.items() if name in held or attributes[name].local}


def _refused(provider: Provider, tree: Snapshot, live: Snapshot) -> Iterator[str]:
    capabilities, normal = provider.capabilities(), provider.normalise(tree)
    yield from (found.address for found in normal.diagnostics if found.severity == "error")
    for found in provider.limits(normal.snapshot):
        if found.severity == "error":
            yield normal.names.get(found.address, found.address)
    yield from set(tree) - set(normal.names.values())
    given = {provider.same(native) for native in live}
    there = given | {provider.same(native) for native in normal.snapshot}
    for native, one in normal.names.items():
        fixed = provider.origin(native) != "custom" or kind_of(native) in capabilities.cannot_create
        needed = [{provider.same(other) for other in others} for others in _needed(provider, native, normal.snapshot)]
        if (fixed and provider.same(native) not in given) or not all(others & there for others in needed):
            yield one


def _needed(provider: Provider, native: str, tree: Snapshot) -> Iterator[tuple[str, ...]]:
    """What must be there for a thing to be, each as addresses of which one will do."""
    at, catalogue = parse(native), provider.catalogue()
    if at.parent is not None and not catalogue.has("Object", at.parent):
        yield (address("Object", at.parent),)
    for reference in references(at.kind, tree.body(native), at.parent) if at.kind == "Field" else ():
        if reference.kind in _NEEDED and not (reference.kind == "Object" and catalogue.has("Object", reference.name)):
            yield targets(reference)
