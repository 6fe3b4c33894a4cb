"""What goes wrong while records are asked, told without a word of what the records hold.

Messages of databases quote values ("invalid input syntax: ..."), and those of drivers whole URLs, so no message of
either is passed on: only what kind of trouble it was.
"""

import re
from pathlib import Path

_FAULTS = (AssertionError, AttributeError, LookupError, NameError, TypeError)
"""What Python raises where a program is wrong. Engines raise errors of their own, which may descend from these."""
_LIBRARIES = frozenset({"site-packages", "dist-packages"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+")


class UnreachableError(Exception):
    """Raised with the reason why a source of records cannot be opened; no password stands in it."""


class LostError(Exception):
    """Raised where the connection is gone; nothing else can be asked."""


class RefusedError(Exception):
    """Raised with the kind of trouble, as an engine names it, where that stands in no class."""


class TooSlowError(Exception):
    """Raised where an answer took longer than was allowed."""


def refusal(error: BaseException) -> str:
    """The kind of trouble in words, from its own name for it, or that of its class: undefined column."""
    name = str(error) if isinstance(error, RefusedError) else type(error).__name__
    return " ".join(_WORD.findall(name)).lower()


def interrupted(error: BaseException) -> bool:
    """Whether an error is what DuckDB makes of Ctrl-C, which is to end the audit and is no refusal."""
    return isinstance(error, RuntimeError) and "interrupted" in str(error).lower()


def fault(error: BaseException) -> bool:
    """Whether an error is a fault in crmgov, which must be seen, and not what an engine, its driver or Ibis said."""
    if type(error).__module__ != "builtins" or not isinstance(error, _FAULTS):
        return False
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return True
    package = str(trace.tb_frame.f_globals.get("__name__") or "").partition(".")[0]
    return package == "crmgov" or not _LIBRARIES & set(Path(trace.tb_frame.f_code.co_filename).parts)
