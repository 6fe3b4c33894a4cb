"""Walks a tree of places beside the value it shall hold, and gathers the splices that make the one the other."""

from collections.abc import Mapping
from typing import Any

from crmgov.model.canonical import encode
from crmgov.model.normal import canonical_value
from crmgov.model.shape import KEY, Shape
from crmgov.write.emit import entry_shape, flow, is_kind, top_order
from crmgov.write.marked import Node, value_of
from crmgov.write.splice import Editor

_LEAF = Shape(form="leaf")


class Walk:
    """One pass over a body. ``touched`` holds, by id, the nodes whose value changes (what they hold included).

    ``coarse`` replaces whole attributes. A pass that puts a list into another order does nothing else with that list,
    and answers that another pass is needed.
    """

    def __init__(self, editor: Editor, anchors: Mapping[int, Node], *, coarse: bool, leave: frozenset[str]) -> None:
        self.editor = editor
        self.anchors = dict(anchors)
        self.coarse = coarse
        self.leave = leave
        self.touched: set[int] = set()
        self._again = False

    def body(self, node: Node, shape: Shape, body: dict[str, Any]) -> bool:
        """Gather what makes a document or inline body hold ``body``; whether another pass is needed."""
        self._map(node, shape, body, leave=self.leave)
        return self._again

    def _same(self, node: Node, shape: Shape, value: Any) -> bool:
        held = canonical_value(shape, value_of(node, self.anchors))
        return encode(held) == encode(canonical_value(shape, value))

    def _value(self, node: Node, shape: Shape, value: Any, *, in_flow: bool, pad: str) -> None:
        if self._same(node, shape, value):
            return
        self.touched.add(id(node))
        if not self.coarse and node.kind == "map" and isinstance(value, dict) and node.pairs and value:
            self._map(node, shape, value)
        elif not self.coarse and node.kind == "list" and self._list_fits(node, shape, value):
            self._list(node, _listed(shape), value if isinstance(value, list) else value["values"])
        else:
            self._touch(node)
            self.editor.replace(node, value, shape, in_flow=in_flow, pad=pad)

    def _map(self, node: Node, shape: Shape, value: dict[str, Any], leave: frozenset[str] = frozenset()) -> None:
        held = [name.text for name, _ in node.pairs]
        going = [index for index, name in enumerate(held) if name not in value and name not in leave]
        if len(going) == len(held):
            self._rewrite_all(node, shape, value)
            return
        for index in going:
            self._touch(node.pairs[index][1])
        self.editor.remove_entries(node, going)
        for name, inner in node.pairs:
            if name.text in value and name.text not in leave:
                pad = "" if node.flow else " " * self.editor.column(name.start)
                self._value(inner, entry_shape(shape, name.text), value[name.text], in_flow=node.flow, pad=pad)
        order = _order(shape, value, held, leave)
        for place, new in enumerate(order):
            if new in value and new not in held:
                before = next((held.index(name) for name in reversed(order[:place]) if name in held), -1)
                self.editor.insert_entry(node, before, new, value[new], shape)

    def _rewrite_all(self, node: Node, shape: Shape, value: dict[str, Any]) -> None:
        """Replace all entries of a map: the text of the first makes room for the new ones."""
        for _, inner in node.pairs:
            self._touch(inner)
        if node.flow:
            self.editor.splice(node.start, node.end, flow(value, shape))
            return
        order = _order(shape, value, [], frozenset())
        self.editor.remove_entries(node, list(range(1, len(node.pairs))))
        for new in order[1:]:
            self.editor.insert_entry(node, 0, new, value[new], shape)
        name, inner = node.pairs[0]
        pad = " " * self.editor.column(name.start)
        self.editor.rename(name, order[0], in_flow=False)
        self.editor.replace(inner, value[order[0]], entry_shape(shape, order[0]), in_flow=False, pad=pad)

    def _list_fits(self, node: Node, shape: Shape, value: Any) -> bool:
        """Whether a list can be edited entry by entry: entries are told apart, and some stay."""
        if isinstance(value, dict):
            value = value["values"] if list(value) == ["values"] else None
        if not isinstance(value, list) or not value or not node.items:
            return False
        listed = _listed(shape)
        old = [_identity(listed, value_of(item, self.anchors)) for item in node.items]
        new = [_identity(listed, item) for item in value]
        return len(set(old)) == len(old) and len(set(new)) == len(new) and not set(old).isdisjoint(new)

    def _list(self, node: Node, shape: Shape, value: list[Any]) -> None:
        old = [_identity(shape, value_of(item, self.anchors)) for item in node.items]
        new = {_identity(shape, item): item for item in value}
        stay = [name for name in old if name in new]
        if shape.form == "set" or (shape.form == "keyed" and not shape.ordered):
            in_order = stay == sorted(stay)
            wanted = sorted(new) if in_order else stay + [name for name in new if name not in stay]
        else:
            wanted = list(new)
        if [name for name in wanted if name in stay] != stay:
            self._reorder(node, old, wanted)
            return
        going = [index for index, name in enumerate(old) if name not in new]
        self.editor.remove_items(node, going)
        for index, (name, item) in enumerate(zip(old, node.items, strict=True)):
            if index in going:
                self._touch(item)
            else:
                pad = "" if node.flow else " " * self.editor.column(item.dash)
                element = self._element(item, shape, new[name])
                self._value(item, shape.item or _LEAF, element, in_flow=node.flow, pad=pad)
        for place, name in enumerate(wanted):
            if name not in stay:
                before = next((old.index(other) for other in reversed(wanted[:place]) if other in stay), -1)
                self.editor.insert_item(node, before, new[name], shape)

    def _element(self, item: Node, shape: Shape, value: Any) -> Any:
        """An element in the form in which it stands: by its name alone, where that is all there is."""
        if shape.form == "keyed" and item.kind == "scalar" and isinstance(value, dict) and list(value) == [KEY]:
            return value[KEY]
        return value

    def _reorder(self, node: Node, old: list[str], wanted: list[str]) -> None:
        places = {name: place for place, name in enumerate(wanted)}
        moving = [index for index, name in enumerate(old) if name in places]
        moved = sorted(moving, key=lambda index: places[old[index]])
        sources = dict(zip(moving, moved, strict=True))
        self.editor.reorder(node, [sources.get(index, index) for index in range(len(old))])
        for item in node.items:
            self._touch(item)
        self._again = True

    def _touch(self, node: Node) -> None:
        self.touched.add(id(node))
        for _, inner in node.pairs:
            self._touch(inner)
        for inner in node.items:
            self._touch(inner)


def _listed(shape: Shape) -> Shape:
    """The shape of a list that may stand for ``{values: list}``."""
    return shape.attributes["values"] if shape.form == "struct" and "values" in shape.attributes else shape


def _identity(shape: Shape, value: Any) -> str:
    if shape.form == "keyed":
        named = value.get(KEY) if isinstance(value, dict) else value
        return named if isinstance(named, str) else encode(value).decode()
    return value if isinstance(value, str) else encode(value).decode()


def _order(shape: Shape, value: dict[str, Any], held: list[str], leave: frozenset[str]) -> list[str]:
    """All names, old and new, in the order in which new ones are put in."""
    names = dict.fromkeys([*value, *(name for name in held if name in leave or name in value)], None)
    if leave:
        envelope = [name for name in held if name in leave and name not in ("fields", "validations", "record_types")]
        return [*envelope, *top_order(shape, dict.fromkeys(value, None))]
    if shape.form == "map":
        return sorted(names)
    if is_kind(shape):
        return top_order(shape, names)
    known = [name for name in shape.attributes if name in names]
    return known + [name for name in names if name not in shape.attributes]
