r"""Regular expressions as DuckDB means them (RE2), put so that the engines of PostgreSQL and of Java find the same.

To PostgreSQL ``\b`` is a letter, and what a letter is depends on the database. Java's ``$`` also stands before a last
line end, its ``.`` stops at five kinds of them, and it knows small and capital letters only of A to Z unless told.
"""

import re
from collections.abc import Iterator, Mapping

_OUT = re.compile(r"\[\^?\]?|\\Q.*?(?:\\E|\Z)|\(\?P<|\\.|.", re.DOTALL)
"""What stands outside of brackets: their beginning, with the bracket that stands for itself; quoted text; a letter."""
_IN = re.compile(r"\[:\^?[a-z]+:\]|\\.|.", re.DOTALL)
_LINES = re.compile(r"\(\?[a-z]*m")
_CLASS = re.compile(r"\[:(\^?)([a-z]+):\]")
_CLASSES = {"xdigit": "XDigit", "ascii": "ASCII"}
_SPACES = {r"\s": r"[\t\n\f\r ]", r"\S": r"[^\t\n\f\r ]"}
_POSTGRES = {
    **_SPACES, r"\b": r"\y", r"\B": r"\Y", r"\z": r"\Z", r"\d": "[0-9]", r"\D": "[^0-9]", r"\w": "[0-9A-Za-z_]",
    r"\W": "[^0-9A-Za-z_]",
}  # fmt: skip
_POSTGRES_WITHIN = {r"\s": r"\t\n\f\r ", r"\d": "0-9", r"\w": "0-9A-Za-z_"}
_JAVA = {
    **_SPACES, "$": r"\z", r"\b": r"(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))", r"\B": r"(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))",
    "(?P<": "(?<",
}  # fmt: skip
_JAVA_WITHIN = {"[": r"\[", "&": r"\&", "^": r"\^", r"\s": r"\t\n\f\r "}


def put(pattern: str, dialect: str) -> str:
    """The pattern for an engine, by the name that Ibis knows it by."""
    if dialect == "postgres":
        return "".join(_tokens(pattern, _POSTGRES, _POSTGRES_WITHIN))
    if dialect != "pyspark":
        return pattern
    # One that counts lines means their ends by $.
    outside = {one: by for one, by in _JAVA.items() if one != "$" or not _LINES.search(pattern)}
    return "(?su)" + "".join(_java_class(one) for one in _tokens(pattern, outside, _JAVA_WITHIN))


def _tokens(pattern: str, outside: Mapping[str, str], within: Mapping[str, str]) -> Iterator[str]:
    """The pattern piece by piece, with others for those outside of brackets and within."""
    inside, at = False, 0
    while found := (_IN if inside else _OUT).match(pattern, at):
        one, at = found[0], found.end()
        if inside:
            inside = one != "]"
            yield within.get(one, one)
        else:
            inside = one.startswith("[")
            yield one.replace("]", r"\]") if inside else outside.get(one, one)


def _java_class(one: str) -> str:
    """Java's own name for a class of letters such as ``[:alpha:]``."""
    found = _CLASS.fullmatch(one)
    if found is None:
        return one
    if found[2] == "word":
        return r"\W" if found[1] else r"\w"
    return rf"\{'P' if found[1] else 'p'}{{{_CLASSES.get(found[2], found[2].capitalize())}}}"
