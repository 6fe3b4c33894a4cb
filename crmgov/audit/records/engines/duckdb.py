"""DuckDB: embedded, over files, or a database file of its own."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crmgov.audit.records.refusals import TooSlowError, UnreachableError, interrupted
from crmgov.audit.records.statements import COLUMNAR_GROUP


class DuckdbEngine:
    """A DuckDB database file, opened for reading only, one transaction for all figures."""

    name, proved, estimates = "duckdb", True, True
    width = COLUMNAR_GROUP

    def __init__(self, path: Path, patience: float) -> None:
        import duckdb
        import ibis

        self._patience = patience
        if not path.is_file():
            raise UnreachableError(f"there is no file {path.name}")
        try:
            self.backend = ibis.duckdb.connect(path, read_only=True)
        except duckdb.Error as error:
            raise UnreachableError(f"{path.name} is no DuckDB database that can be read") from error
        self.backend.con.execute("SET enable_progress_bar = false")  # it would stand in the report
        self.backend.con.execute("BEGIN TRANSACTION READ ONLY")

    def tables(self) -> list[str]:
        """The names of its tables and views."""
        found = self.backend.con.execute("SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall()
        return [name for (name,) in found]

    def table(self, name: str) -> Any:
        """One of them."""
        return self.backend.table(name)

    def rows(self, expression: Any) -> list[Mapping[str, Any]]:
        """Carry out an expression."""
        return rows(self.backend, expression, self._patience)

    def close(self) -> None:
        """Let go of the file."""
        self.backend.disconnect()


def rows(backend: Any, expression: Any, patience: float) -> list[Mapping[str, Any]]:
    """Carry out an expression within so many seconds; all rows are taken at once (one at a time is very slow)."""
    import duckdb

    sql = backend.compile(expression)
    over = threading.Event()

    def stop() -> None:
        over.set()
        backend.con.interrupt()

    timer = threading.Timer(patience, stop)
    timer.daemon = True
    timer.start()
    try:
        cursor = backend.con.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except duckdb.InterruptException as error:
        if not over.is_set():
            raise KeyboardInterrupt from error
        raise TooSlowError(f"it took longer than {patience:g} seconds") from error
    except RuntimeError as error:
        if interrupted(error):
            raise KeyboardInterrupt from error
        raise
    finally:
        timer.cancel()
