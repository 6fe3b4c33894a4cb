"""SQLite: the file opened for reading only, one transaction for all figures."""

import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crmgov.audit.records.refusals import TooSlowError, UnreachableError
from crmgov.audit.records.relation import SMALL
from crmgov.audit.records.statements import GROUP

_STEPS = 100_000
"""Instructions between two looks at the clock: some milliseconds."""


class SqliteEngine:
    """One file. All figures are of the same moment: writers go on beside it, or wait, as the file's journal has it."""

    name, proved, estimates = "sqlite", True, False
    width = GROUP

    def __init__(self, path: Path, patience: float) -> None:
        import ibis

        self._patience, self._until = patience, 0.0
        try:
            self._connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            raise UnreachableError(f"{path.name} is no SQLite database that can be read") from error
        self._connection.create_function(SMALL, 1, _small, deterministic=True)
        self._connection.set_progress_handler(self._too_slow, _STEPS)
        self.backend = ibis.sqlite.from_connection(self._connection)

    def tables(self) -> list[str]:
        """The names of its tables and views."""
        return sorted(self.backend.list_tables())

    def table(self, name: str) -> Any:
        """One of them."""
        return self.backend.table(name)

    def rows(self, expression: Any) -> list[Mapping[str, Any]]:
        """Carry out an expression; booleans are 0 and 1, times are text."""
        sql = self.backend.compile(expression)
        self._until = time.monotonic() + self._patience
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN")
            cursor = self._connection.execute(sql)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except sqlite3.OperationalError as error:
            if time.monotonic() > self._until:
                raise TooSlowError(f"it took longer than {self._patience:g} seconds") from error
            if str(error) == "interrupted":  # what the look at the clock makes of Ctrl-C
                raise KeyboardInterrupt from error
            raise
        finally:
            self._until = 0.0

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _too_slow(self) -> bool:
        return 0 < self._until < time.monotonic()


def _small(text: Any) -> str | None:
    return None if text is None else str(text).lower()
