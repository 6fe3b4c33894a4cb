"""Rule: automations and formulas name values that can still be chosen."""

from collections.abc import Iterator

from msgspec.structs import replace

from crmgov.check.formulas import MOST_HOPS
from crmgov.check.governance.automation.steps import Running, actions, leaves, running
from crmgov.check.governance.automation.texts import bodies, formulas
from crmgov.check.governance.scene import Scene, mapping, rows, spoken
from crmgov.check.paths import follow
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related, Route
from crmgov.model.formula import legs

_MAY_BE_MEANT = (
    "New records never have the value; that it is named for older ones, or to be left out, cannot be seen from here."
)
_ASKING = ("equals", "in", "includes", "was", "starts_with")
Named = tuple[str, Route, tuple[str, str], str]
"""A resource, the route in it, the field a value belongs to, and the value."""


def gone_values(scene: Scene) -> Iterator[Diagnostic]:
    """Values that are switched off or replaced, where something in use still waits for them or writes them."""
    told: set[tuple[str, tuple[str, str], str]] = set()
    for address, route, field, value in (*_in_automations(scene), *_given(scene), *_in_formulas(scene)):
        if (address, field, value) not in told:
            told.add((address, field, value))
            for finding in _gone(scene, address, route, field, value):
                # A formula, or a body of the vendor's own, may name a value to leave it out.
                plain = bool(route) and route[-1] != "formula"
                yield finding if plain else replace(finding, severity="note", detail=_MAY_BE_MEANT)


def _in_automations(scene: Scene) -> Iterator[Named]:
    for one in running(scene):
        if not one.does.opaque and one.does.object:
            yield from _conditions(scene, one)
            yield from _written(scene, one)
    for address, derived in bodies(scene):
        written = set(derived.writes)
        for name, value in derived.literals:
            parent, _, field = name.partition(".")
            if "." not in field and name not in written:
                yield address, (), (parent, field), value


def _conditions(scene: Scene, one: Running) -> Iterator[Named]:
    held: list[tuple[Route, object]] = [(("when",), one.body.get("when"))]
    for route, action in actions(one.body):
        cases = rows(action.get("cases"))
        held += [((*route, "cases", str(case.get("name")), "when"), case.get("when")) for case in cases]
    for route, criterion in held:
        for leaf in leaves(criterion, route):
            if leaf.op in _ASKING and not leaf.negated:
                end = follow(scene.session.finder, one.does.object, leaf.field)
                value = leaf.value.get("value")
                for text in value if isinstance(value, list) else [value]:
                    if isinstance(text, str) and end.reached:
                        yield one.address, (*leaf.route, "value"), (end.object, end.name), text


def _written(scene: Scene, one: Running) -> Iterator[Named]:
    """Values that are written. What is switched off besides is refused by another rule."""
    for route, action in actions(one.body):
        if action.get("type") == "set_field" and isinstance(action.get("field"), str):
            end = follow(scene.session.finder, one.does.object, action["field"])
            value = action.get("value")
            if end.reached and isinstance(value, str) and not _is_off(scene, (end.object, end.name), value):
                yield one.address, (*route, "value"), (end.object, end.name), value


def _given(scene: Scene) -> Iterator[Named]:
    """Values that integrations bring in, and that handoffs carry over, into records of ours."""
    for address in scene.own("Integration"):
        body = scene.tree.body(address)
        for row in rows(body.get("mappings")) if body.get("active") is not False else ():
            parent, _, field = str(row.get("ours")).partition(".")
            if row.get("direction") in ("in", "both"):
                for value in mapping(row.get("values")):
                    yield address, ("mappings", str(row.get("name")), "values", value), (parent, field), value
    for address in scene.own("Lifecycle"):
        for handoff in rows(scene.tree.body(address).get("handoffs")):
            for source, carry in mapping(handoff.get("carry")).items():
                parent, _, field = str(mapping(carry).get("to")).partition(".")
                for key, value in mapping(mapping(carry).get("values")).items():
                    route = ("handoffs", str(handoff.get("name")), "carry", source, "values", key)
                    yield address, route, (parent, field), str(value)


def _is_off(scene: Scene, field: tuple[str, str], value: str) -> bool:
    listing = scene.session.listings.of_field(*field)
    return listing is not None and value in listing.values and listing.values[value].active is False


def _in_formulas(scene: Scene) -> Iterator[Named]:
    for address, route, formula in formulas(scene):
        parent = parts(address)[1] or ""
        for path, value in formula.literals if parent and formula.understood else ():
            start, rest = legs(parent, path)[-1]
            end = follow(scene.session.finder, start, rest, most=MOST_HOPS)
            if end.reached and value:
                yield address, route, (end.object, end.name), value


def _gone(scene: Scene, address: str, route: Route, field: tuple[str, str], value: str) -> Iterator[Diagnostic]:
    listing = scene.session.listings.of_field(*field)
    facts = listing.values.get(value) if listing is not None else None
    if listing is None or facts is None or (facts.active is not False and facts.replaced_by is None):
        return
    thing = "stage" if listing.stages else "value"
    state = "is switched off" if facts.active is False else f'is replaced by "{facts.replaced_by}"'
    place = scene.tree.where(listing.container, ("stages" if listing.stages else "values", value))
    yield scene.finding(
        "LITERAL001",
        f'{spoken(address)} names the {thing} "{value}" of {".".join(field)}, which {state}',
        address,
        route,
        hint=f'now "{facts.replaced_by}"' if facts.replaced_by and facts.active is False else "",
        related=(Related("Listed at", place),) if listing.container and place is not None else (),
    )
