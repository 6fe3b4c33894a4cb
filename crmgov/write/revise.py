"""A document made to hold another value, touching only what differs.

The result is read again and compared with what was intended before it is returned. Where a part cannot be edited in
place it is laid out anew, and where that fails too the whole document is; the answer says so.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from yaml import YAMLError

from crmgov.load.events import parse
from crmgov.model.canonical import Body, encode
from crmgov.model.diagnostics import Route
from crmgov.model.kinds import INLINE
from crmgov.model.normal import canonical_body
from crmgov.model.shape import shape_of
from crmgov.write.emit import body_lines, document
from crmgov.write.marked import Marked, Node, marked, value_of
from crmgov.write.promote import promoted
from crmgov.write.splice import Editor, Unspliceable
from crmgov.write.walk import Walk

ENVELOPE = frozenset(("apiVersion", "kind", "name", "object"))
_PASSES = 8


class Revised(NamedTuple):
    """The new text; ``anew`` says that a part or all of the document had to be laid out anew."""

    text: str
    anew: bool = False


def revise(text: str, number: int, route: Route, kind: str, body: Body) -> Revised:
    """The text with the body of one resource replaced: that of document ``number``, or inline in it at ``route``.

    ``body`` is in canonical form. Raises ValueError where even a document laid out anew would not be read back equal.
    """
    goal = _Goal(text, number, route, kind, body)
    if goal.reached(text):
        return Revised(text)
    for attempt, anew in ((goal.fine, False), (goal.coarse, True), (goal.whole, True)):
        try:
            result = attempt()
        except (Unspliceable, YAMLError):
            continue
        if goal.reached(result):
            return Revised(result, anew)
    raise ValueError(f"the {kind} cannot be written so that it is read back equal")


class _Goal:
    def __init__(self, text: str, number: int, route: Route, kind: str, body: Body) -> None:
        self.text, self.number, self.route, self.kind, self.body = text, number, route, kind, body
        self.leave = frozenset() if route else ENVELOPE | (frozenset(INLINE) if kind == "Object" else frozenset())
        self.others = _others(values(text), number, route, self.leave)

    def reached(self, text: str) -> bool:
        """Whether a text holds the body that is wanted, and everything else as it was."""
        try:
            found = values(text)
        except ValueError:
            return False
        if len(found) <= self.number:
            return False
        inner = held(found[self.number], self.route)
        if not isinstance(inner, dict) or _others(found, self.number, self.route, self.leave) != self.others:
            return False
        own = {name: value for name, value in inner.items() if name not in self.leave}
        return encode(canonical_body(self.kind, own)) == encode(self.body)

    def fine(self) -> str:
        return self._edited(coarse=False)

    def coarse(self) -> str:
        return self._edited(coarse=True)

    def _edited(self, *, coarse: bool) -> str:
        text = self.text
        for _ in range(_PASSES):
            tree = marked(text)
            node = self._node(tree)
            anchors = {id(alias): target for alias, target in tree.aliases[self.number]}
            editor = Editor(text)
            walk = Walk(editor, anchors, coarse=coarse, leave=self.leave)
            again = walk.body(node, shape_of(self.kind), self.body)
            moved = promoted(text, tree, self.number, walk.touched)
            text = moved if moved is not None else editor.result()
            if moved is None and not again:
                return text
        raise Unspliceable

    def whole(self) -> str:
        if self.route:
            return self._inline_anew()
        tree = marked(self.text)
        node = tree.documents[self.number]
        own = value_of(node, {id(alias): target for alias, target in tree.aliases[self.number]})
        if any(name in own for name in INLINE) and self.kind == "Object":
            raise Unspliceable
        new = document(self.kind, own["name"], own.get("object"), self.body)
        return self.text[: node.start] + new.rstrip("\n") + self.text[node.end :]

    def _inline_anew(self) -> str:
        tree = marked(self.text)
        holder = tree.documents[self.number]
        for step in self.route[:-1]:
            pair = holder.entry(step)
            if pair is None:
                raise Unspliceable
            holder = pair[1]
        pair = holder.entry(self.route[-1])
        if pair is None or holder.flow:
            raise Unspliceable
        column = pair[0].start - (self.text.rfind("\n", 0, pair[0].start) + 1)
        lines = body_lines(self.kind, self.body, " " * (column + 2))
        return self.text[: pair[1].head] + "\n" + "\n".join(lines) + self.text[pair[1].end :]

    def _node(self, tree: Marked) -> Node:
        node = tree.documents[self.number]
        for step in self.route:
            pair = node.entry(step) if node.kind == "map" else None
            if pair is None:
                raise Unspliceable
            node = pair[1]
        return node


def values(text: str) -> list[Any]:
    """The values of all documents of a text, as the loader reads them. Raises ValueError where it cannot."""
    read = parse("", text.encode("utf-8", "surrogatepass"))
    if read.broken:
        raise ValueError("not readable as YAML")
    return [value for _, value in read.documents]


def held(value: Any, route: Route) -> Any:
    """What stands at a route of maps; None where there is nothing."""
    for step in route:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _others(found: list[Any], number: int, route: Route, leave: frozenset[str]) -> bytes:
    """Everything in a file but the body in question."""
    own = found[number] if number < len(found) else None
    rest = _without(own, route, lambda value: {name: value[name] for name in value if name in leave})
    return encode([rest if index == number else value for index, value in enumerate(found)])


def _without(value: Any, route: Route, kept: Callable[[dict[str, Any]], Any]) -> Any:
    if not isinstance(value, dict):
        return value
    if not route:
        return kept(value)
    return {name: _without(inner, route[1:], kept) if name == route[0] else inner for name, inner in value.items()}
