"""What a database driver says, told again without a record's value in it."""

from typing import Any

from sqlalchemy.exc import DBAPIError

from crmgov.model.diagnostics import of
from crmgov.model.provider import ProviderError
from crmgov.providers.sql import codes as _codes  # noqa: F401 - declares the codes used below

_BUSY = frozenset({"55P03", "40001", "40P01", "57014"})
"""PostgreSQL: lock not available, serialisation failure, deadlock, cancelled by timeout."""


class Refused(Exception):  # noqa: N818 - an operation that cannot be carried out is an outcome
    """An operation cannot be carried out; the message is fit to show."""


def unreachable(source: str, why: str) -> ProviderError:
    """The database does not answer."""
    mend = "Run crmgov env init ENV to make it." if "no such" in why else ""
    return ProviderError(of("SQL002", f"{source} does not answer: {why}", mend=mend))


def problem(error: DBAPIError, source: str) -> ProviderError:
    """A driver's error as a diagnostic."""
    if busy(error):
        return ProviderError(of("SQL004", f"{source} is in use by somebody else"))
    return ProviderError(of("SQL002", f"{source} does not answer: {words(error)}"))


def busy(error: DBAPIError) -> bool:
    """Whether the error says that somebody else holds a lock."""
    original: Any = error.orig
    if getattr(original, "sqlstate", None) is not None:
        return original.sqlstate in _BUSY
    return str(original) in ("database is locked", "database table is locked", "database schema is locked: main")


def words(error: DBAPIError) -> str:
    """What went wrong, without text that could hold a record's value."""
    original: Any = error.orig
    diag = getattr(original, "diag", None)
    if diag is None and str(original).startswith("Could not decode"):
        return "a record holds text that is not UTF-8"  # the driver's own words show it
    if diag is None:
        return str(original).splitlines()[0] if str(original) else type(original).__name__
    if original.sqlstate is None:
        return str(original).strip().splitlines()[0] if str(original).strip() else type(original).__name__
    named = [f"{what} {value}" for what, value in (("table", diag.table_name), ("column", diag.column_name),
             ("constraint", diag.constraint_name)) if value]  # fmt: skip
    return " ".join([type(original).__name__, f"({original.sqlstate})", *named])
