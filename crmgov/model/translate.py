"""A body with the names it refers to written otherwise: portable names as native ones, old names as new ones.

The walk is the one of ``references``, so whatever counts as a reference is translated, and nothing else.
"""

from collections.abc import Callable, Mapping
from typing import Any

from crmgov.model.address import Address, address, parse
from crmgov.model.canonical import Body, digest, encode
from crmgov.model.diagnostics import Route
from crmgov.model.references import Reference, references, targets
from crmgov.model.shape import KEY, Shape, shape_of
from crmgov.model.snapshot import Snapshot

NameOf = Callable[[Reference], str]
"""The name a reference is to have; the same name where nothing changes."""


def translate(kind: str, body: Body, parent: str | None, name_of: NameOf) -> Body:
    """The body with every reference renamed. Bodies without a renamed reference are returned as they are."""
    new: dict[tuple[Route, bool], str] = {}
    for reference in references(kind, body, parent):
        name = name_of(reference)
        if name != reference.name:
            new[(reference.route, reference.is_key)] = name
    return _struct(shape_of(kind), body, (), new) if new else body


def _struct(shape: Shape, body: Body, route: Route, new: Mapping[tuple[Route, bool], str]) -> Body:
    return {
        name: _value(shape.attributes[name], value, (*route, name), new)
        if name in shape.attributes and shape.attributes[name].refers
        else value
        for name, value in body.items()
    }


def _value(shape: Shape, value: Any, route: Route, new: Mapping[tuple[Route, bool], str]) -> Any:
    if shape.criteria:
        return _criteria(value, route, new)
    if isinstance(value, str):
        return new.get((route, False), value)
    if isinstance(value, list):
        rows = [_row(shape, row, index, route, new) for index, row in enumerate(value)]
        return sorted(rows) if shape.form == "set" else rows
    if isinstance(value, dict) and shape.form == "map" and shape.item is not None:
        item = shape.item
        return {
            new.get(((*route, key), True), key): _value(item, inner, (*route, key), new) if item.refers else inner
            for key, inner in value.items()
        }
    return _struct(shape, value, route, new) if isinstance(value, dict) else value


def _row(shape: Shape, row: Any, index: int, route: Route, new: Mapping[tuple[Route, bool], str]) -> Any:
    if isinstance(row, str):
        return new.get(((*route, row), False), row)
    if isinstance(row, dict) and shape.item is not None:
        return _struct(shape.item, row, (*route, str(row.get(KEY, index))), new)
    return row


def _criteria(value: Any, route: Route, new: Mapping[tuple[Route, bool], str]) -> Any:
    if isinstance(value, list):
        return [_criteria(inner, (*route, str(index)), new) for index, inner in enumerate(value)]
    if not isinstance(value, dict):
        return value
    return {
        name: new.get(((*route, name), False), inner)
        if name in ("field", "other_field")
        else _criteria(inner, (*route, name), new)
        if name in ("all", "any", "not")
        else inner
        for name, inner in value.items()
    }


class Renames:
    """Renames of resources, old address to new; a renamed Object takes its children along."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses = dict(addresses)
        self._objects = {
            parse(old).name: parse(new).name for old, new in addresses.items() if old.startswith("Object/")
        }

    def address(self, old: str) -> str:
        """The address a resource has after the renames."""
        new = self._addresses.get(old)
        if new is not None:
            return new
        if not self._objects:
            return old
        at = parse(old)
        if at.parent not in self._objects or at.parent is None:
            return old
        return address(at.kind, at.name, self._objects[at.parent])

    def name_of(self, reference: Reference) -> str:
        """The name a reference has after the renames."""
        for old in targets(reference):
            new = self.address(old)
            if new != old:
                return _renamed(reference, parse(new))
        return reference.name

    def body(self, kind: str, body: Body, parent: str | None) -> Body:
        """A body after the renames. ``parent`` is the object it belonged to before."""
        return translate(kind, body, parent, self.name_of)

    def snapshot(self, snapshot: Snapshot) -> Snapshot:
        """A snapshot as it reads after the renames; digests of what is not concerned stay."""
        digests: dict[str, str] = {}
        bodies: dict[str, bytes] = {}
        for old, before in snapshot.digests.items():
            at = parse(old)
            plain = snapshot.body(old)
            parent = at.name if at.kind == "Object" else at.parent
            after = self.body(at.kind, plain, parent)
            new = self.address(old)
            bodies[new] = snapshot.bodies[old] if after is plain else encode(after)
            digests[new] = before if after is plain else digest(bodies[new])
        return Snapshot(
            snapshot.source,
            digests,
            bodies,
            coverage=snapshot.coverage,
            origins={self.address(old): origin for old, origin in snapshot.origins.items()},
            derived=snapshot.derived,
            blobs=snapshot.blobs,
            left=snapshot.left,
            hidden=snapshot.hidden,
            files=snapshot.files,
            elsewhere=snapshot.elsewhere,
        )


def _renamed(reference: Reference, new: Address) -> str:
    if reference.kind == "ObjectField":
        return f"{new.parent}.{new.name}"
    if reference.kind == "FieldPath":
        _, dot, rest = reference.name.partition(".")
        return new.name + dot + rest
    return new.name
