"""Applies the fixes of diagnostics to the text of files, keeping every other byte."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace
from yaml import YAMLError

from crmgov.model.canonical import decode, encode
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Route, of
from crmgov.model.kinds import INLINE, KINDS
from crmgov.model.shape import KEY, Shape, shape_of
from crmgov.write import codes  # noqa: F401 - declares the codes used here
from crmgov.write.emit import entry_shape, top_order
from crmgov.write.marked import Marked, Node, marked
from crmgov.write.revise import values
from crmgov.write.splice import Editor, Unspliceable

_LEAF = Shape(form="leaf")


class Fixed(NamedTuple):
    """The files that changed, how many fixes were applied, and what was left."""

    texts: dict[str, str]
    applied: int
    left: list[Diagnostic]


def apply_fixes(texts: Mapping[str, str], fixes: Iterable[Fix]) -> dict[str, str]:
    """The files that fixes change, by path, changed. See ``fixed`` for what could not be done."""
    return fixed(texts, fixes).texts


def fixed(texts: Mapping[str, str], fixes: Iterable[Fix]) -> Fixed:
    """Apply fixes to files, by path. A fix is applied whole or not at all."""
    files = dict(texts)
    pending = list(fixes)
    left = [unfit(fix) for fix in _left(files, pending)]
    applied = len(pending) - len(left)
    return Fixed({path: text for path, text in files.items() if text != texts[path]}, applied, left)


def _left(files: dict[str, str], fixes: list[Fix]) -> list[Fix]:
    """Apply fixes, in order; returns those that cannot be. Halves are tried, since a file is read anew each time."""
    if not fixes or _together(files, fixes):
        return []
    if len(fixes) == 1:
        return fixes
    middle = len(fixes) // 2
    return [*_left(files, fixes[:middle]), *_left(files, fixes[middle:])]


def unfit(fix: Fix) -> Diagnostic:
    """That a fix was not made."""
    where = fix.edits[0].at
    return of("WRITE005", f"Not done: {fix.title} in {where.file}", at=where)


def _together(files: dict[str, str], fixes: list[Fix]) -> bool:
    """Apply all edits of some fixes, if each file then holds what is intended; else change nothing."""
    by_file: dict[str, list[Edit]] = {}
    for fix in fixes:
        for edit in fix.edits:
            by_file.setdefault(edit.at.file, []).append(edit)
    try:
        new = {path: _edited(files[path], edits) for path, edits in by_file.items()}
    except (Unspliceable, YAMLError, ValueError, KeyError):
        return False
    files.update(new)
    return True


def _edited(text: str, edits: list[Edit]) -> str:
    # Taken apart, so that a change of one of several equal values that stand once is not taken for one of all.
    found = decode(encode(values(text)))
    tree = marked(text)
    editor = Editor(text)
    for edit in edits:
        if edit.at.document >= len(found):
            raise Unspliceable
        reaching = _reaching(found[edit.at.document], edit)
        change_value(found[edit.at.document], reaching.at.route, reaching)
        _splice(editor, tree, reaching)
    result = editor.result()
    if encode(values(result)) != encode(found):
        raise Unspliceable
    return result


def _reaching(value: Any, edit: Edit) -> Edit:
    """What is put below a map that is missing as what is set in its place: the map with it in it."""
    if edit.action != "put":
        return edit
    route = edit.at.route
    for place, step in enumerate(route[:-1]):
        if isinstance(value, dict) and value and step not in value:
            inner = edit.value
            for name in reversed(route[place + 1 :]):
                inner = {name: inner}
            return Edit(replace(edit.at, route=route[: place + 1]), "set", inner)
        value = _step(value, step)
    return Edit(edit.at, "set", edit.value)


def change_value(value: Any, route: Route, edit: Edit) -> None:
    """Make an edit on plain data, in place. Raises Unspliceable where its route leads nowhere."""
    for step in route[:-1]:
        value = _step(value, step)
    last = route[-1]
    if isinstance(value, list):
        if edit.action == "set" and _is_new(value, last, edit.value):
            value.append(copy.deepcopy(edit.value))
            return
        index = _index(value, last)
        if edit.action == "set":
            value[index] = copy.deepcopy(edit.value)
        else:
            del value[index]
    elif not isinstance(value, dict) or (last not in value and edit.action != "set"):
        raise Unspliceable
    elif edit.action == "set":
        value[last] = copy.deepcopy(edit.value)
    elif edit.action == "delete":
        del value[last]
    elif edit.value in value:
        raise Unspliceable
    else:
        value[str(edit.value)] = value.pop(last)


def _is_new(held: list[Any], key: str, value: Any) -> bool:
    """Whether a value is one that a list does not hold yet, and that goes by this key, or by the next number."""
    if key.isdecimal() and int(key) == len(held) and isinstance(value, dict) and KEY not in value:
        return True
    return _key(value) == key and all(_key(inner) != key for inner in held)


def _key(value: Any) -> Any:
    return value.get(KEY) if isinstance(value, dict) else value


def _step(value: Any, step: str) -> Any:
    if isinstance(value, dict) and step in value:
        return value[step]
    if isinstance(value, list):
        return value[_index(value, step)]
    raise Unspliceable


def _index(value: list[Any], step: str) -> int:
    for index, inner in enumerate(value):
        if inner == step or (isinstance(inner, dict) and inner.get(KEY) == step):
            return index
    if step.isdecimal() and int(step) < len(value):
        return int(step)
    raise Unspliceable


def _splice(editor: Editor, tree: Marked, edit: Edit) -> None:
    holder = tree.documents[edit.at.document]
    repeated = {id(alias): target for alias, target in tree.aliases[edit.at.document]}
    kind = holder.entry("kind")
    shapes = _shapes(kind[1].text if kind else "", edit.at.route)
    pad = ""
    parent: tuple[Node, str, bool] | None = None
    for step in edit.at.route[:-1]:
        inner, pad = _inner(editor, holder, step)
        parent = (inner, pad, holder.flow)
        holder = repeated.get(id(inner), inner)
    last = edit.at.route[-1]
    if edit.action == "rename_key":
        editor.rename(holder.pairs[_place(holder, last)][0], str(edit.value), in_flow=holder.flow)
    elif edit.action == "delete":
        _delete(editor, holder, last, parent, shapes[-2] if len(shapes) > 1 else _LEAF)
    elif holder.kind == "list" and holder.item(last) is None and (_key(edit.value) == last or last.isdecimal()):
        if not holder.items:
            raise Unspliceable
        editor.insert_item(holder, len(holder.items) - 1, edit.value, shapes[-2] if len(shapes) > 1 else _LEAF)
    elif holder.kind == "map" and holder.entry(last) is None:
        _insert(
            editor,
            holder,
            last,
            edit.value,
            shapes[-2] if len(shapes) > 1 else shape_of(kind[1].text) if kind else _LEAF,
        )
    else:
        node, pad = _inner(editor, holder, last)
        editor.replace(node, edit.value, shapes[-1], in_flow=holder.flow, pad=pad)


def _insert(editor: Editor, holder: Node, name: str, value: Any, shape: Shape) -> None:
    if not holder.pairs:
        raise Unspliceable
    held = [key.text for key, _ in holder.pairs]
    order = top_order(shape, dict.fromkeys([*held, name]))
    before = [held.index(other) for other in order[: order.index(name)] if other in held]
    editor.insert_entry(holder, before[-1] if before else len(held) - 1, name, value, shape)


def _delete(editor: Editor, holder: Node, last: str, parent: tuple[Node, str, bool] | None, shape: Shape) -> None:
    entries = len(holder.pairs) + len(holder.items)
    if entries == 1:
        if parent is None:
            raise Unspliceable
        node, pad, in_flow = parent
        editor.replace(node, {} if holder.kind == "map" else [], shape, in_flow=in_flow, pad=pad)
    elif holder.kind == "map":
        editor.remove_entries(holder, [_place(holder, last)])
    else:
        item = holder.item(last)
        editor.remove_items(holder, [index for index, other in enumerate(holder.items) if other is item])


def _place(holder: Node, name: str) -> int:
    found = next((index for index, (key, _) in enumerate(holder.pairs) if key.text == name), None)
    if found is None:
        raise Unspliceable
    return found


def _inner(editor: Editor, holder: Node, step: str) -> tuple[Node, str]:
    """The node a step leads to, and the indentation of what introduces it."""
    if holder.kind == "map" and (pair := holder.entry(step)) is not None:
        return pair[1], "" if holder.flow else " " * editor.column(pair[0].start)
    if holder.kind == "list" and (item := holder.item(step)) is not None:
        return item, "" if holder.flow else " " * editor.column(item.dash)
    raise Unspliceable


def _shapes(kind: str, route: Route) -> list[Shape]:
    """The shape at each step of a route of a document; that of a leaf where the model says nothing."""
    if kind not in KINDS:
        return [_LEAF] * len(route)
    shape = shape_of(kind)
    shapes: list[Shape] = []
    for place, step in enumerate(route):
        if kind == "Object" and route[0] in INLINE and place < 2:
            shape = Shape(form="map", item=shape_of(INLINE[route[0]])) if place == 0 else shape_of(INLINE[route[0]])
        elif shape.form in ("keyed", "set"):
            shape = shape.item or _LEAF
        else:
            shape = entry_shape(shape, step)
        shapes.append(shape)
    return shapes
