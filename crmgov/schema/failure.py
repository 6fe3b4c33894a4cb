"""One failure of a body against its schema, with what is needed to tell it: where, in which words, with which fix."""

import json
from typing import Any, NamedTuple

from crmgov.model.address import for_people
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Route, Where, of
from crmgov.model.flat import route_text
from crmgov.model.shape import KEY, Shape, shape_of
from crmgov.schema.codes import code

_LONGEST = 40
"""The most characters of a value that a message repeats."""


class Subject(NamedTuple):
    """The body looked at: its kind, where it stands, and its address where that is known."""

    kind: str
    body: Any
    where: Where
    address: str = ""

    @property
    def name(self) -> str:
        """What a message calls it."""
        return for_people(self.address) if self.address else f"this {self.kind}"

    def value(self, path: list[str | int]) -> Any:
        """The value at a path of keys and indexes."""
        value = self.body
        for step in path:
            value = value[step]
        return value

    def route(self, path: list[str | int]) -> Route:
        """The route of a path: elements of lists go by their name, others by their index."""
        route: list[str] = []
        value = self.body
        for step in path:
            value = value[step]
            named = value.get(KEY) if isinstance(value, dict) else value
            route.append(named if isinstance(step, int) and isinstance(named, str) and named else str(step))
        return tuple(route)

    def place(self, route: Route, *, on_key: bool = False) -> Where:
        """The place of a route in the file."""
        return Where(self.where.file, self.where.document, self.where.route + route, on_key)

    def named(self, route: Route) -> str:
        """A route in words: ``"label" in Lead.Tier__c``, ``"label" in values[New] of Lead.Tier__c``."""
        if not route:
            return self.name
        if route[-1].isdecimal():
            return f"entry {int(route[-1]) + 1} of {self.inside(route[:-1])}"
        return f'"{route[-1]}" in {self.inside(route[:-1])}'

    def inside(self, route: Route) -> str:
        """What holds a key at a route, in words."""
        return f"{route_text(self.kind, route)} of {self.name}" if route else self.name

    def told(self, number: int, message: str, route: Route, *, on_key: bool = False, hint: str = "",
             fix: Fix | None = None, detail: str = "") -> Diagnostic:  # fmt: skip
        """A diagnostic at a route of this body."""
        place, told = self.place(route, on_key=on_key), message[:1].upper() + message[1:]
        return of(code(self.kind, number), told, at=place, address=self.address, hint=hint, fix=fix, detail=detail)

    def rename(self, route: Route, name: str) -> Fix:
        """The safe fix that renames a key."""
        edit = Edit(self.place(route, on_key=True), "rename_key", name)
        return Fix(f'rename "{route[-1]}" to "{name}"', (edit,), safe=True)

    def replace(self, route: Route, value: object, *, safe: bool) -> Fix:
        """The fix that writes another value."""
        return Fix(f"write {json.dumps(value, ensure_ascii=False)}", (Edit(self.place(route), "set", value),), safe)

    def shown(self, route: Route, value: object) -> str:
        """A value as a message repeats it; only its sort where it is long, a collection, or hidden."""
        if self.hidden(route) or isinstance(value, (dict, list)) or (isinstance(value, str) and len(value) > _LONGEST):
            return sort_of(value)
        return json.dumps(value, ensure_ascii=False)

    def hidden(self, route: Route) -> bool:
        """Whether the value at a route is never repeated: it is secret, or among a vendor's own attributes."""
        shape: Shape | None = shape_of(self.kind)
        for step in route:
            if shape is None:
                return False
            if shape.secret or step == "native":
                return True
            shape = shape.item if shape.form in ("map", "keyed", "set") else shape.attributes.get(step)
        return shape is not None and shape.secret


def sort_of(value: object) -> str:
    """What sort of value this is, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "a map of keys"
