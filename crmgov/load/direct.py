"""Plain block YAML read line by line; most files of a tree are that, and it takes a sixth of the time of a parser.

Only what has one meaning that can be seen from its line is read here: keys of words, scalars on one line, lists and
maps in block form, short ones in brackets. For everything else, and for whatever is wrong, there is the whole reader
(``events``), which also says so. Where this one answers, it answers the same: a property test compares the two.
"""

import re
from typing import Any

from crmgov.load.scalars import NUMERIC, WORDS, NumberError, plain

_WORD = "[A-Za-z_][A-Za-z0-9_]{0,79}(?:[ ./&-][A-Za-z0-9_]{1,79}){0,9}"
# Ten words of 80 characters stay below the 1,024 that YAML allows a key.
_LINE = re.compile(rf"( *)(- )?(?:({_WORD}):(?: +|(?=\n)))?(.*)\n")
_VALUE = f"(?:{_WORD}|-?[0-9][0-9.]{{0,14}})"
_LIST = re.compile(rf"\[{_VALUE}(?:, ?{_VALUE})*\]")
_MAP = re.compile(rf"\{{{_WORD}: {_VALUE}(?:, ?{_WORD}: {_VALUE})*\}}")
_FOREIGN = re.compile("[^\n -~\u00c0-\u024f]")
"""Everything but printable ASCII and Latin letters, none of which is a space or a quotation mark in disguise."""
_PRINTABLE = bytes([10, *range(32, 127)])
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
"""What begins something other than a plain scalar."""
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_MOST_DEPTH = 60
"""Levels of nesting; fewer than ``events.MOST_DEPTH``, which tells of too many."""

_Container = dict[str, Any] | list[Any]


class _UnplainError(Exception):
    """Raised where a file is not plain."""


def read_directly(data: bytes) -> dict[str, Any] | None:
    """The one document of a plain file; None where the file must be read by the whole reader."""
    try:
        text = data.decode("utf-8")
        if data.translate(None, _PRINTABLE) and _FOREIGN.search(text):
            return None
        return _document(text if text.endswith("\n") else text + "\n")
    except (UnicodeDecodeError, _UnplainError):
        return None


def _document(text: str) -> dict[str, Any] | None:
    root: dict[str, Any] = {}
    stack: list[tuple[int, _Container]] = [(0, root)]  # how far each open list or map is indented
    top: _Container = root
    level, waiting = 0, ""
    for indent, dash, key, written in _LINE.findall(text):
        if not (key or dash) and (not written or written[0] == "#"):
            continue
        column = len(indent)
        if waiting:
            if column > level or (dash and column == level):
                # The value of the key before stands below it.
                top = _below(top, waiting, [] if dash else {})
                level = column
                stack.append((level, top))
            waiting = ""
        while level > column or (level == column and not dash and type(top) is list):
            stack.pop()
            level, top = stack[-1]
        if level != column or len(stack) > _MOST_DEPTH:
            raise _UnplainError
        if dash:
            if type(top) is not list:
                raise _UnplainError
            if not key:
                top.append(_scalar(written))
                continue
            entry: dict[str, Any] = {}
            top.append(entry)
            level, top = column + 2, entry
            stack.append((level, top))
        if not key or key in WORDS or type(top) is not dict or key in top:
            raise _UnplainError
        if written[:1] in _LETTERS and ":" not in written and "#" not in written and written[-1] != " ":
            # A plain scalar that nothing can end before its line does.
            top[key] = WORDS.get(written, written)
        elif written and written[0] != "#":
            top[key] = _scalar(written)
        else:
            top[key] = None
            waiting = key
    return root or None


def _below(top: _Container, key: str, value: _Container) -> _Container:
    if type(top) is not dict:
        raise _UnplainError
    top[key] = value
    return value


def _scalar(written: str) -> Any:
    if not written:
        raise _UnplainError
    if written[0] in _INDICATORS and not (written[0] == "-" and written[1:2].isdecimal()):
        return _marked(written)
    if " #" in written:
        written = written[: written.index(" #")].rstrip(" ")
    if ": " in written or written[-1] in ": ":
        raise _UnplainError
    return _plain(written)


def _plain(written: str) -> Any:
    if written in WORDS:
        return WORDS[written]
    if written[0] in NUMERIC:
        try:
            return plain(written)
        except NumberError as error:
            raise _UnplainError from error
    return written


def _marked(written: str) -> Any:
    """A scalar in quotation marks with nothing to decode in it, or a list or map of words in brackets."""
    inner, mark = written[1:-1], written[0]
    if len(written) >= 2 and mark in "'\"" and written[-1] == mark and mark not in inner and "\\" not in inner:
        return inner
    if _LIST.fullmatch(written):
        return [_plain(word.lstrip(" ")) for word in inner.split(",")]
    if _MAP.fullmatch(written):
        pairs = [pair.lstrip(" ").split(": ") for pair in inner.split(",")]
        entries = {key: _plain(word) for key, word in pairs if key not in WORDS}
        if len(entries) == len(pairs):
            return entries
    if written in ("[]", "{}"):
        return [] if written == "[]" else {}
    raise _UnplainError
