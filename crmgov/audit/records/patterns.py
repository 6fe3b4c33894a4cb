"""Regular expressions as DuckDB means them (RE2), put so that Java's engine finds the same.

Java's ``$`` also stands before a last line end, its ``.`` stops at five kinds of them, and its small and capital
letters are those of A to Z unless it is told otherwise.
"""

import re

_OUT = re.compile(r"\[\^?\]?|\\Q.*?(?:\\E|\Z)|\(\?P<|\\.|.", re.DOTALL)
"""What stands outside of brackets: their beginning, with the bracket that stands for itself; quoted text; a letter."""
_IN = re.compile(r"\[:\^?[a-z]+:\]|\\.|.", re.DOTALL)
_OUTSIDE = {
    "$": r"\z", r"\s": r"[\t\n\f\r ]", r"\S": r"[^\t\n\f\r ]",
    r"\b": r"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))", r"\B": r"(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))",
}  # fmt: skip
_WITHIN = {"[": r"\[", "&": r"\&", "^": r"\^", r"\s": r"\t\n\f\r "}
_CLASS = re.compile(r"\[:(\^?)([a-z]+):\]")
_LINES = re.compile(r"\(\?[a-z]*m")
_NAMES = {"xdigit": "XDigit", "ascii": "ASCII"}


def java(pattern: str) -> str:
    """The pattern for Java. One that counts lines keeps its ``$``."""
    outside = {sign: said for sign, said in _OUTSIDE.items() if sign != "$" or not _LINES.search(pattern)}
    said, within, at = ["(?su)"], False, 0
    while at < len(pattern):
        token = (_IN if within else _OUT).match(pattern, at)
        assert token is not None  # either takes any letter
        at = token.end()
        text = token[0]
        if not within and text.startswith("["):
            within = True
            text = text.replace("]", r"\]")
        elif within and text == "]":
            within = False
        elif within:
            text = _posix(text) if text.startswith("[:") else _WITHIN.get(text, text)
        else:
            text = "(?<" if text == "(?P<" else outside.get(text, text)
        said.append(text)
    return "".join(said)


def _posix(text: str) -> str:
    found = _CLASS.fullmatch(text)
    assert found is not None
    if found[2] == "word":
        return r"\W" if found[1] else r"\w"
    return rf"\{'P' if found[1] else 'p'}{{{_NAMES.get(found[2], found[2].capitalize())}}}"
