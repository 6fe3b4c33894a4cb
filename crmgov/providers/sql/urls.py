"""Which database a URL means, told without opening it and without the library that would."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crmgov.model.diagnostics import brief, of
from crmgov.model.paths import path_fault
from crmgov.model.provider import ProviderError
from crmgov.providers.sql import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.providers.sql.names import DialectName

if TYPE_CHECKING:
    from crmgov.providers.sql.dialect import Database

_PLAIN = "sqlite:///"


class Target(NamedTuple):
    """The database a URL means; ``open`` gives it, not yet connected to."""

    dialect: DialectName
    open: Callable[[], "Database"]


def target(url: str, root: Path, schema: str | None) -> Target:
    """What a URL means. Raises ProviderError for a URL that cannot be used."""
    if url.startswith(_PLAIN) and "?" not in url:
        return _sqlite(url.removeprefix(_PLAIN), root, schema)
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _unusable("connection.url is not the URL of a database") from error
    if "@" in (parsed.host or ""):
        raise _unusable("connection.url has an @ within its user or password; write it as %40")
    if parsed.get_backend_name() == "sqlite":
        return _sqlite("" if parsed.query or parsed.host else parsed.database or "", root, schema)
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        from crmgov.providers.sql.postgres import PostgresDatabase

        return Target("postgresql", lambda: PostgresDatabase(parsed.set(drivername="postgresql+psycopg"), schema))
    raise _unusable(f"{parsed.drivername} is no database this provider knows: it knows sqlite and postgresql")


def _sqlite(database: str, root: Path, schema: str | None) -> Target:
    if schema is not None:
        raise _unusable("connection.schema is for PostgreSQL; SQLite has none")
    path = _sqlite_path(database, root)

    def opened() -> "Database":
        from crmgov.providers.sql.sqlite import SqliteDatabase

        return SqliteDatabase(path, f"sqlite:///{path.relative_to(root.resolve())}")

    return Target("sqlite", opened)


def _sqlite_path(database: str, root: Path) -> Path:
    if not database or database.startswith((":memory:", "file:")):
        raise _unusable("a SQLite URL is sqlite:///PATH and names a file")
    fault = path_fault(database)
    if fault:
        raise _unusable(f"the path {brief(database)} {fault}")
    top = root.resolve()
    path = (top / database).resolve()
    if not path.is_relative_to(top):
        raise _unusable(f"the path {brief(database)} leads out of the repository")
    if path == top:
        raise _unusable(f"the path {brief(database)} names no file")
    return path


def _unusable(message: str) -> ProviderError:
    return ProviderError(of("SQL001", message))
