"""PostgreSQL: opening, locking and looking at a database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from crmgov.model.diagnostics import of
from crmgov.model.provider import ProviderError
from crmgov.providers.sql.dialect import Ddl, quoted, run
from crmgov.providers.sql.errors import problem, unreachable, words
from crmgov.providers.sql.names import Names
from crmgov.providers.sql.physical import Catalog
from crmgov.providers.sql.postgres_ddl import PostgresDdl
from crmgov.providers.sql.postgres_inspect import inspect

WAIT = 10
"""Seconds to wait for a lock, and for the server to answer at all."""
_WRITER = 0x63726D676F76
"""Key of the advisory lock that makes one writer at a time."""


class PostgresDatabase:
    """A database, in one of its schemas."""

    def __init__(self, url: URL, schema: str | None) -> None:
        self.names = Names("postgresql")
        self.source = url.set(password=None, drivername="postgresql", query={}).render_as_string()
        self._schema = schema
        self._url = url

    @cached_property
    def _engine(self) -> Engine:
        """Made when first asked for: what needs no connection needs no driver either."""
        try:
            return create_engine(self._url, poolclass=NullPool, connect_args={"connect_timeout": WAIT})
        except ImportError as error:
            message = "PostgreSQL needs psycopg: pip install 'crmgov[postgresql]'"
            raise ProviderError(of("SQL001", message)) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent read-only transaction."""
        with self._transaction("REPEATABLE READ", read_only=True) as connection:
            self._use_schema(connection)
            yield connection

    @contextmanager
    def writing(self, *, create: bool = False) -> Iterator[Connection]:
        """The one writer: others wait at an advisory lock until it has ended."""
        with self._transaction("READ COMMITTED", read_only=False) as connection:
            if create and self._schema is not None:
                run(connection, f"CREATE SCHEMA IF NOT EXISTS {quoted(self._schema)}")
            self._use_schema(connection)
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")
            yield connection

    @contextmanager
    def _transaction(self, isolation: str, *, read_only: bool) -> Iterator[Connection]:
        try:
            connection = self._engine.connect()
        except DBAPIError as error:
            raise unreachable(self.source, words(error)) from error
        try:
            connection.execution_options(isolation_level=isolation, postgresql_readonly=read_only)
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT}s'")
            # Dates and defaults are written and read in one form, whatever the server's settings.
            connection.exec_driver_sql("SET LOCAL timezone = 'UTC'")
            connection.exec_driver_sql("SET LOCAL datestyle = 'ISO, YMD'")
            connection.exec_driver_sql("SET LOCAL standard_conforming_strings = on")
            yield connection
            connection.commit()
        except DBAPIError as error:
            raise problem(error, self.source) from error
        finally:
            connection.close()

    def _use_schema(self, connection: Connection) -> None:
        """Every name means a table of this one schema, whatever else the search path would find."""
        known = self._schema
        if known is None:
            known = connection.exec_driver_sql("SELECT current_schema()").scalar()
        there = connection.exec_driver_sql("SELECT 1 FROM pg_namespace WHERE nspname = %s", (known,)).first()
        if known is None or there is None:
            raise ProviderError(of("SQL002", f"{self.source} has no schema {known or 'to use'}"))
        run(connection, f"SET LOCAL search_path = {quoted(known)}")

    def inspect(self, connection: Connection, table: str | None = None) -> Catalog:
        """What the schema holds: all of it, or one table."""
        return inspect(connection, self.names, table)

    def ddl(self, connection: Connection) -> Ddl:
        """The changes of this dialect."""
        return PostgresDdl(connection)

    def guard(self, connection: Connection) -> Callable[[], str]:  # noqa: ARG002 - PostgreSQL watches by itself
        """Nothing to look after: every constraint and dependency is enforced by the server."""
        return lambda: ""

    def busy(self) -> bool:
        """Whether somebody holds the place of the writer now."""
        with self._transaction("READ COMMITTED", read_only=True) as connection:
            return not connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_WRITER})").scalar()

    def close(self) -> None:
        """Let go of all connections."""
        if "_engine" in vars(self):
            self._engine.dispose()
