"""Desired state held against what a file would give back of it: the last step of normal form."""

from collections.abc import Mapping
from typing import Any

from crmgov.model.canonical import Body
from crmgov.model.flat import ORDER, Flat, build, flatten, route_text
from crmgov.model.normal import canonical_body
from crmgov.model.snapshot import kind_of
from crmgov.providers.salesforce.forms import Tell, Trouble
from crmgov.providers.salesforce.mapping import Context
from crmgov.providers.salesforce.names import Thing, thing_of
from crmgov.providers.salesforce.writing.complete import completed
from crmgov.providers.salesforce.writing.edits import nodes_of

_MEND = "Write it in a form that Salesforce has, or leave it out for this environment with an overlay (unset)."


def as_held(native: str, body: Body, tell: Tell) -> Body:
    """The body as it would be read from the file that it is written to.

    Where it empties what a file cannot leave empty, the value that stands in is taken. What a file would give back
    otherwise is told and left out.
    """
    kind = kind_of(native)
    thing = thing_of(native, body)
    if thing.type.opaque:
        return body
    if _read(kind, thing, body) == body:
        return body
    flat = flatten(kind, body)
    stated = {route: value for route, value in flat.items() if value is not None}
    held = flatten(kind, _read(kind, thing, build(kind, stated), whole=True))
    kept: Flat = {}
    for route, value in flat.items():
        if value is None:
            kept[route] = held.get(route)
        elif route[-1] == ORDER or value in ([], {}) or value == held.get(route):
            kept[route] = value
        elif _plain(value) == _plain(held.get(route)):
            if route in held:
                kept[route] = held[route]
        elif not any(route[:depth] in flat and route[:depth] not in kept for depth in range(1, len(route))):
            tell(Trouble(route, f"Salesforce's files cannot hold {route_text(kind, route)} as it is written", _MEND))
    result = canonical_body(kind, build(kind, _standing(flat, kept)))
    # Without what was left out, the rest may read otherwise again: a default without its type is a formula.
    return result if result == body else as_held(native, result, tell)


def _standing(flat: Flat, kept: Flat) -> Flat:
    """What is kept without what was left out above it, and orders of what is left."""
    left = {route for route in flat if route not in kept}
    result = {r: v for r, v in kept.items() if not any(r[:depth] in left for depth in range(1, len(r)))}
    for route in [route for route in result if route[-1] == ORDER]:
        result[route] = [key for key in result[route] if (*route[:-1], key) in result]
    return result


def _read(kind: str, thing: Thing, body: Body, *, whole: bool = False) -> Body:
    """What a new file of this body reads as; ``whole``: with what the vendor's schema adds."""
    nodes = nodes_of(thing, body)
    nodes = completed(thing, nodes, []) if whole else nodes
    read: Mapping[str, Any] = thing.type.decode(nodes, [], Context(thing.parent, thing.name))
    return canonical_body(kind, dict(read))


def _plain(value: Any) -> Any:
    """A value as XML gives it back: texts without blanks around them, and an empty one as none."""
    return (value.strip() or None) if isinstance(value, str) else value
