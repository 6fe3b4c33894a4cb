"""PostgreSQL: a connection that cannot write, one snapshot for all figures, and no statement without end."""

from collections.abc import Mapping
from typing import Any

from crmgov.audit.records.refusals import LostError, TooSlowError, UnreachableError, refusal
from crmgov.audit.records.statements import GROUP

_CONNECT_SECONDS = 15
_PARTING = frozenset("/@?#")
"""What ends a part of a URL: within a password, the rest of it would be taken for a host and told."""


class PostgresEngine:
    """One connection in one read-only transaction at the level that sees a single moment (repeatable read)."""

    name, proved, estimates = "postgres", True, False
    width = GROUP

    def __init__(self, url: str, patience: float) -> None:
        import ibis
        import psycopg

        self._patience = patience
        self._connection = _connected(url)
        try:
            for setting in (
                "default_transaction_read_only = on", f"statement_timeout = {round(patience * 1000)}",
                "TimeZone = 'UTC'",
            ):  # fmt: skip
                self._connection.execute(f"SET {setting}")
            self.backend = ibis.postgres.from_connection(self._connection)
            self._connection.autocommit = False
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._connection.read_only = True
        except psycopg.Error as error:
            raise UnreachableError(f"PostgreSQL refused it: {refusal(error)}") from error

    def tables(self) -> list[str]:
        """The names of its tables and views."""
        return sorted(self.backend.list_tables())

    def table(self, name: str) -> Any:
        """One of them."""
        return self.backend.table(name)

    def rows(self, expression: Any) -> list[Mapping[str, Any]]:
        """Carry out an expression; what is refused leaves the snapshot as it was."""
        import psycopg

        sql = self.backend.compile(expression)
        try:
            if self._connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
                self._connection.execute("SELECT 1")
            with self._connection.transaction(), self._connection.cursor() as cursor:
                cursor.execute(sql)
                names = [column.name for column in cursor.description or ()]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except psycopg.Error as error:
            if self._connection.closed:
                raise LostError("the connection to the database was lost") from error
            if isinstance(error, psycopg.errors.QueryCanceled):
                reason = f"it was cancelled, or took longer than {self._patience:g} seconds"
                raise TooSlowError(reason) from error
            raise

    def close(self) -> None:
        """Let go of the connection; nothing was written."""
        self._connection.close()


def _connected(url: str) -> Any:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    user, at, _ = url.removeprefix("postgresql://").rpartition("@")
    if at and _PARTING & set(user):
        raise UnreachableError("its user or password has one of / @ ? # in it; write it as %2F, %40, %3F or %23")
    try:
        known = conninfo_to_dict(url)
        timeout = known.get("connect_timeout") or _CONNECT_SECONDS
        return psycopg.connect(url, autocommit=True, connect_timeout=timeout)
    except psycopg.ProgrammingError as error:
        raise UnreachableError("the URL is not one of PostgreSQL") from error
    except psycopg.Error as error:
        told = (str(error).strip().splitlines() or [refusal(error)])[0]
        secret = str(known.get("password") or "")
        raise UnreachableError(told.replace(secret, "***") if secret else told) from error
