"""Edits of a tree of texts, each of which can be done and undone. Pure."""

from collections.abc import Iterable, Mapping

import msgspec


class EditError(ValueError):
    """An edit that does not fit the tree; the message names the file and what was expected there."""


class Add(msgspec.Struct, frozen=True):
    """A file that is new. Its text is the one it has in the tree in the end."""

    path: str


class Delete(msgspec.Struct, frozen=True):
    """A file that goes, with the text it had."""

    path: str
    text: str


class Move(msgspec.Struct, frozen=True):
    """A file that gets another path."""

    path: str
    to: str


class Replace(msgspec.Struct, frozen=True):
    """A passage that occurs once in a file and becomes another."""

    path: str
    before: str
    after: str


Edit = Add | Delete | Move | Replace
Tree = dict[str, str]
"""Texts by path, with forward slashes."""


def undo(tree: Mapping[str, str], edits: Iterable[Edit]) -> Tree:
    """The tree before the edits. Raises EditError where one does not fit."""
    result = dict(tree)
    for edit in reversed(list(edits)):
        match edit:
            case Add(path):
                _take(result, path)
            case Delete(path, text):
                _put(result, path, text)
            case Move(path, to):
                _put(result, path, _take(result, to))
            case Replace(path, before, after):
                result[path] = _swap(result, path, after, before)
    return result


def redo(tree: Mapping[str, str], edits: Iterable[Edit], later: Mapping[str, str]) -> Tree:
    """The tree after the edits; texts of new files come from ``later``. Raises EditError where one does not fit."""
    result = dict(tree)
    for edit in edits:
        match edit:
            case Add(path):
                _put(result, path, later[path])
            case Delete(path, text):
                if _take(result, path) != text:
                    raise EditError(f"{path} does not hold the text that is deleted")
            case Move(path, to):
                _put(result, to, _take(result, path))
            case Replace(path, before, after):
                result[path] = _swap(result, path, before, after)
    return result


def _take(tree: Tree, path: str) -> str:
    if path not in tree:
        raise EditError(f"{path} is not there")
    return tree.pop(path)


def _put(tree: Tree, path: str, text: str) -> None:
    if path in tree:
        raise EditError(f"{path} is there already")
    tree[path] = text


def _swap(tree: Tree, path: str, old: str, new: str) -> str:
    text = tree.get(path)
    if text is None:
        raise EditError(f"{path} is not there")
    if text.find(old) != text.rfind(old) or old not in text:
        raise EditError(f"{path} holds this passage {'more than once' if old in text else 'nowhere'}: {old!r}")
    return text.replace(old, new)
