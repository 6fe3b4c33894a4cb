"""Anchors and the aliases that repeat them, when the text behind an anchor is about to change."""

from crmgov.model.shape import Shape
from crmgov.write.emit import flow
from crmgov.write.marked import Marked, Node, value_of
from crmgov.write.splice import Editor

_LEAF = Shape(form="leaf")


def promoted(text: str, tree: Marked, number: int, touched: set[int]) -> str | None:
    """The text with the same values in which no alias repeats a node that is touched; None where that is so already.

    The first alias that stays takes over the name and the value; aliases that change themselves are written out.
    """
    pairs = tree.aliases[number]
    targets = {id(alias): target for alias, target in pairs}
    named = {id(target): target for _, target in pairs if id(target) in touched}
    if not named:
        return None
    editor = Editor(text)
    for target in named.values():
        aliases = [alias for alias, repeated in pairs if repeated is target]
        written = flow(value_of(target, targets), _LEAF)
        heir: Node | None = None
        for alias in aliases:
            if id(alias) in touched:
                editor.splice(alias.start, alias.end, written)
            elif heir is None:
                heir = alias
                editor.splice(alias.start, alias.end, f"&{target.anchor} {written}")
        start = text.rfind("&" + target.anchor, 0, target.start)
        beside = "\n" not in text[start : target.start]
        editor.splice(start, target.start if beside else start + 1 + len(target.anchor), "")
    return editor.result()
