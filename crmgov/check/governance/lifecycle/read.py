"""What the conditions of validations and stages read: fields, and the stages they name."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.check.conditions import conditions
from crmgov.check.formulas import MOST_HOPS
from crmgov.check.governance.scene import Scene
from crmgov.check.paths import End, follow
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Route
from crmgov.model.formula import legs


class Read(NamedTuple):
    """A field that a condition reads, with the route of the first place."""

    object: str
    name: str
    address: str
    route: Route


def validation_reads(scene: Scene, address: str) -> list[Read]:
    """The fields of the tree that a validation reads, each once; none where its formula is not understood."""
    parent, body = parts(address)[1] or "", scene.tree.body(address)
    found: dict[str, Read] = {}
    for one in conditions("Validation", body, parent):
        for key in ("field", "other_field"):
            if isinstance(one.value.get(key), str):
                _note(found, follow(scene.session.finder, parent, one.value[key]), (*one.route, key))
    if isinstance(body.get("formula"), str):
        formula = scene.session.formula(body["formula"])
        for path in formula.fields if formula.understood else ():
            for start, rest in legs(parent, path):
                _note(found, follow(scene.session.finder, start, rest, most=MOST_HOPS), ("formula",))
    return list(found.values())


def criterion_reads(scene: Scene, parent: str, criterion: object, route: Route) -> list[Read]:
    """The fields of the tree that the entry condition of a stage reads, each once."""
    found: dict[str, Read] = {}
    for at, path in _paths(criterion, route):
        _note(found, follow(scene.session.finder, parent, path), at)
    return list(found.values())


def stages_named(scene: Scene, address: str, field: str) -> set[str]:
    """The stages that a validation names as values of the field that holds the stage."""
    parent, body = parts(address)[1] or "", scene.tree.body(address)
    found: set[str] = set()
    if not field:
        return found
    for one in conditions("Validation", body, parent):
        if one.value.get("field") == field and one.value.get("op") in ("equals", "in") and "not" not in one.route:
            value = one.value.get("value")
            found.update(name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str))
    if isinstance(body.get("formula"), str):
        formula = scene.session.formula(body["formula"])
        found.update(value for path, value in formula.literals if formula.understood and path == field)
    return found


def _note(found: dict[str, Read], end: End, route: Route) -> None:
    """The field at the end of a path, and those on the way to it."""
    if end.reached:
        for address in end.passed:
            _, parent, name = parts(address)
            found.setdefault(address, Read(parent or "", name, address, route))


def _paths(value: object, route: Route) -> Iterator[tuple[Route, str]]:
    """The paths a criterion names, however deep it is."""
    waiting = [(value, route)]
    while waiting:
        one, at = waiting.pop()
        if isinstance(one, list):
            waiting += reversed([(inner, (*at, str(index))) for index, inner in enumerate(one)])
        elif isinstance(one, dict):
            yield from (((*at, key), one[key]) for key in ("field", "other_field") if isinstance(one.get(key), str))
            waiting += [(one[key], (*at, key)) for key in ("not", "any", "all") if one.get(key) is not None]
