"""Overlays: what is different in one environment, applied to validated resources and validated again.

What is wrong with an overlay is told at the overlay; the resource then stays as it is everywhere.
"""

from typing import Any, NamedTuple

import msgspec

from crmgov.load.routes import held, replaced, without
from crmgov.load.view import Layered
from crmgov.model.address import Address, AddressError, address, parse, quote
from crmgov.model.canonical import Body, digest, encode
from crmgov.model.diagnostics import Diagnostic, Route, Where, of
from crmgov.model.normal import canonical_body
from crmgov.model.snapshot import Snapshot

_NEVER = ("kind", "name", "type")
_NEVER_AT_TOP = ("object", "body", "body_file")


def apply_overlays(snapshot: Snapshot, environment_name: str) -> tuple[Snapshot, list[Diagnostic]]:
    """The snapshot as one environment should hold it, and everything wrong with that environment's overlays."""
    environment = address("Environment", environment_name)
    if environment not in snapshot:
        told = f"There is no environment {environment_name}"
        return snapshot, [of("OVERLAY006", told)]
    overlays = snapshot.body(environment).get("overlays") or []
    if not overlays:
        return snapshot, []
    place = snapshot.places.get(environment, Where(""))
    layer = _Layer(snapshot)
    for number, overlay in enumerate(overlays):
        layer.apply(overlay, Where(place.file, place.document, (*place.route, "overlays", str(number))))
    return layer.snapshot(), layer.problems


class _Setting(NamedTuple):
    """One key of ``set`` or ``unset``: the route in the resource's body, and its place in the overlay."""

    route: Route
    at: Where


class _Layer:
    def __init__(self, base: Snapshot) -> None:
        self.base = base
        self.changed: dict[str, Body] = {}
        self.gone: dict[str, Where] = {}
        self.problems: list[Diagnostic] = []

    def snapshot(self) -> Snapshot:
        base = self.base
        bodies = {place: encode(body) for place, body in self.changed.items() if place not in self.gone}
        digests = {place: mark for place, mark in base.digests.items() if place not in self.gone}
        digests.update((place, digest(data)) for place, data in bodies.items())
        return Snapshot(
            base.source, digests, Layered(digests, bodies, base.bodies), coverage=base.coverage, places=base.places,
            origins=base.origins, derived=base.derived, blobs=base.blobs, left=base.left, hidden=base.hidden,
            files=base.files, elsewhere=base.elsewhere,
        )  # fmt: skip

    def tell(self, code: str, message: str, at: Where, *, hint: str = "", target: str = "") -> None:
        self.problems.append(of(code, message, at=at, hint=hint, address=target))

    def apply(self, overlay: dict[str, Any], at: Where) -> None:
        """Apply one overlay, or tell why it cannot be."""
        target = self._target(overlay["address"], _below(at, "address"))
        if target is None:
            return
        changes, removals = overlay.get("set") or {}, overlay.get("unset") or []
        if overlay.get("exclude"):
            if changes or removals:
                self.tell("OVERLAY005", f"{overlay['address']} is excluded and changed at once", _below(at, "exclude"))
            else:
                self._exclude(target, at)
        elif changes or removals:
            self._change(target, changes, removals, at)
        else:
            self.tell("OVERLAY004", f"The overlay for {overlay['address']} changes nothing", at)

    def _target(self, text: str, at: Where) -> Address | None:
        try:
            target = parse(text)
        except AddressError as error:
            self.tell("OVERLAY001", str(error), at)
            return None
        if target.kind == "Environment":
            self.tell("OVERLAY002", "An environment is not changed by an overlay", at, hint="write it there")
            return None
        resource = target.resource
        if resource in self.gone:
            told = f"{resource} is excluded here by another overlay"
            self.tell("OVERLAY005", told, at, target=resource)
            return None
        if resource not in self.base:
            from crmgov.schema.near import near

            close = near(text[:200], [place for place, _ in self.base.of_kind(target.kind)])
            hint = f"did you mean {' or '.join(close[:3])}?" if close else ""
            self.tell("OVERLAY001", f"There is no {text[:200]}", at, hint=hint)
            return None
        if target.elements and held(self._body(resource), _route(target)) is None:
            self.tell("OVERLAY001", f"{resource} has no {text[len(resource) :][:200]}", at, target=resource)
            return None
        return target

    def _body(self, resource: str) -> Body:
        return self.changed[resource] if resource in self.changed else self.base.body(resource)

    def _exclude(self, target: Address, at: Where) -> None:
        resource = target.resource
        if target.elements:
            self._accept(target, without(self._body(resource), [_route(target)]), [], at)
            return
        self.gone[resource] = at
        if target.kind == "Object":
            # What belongs to an object cannot exist without it.
            prefix = f"/{quote(target.name)}."
            self.gone.update((place, at) for place in self.base if place[place.index("/") :].startswith(prefix))

    def _change(self, target: Address, changes: dict[str, Any], removals: list[str], at: Where) -> None:
        body, settings = self._body(target.resource), list[_Setting]()
        for key, value in changes.items():
            setting = _Setting((*_route(target), *key.split(".")), _below(at, "set", key))
            if self._allowed(target, key, setting.at):
                new = replaced(body, setting.route, value)
                if new is None:
                    self.tell("OVERLAY003", f"{key} leads into a value of {target} that holds nothing", setting.at)
                else:
                    body = new
                    settings.append(setting)
        for key in removals:
            setting = _Setting((*_route(target), *key.split(".")), _below(at, "unset", key))
            if self._allowed(target, key, setting.at):
                new = without(body, [setting.route])
                if new == body:
                    self.tell("OVERLAY003", f"{target} has no {key[:60]}", setting.at, hint="nothing to unset")
                body = new
                settings.append(setting)
        if settings:
            self._accept(target, body, settings, at)

    def _allowed(self, target: Address, key: str, at: Where) -> bool:
        steps = key.split(".")
        never = steps[-1] in _NEVER or (steps[0] in _NEVER_AT_TOP and not target.elements)
        if never and steps[0] != "native":
            self.tell("OVERLAY002", f"{key[:60]} of {target} is the same in every environment", at, hint="not here")
            return False
        return True

    def _accept(self, target: Address, body: Body, settings: list[_Setting], at: Where) -> None:
        from crmgov.schema.validate import is_valid, problems

        resource = target.resource
        if is_valid(target.kind, body):
            self.changed[resource] = canonical_body(target.kind, body)
            return
        for problem in problems(target.kind, body, Where(""), resource):
            route = problem.at.route if isinstance(problem.at, Where) else ()
            place = _placed(route, settings, at)
            if isinstance(problem.at, Where) and problem.at.on_key:
                place = msgspec.structs.replace(place, on_key=True)
            self.problems.append(msgspec.structs.replace(problem, at=place, fix=None))


def _placed(route: Route, settings: list[_Setting], at: Where) -> Where:
    """The place in the overlay that a problem at a route of the changed body comes from."""
    for setting in settings:
        length = len(setting.route)
        if route[:length] == setting.route:
            return _below(setting.at, *route[length:])
    for setting in settings:
        if setting.route[: len(route)] == route:
            return setting.at
    return _below(at, "address")


def _below(at: Where, *steps: str) -> Where:
    return Where(at.file, at.document, (*at.route, *steps))


def _route(target: Address) -> Route:
    return tuple(step for element in target.elements for step in element)
