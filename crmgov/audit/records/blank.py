"""What counts for nothing in a text: blanks of every kind, also those that are not seen, as every engine knows them."""

from functools import cache
from typing import Any

SPACES = " \t\n\r\v\f"
"""Blanks around a value count for nothing wherever values are compared."""
BLANKS = SPACES + (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u2800\u3164"
)
"""A text of these alone says nothing: Unicode's white space, then characters without width or without ink."""
BLANK = f"[{BLANKS}]"
_SAID = f"[^{BLANKS}]"
_TRIMS = {"duckdb": "trim", "sqlite": "trim", "postgres": "btrim", "pyspark": "btrim"}
"""What an engine calls the function that takes characters of a list off both ends."""


def said(text: Any, dialect: str) -> Any:
    """Whether a text says anything; DuckDB is quicker to look for a letter than to take blanks off."""
    found = text.re_search(_SAID) if dialect == "duckdb" else bare(text, dialect) != ""
    return found.fill_null(False)


def bare(text: Any, dialect: str) -> Any:
    """A text without any blanks around it; engines that were never compared take off plain spaces alone."""
    return _trimming(_TRIMS[dialect])(text, BLANKS) if dialect in _TRIMS else text.strip()


@cache
def _trimming(name: str) -> Any:
    """The engine's function, made once: each is a class of its own, and thousands of classes make Ibis very slow."""
    import ibis

    @ibis.udf.scalar.builtin(name=name)  # type: ignore[untyped-decorator]
    def trim(text: str, letters: str) -> str:  # type: ignore[empty-body]  # carried out by the engine
        ...

    return trim
