"""A ledger in a SQLite file of this machine."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from crmgov.ledger import codes
from crmgov.ledger.errors import failed
from crmgov.ledger.protocol import Seen
from crmgov.ledger.sqlstore import SqlStore

_PATIENCE = 10.0
"""Seconds to wait for another process's transaction."""


class SqliteStore(SqlStore):
    """A store in a file; reading never makes one."""

    def __init__(self, path: Path, ledger: str, place: str) -> None:
        self._path = path
        engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(path)),
            poolclass=sa.pool.StaticPool,
            # The driver would begin transactions late and not around table definitions; we begin them ourselves.
            connect_args={"isolation_level": None, "timeout": _PATIENCE},
        )
        sa.event.listen(engine, "begin", _begin)
        super().__init__(engine, ledger, place, insert=insert)

    def read(self, names: Sequence[str] = (), at: str | None = None) -> Seen:
        """The current state; nothing where there is no file."""
        return super().read(names, at) if self._path.exists() else Seen(None, None, {})

    def get(self, name: str) -> bytes | None:
        """One file; None where there is no database."""
        return super().get(name) if self._path.exists() else None

    def write(self, expected: str | None, root: bytes, files: Mapping[str, bytes]) -> str | None:
        """Replace the root and write files in one transaction, in a new file where there is none."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise failed(codes.UNREACHABLE, f"The folder of the ledger cannot be made: {error.strerror}") from error
        return super().write(expected, root, files)


def _begin(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get("crmgov_write")
    if write:
        connection.exec_driver_sql("PRAGMA synchronous = FULL")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
