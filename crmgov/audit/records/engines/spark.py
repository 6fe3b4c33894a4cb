"""Apache Spark, for records that outgrow one machine: ``spark://MASTER`` and, after a slash, a folder of Parquet.

MASTER is ``local``, ``local[2]`` (threads) or ``host:7077``. Without a folder the tables of its catalogue are asked,
in the database named by ``?database=``. With one, every ``.parquet`` in it (a file, or a folder of parts) is a table.
Any other ``?name=value`` is a setting of Spark's.
"""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from crmgov.audit.records.engines.spark_session import released, session
from crmgov.audit.records.refusals import LostError, TooSlowError, UnreachableError, refusal

WIDTH = 24
_GLOB = frozenset("{}[]*?\\")
"""Letters by which Hadoop takes a path for a pattern."""


class SparkEngine:
    """A session of Spark's; ``root`` is where a relative folder begins."""

    name, proved, estimates = "pyspark", False, True
    width = WIDTH

    def __init__(self, url: str, root: Path, patience: float) -> None:
        import ibis
        from pyspark.errors import PySparkException

        rest, _, query = url.removeprefix("spark://").partition("?")
        master, _, folder = rest.partition("/")
        options = dict(parse_qsl(query))
        database = options.pop("database", "")
        self._patience = patience
        self.unreadable: dict[str, str] = {}
        self._session = session(unquote(master), options)
        try:
            self.backend = ibis.pyspark.connect(self._session)
            if folder:
                self._names = self._read(root / unquote(folder))
            else:
                if database:
                    self._session.catalog.setCurrentDatabase(database)
                self._names = sorted(row.tableName for row in self._session.sql("SHOW TABLES").collect())
        except UnreachableError:
            self.close()
            raise
        except (PySparkException, OSError, RuntimeError) as error:
            self.close()
            raise UnreachableError(f"Spark cannot be used: {refusal(error)}") from error

    def _read(self, folder: Path) -> list[str]:
        from pyspark.errors import PySparkException

        if not folder.is_dir():
            raise UnreachableError(f"there is no folder {folder.name}")
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".parquet")
        if not paths:
            raise UnreachableError(f"{folder.name} holds no .parquet")
        names = []
        for path in paths:
            try:
                self._view(path)
            except PySparkException as error:
                self.unreadable[path.name] = refusal(error)
            else:
                names.append(path.stem)
        return names

    def _view(self, path: Path) -> None:
        plain = "".join(f"\\{letter}" if letter in _GLOB else letter for letter in str(path.resolve()))
        read = self._session.read.parquet(plain)
        read.selectExpr(*map(_column, read.schema)).createOrReplaceTempView(_quoted(path.stem))

    def tables(self) -> list[str]:
        """The names of its tables and views."""
        return self._names

    def rows(self, expression: Any) -> list[Mapping[str, Any]]:
        """Carry out an expression."""
        from py4j.protocol import Py4JNetworkError

        context, over = self._session.sparkContext, threading.Event()
        group = f"crmgov {id(over)}"

        def stop() -> None:
            over.set()
            context.cancelJobGroup(group)

        timer = threading.Timer(self._patience, stop)
        timer.daemon = True
        context.setJobGroup(group, "audit", interruptOnCancel=True)
        timer.start()
        try:
            found: list[Mapping[str, Any]] = self._session.sql(self.backend.compile(expression)).toArrow().to_pylist()
        except (Py4JNetworkError, ConnectionError) as error:
            raise LostError("the connection to Spark was lost") from error
        except Exception as error:
            if over.is_set():
                raise TooSlowError(f"it took longer than {self._patience:g} seconds") from error
            raise
        finally:
            timer.cancel()
        return found

    def close(self) -> None:
        """End the session."""
        released(self._session)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _column(field: Any) -> str:
    """A column as it is read; several values are one text, as in every other file."""
    from pyspark.sql.types import ArrayType, AtomicType

    name = _quoted(field.name)
    if isinstance(field.dataType, ArrayType) and isinstance(field.dataType.elementType, AtomicType):
        return f"array_join(cast({name} AS array<string>), ';') AS {name}"
    return name
