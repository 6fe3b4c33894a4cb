"""Which database a URL means."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from crmgov.model.diagnostics import brief, of
from crmgov.model.paths import path_fault
from crmgov.model.provider import ProviderError
from crmgov.providers.sql import codes as _codes  # noqa: F401 - declares the codes used below

if TYPE_CHECKING:
    from crmgov.providers.sql.dialect import Database


def open_database(url: str, root: Path, schema: str | None) -> "Database":
    """The database behind a URL, not yet connected to. Raises ProviderError for a URL that cannot be used."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _unusable("connection.url is not the URL of a database") from error
    if "@" in (parsed.host or ""):
        raise _unusable("connection.url has an @ within its user or password; write it as %40")
    if parsed.get_backend_name() == "sqlite":
        from crmgov.providers.sql.sqlite import SqliteDatabase

        if schema is not None:
            raise _unusable("connection.schema is for PostgreSQL; SQLite has none")
        path = _sqlite_path(parsed, root)
        return SqliteDatabase(path, f"sqlite:///{path.relative_to(root.resolve())}")
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        from crmgov.providers.sql.postgres import PostgresDatabase

        return PostgresDatabase(parsed.set(drivername="postgresql+psycopg"), schema)
    raise _unusable(f"{parsed.drivername} is no database this provider knows: it knows sqlite and postgresql")


def _sqlite_path(parsed: URL, root: Path) -> Path:
    if not parsed.database or parsed.database.startswith((":memory:", "file:")) or parsed.query or parsed.host:
        raise _unusable("a SQLite URL is sqlite:///PATH and names a file")
    fault = path_fault(parsed.database)
    if fault:
        raise _unusable(f"the path {brief(parsed.database)} {fault}")
    top = root.resolve()
    path = (top / parsed.database).resolve()
    if not path.is_relative_to(top):
        raise _unusable(f"the path {brief(parsed.database)} leads out of the repository")
    if path == top:
        raise _unusable(f"the path {brief(parsed.database)} names no file")
    return path


def _unusable(message: str) -> ProviderError:
    return ProviderError(of("SQL001", message))
