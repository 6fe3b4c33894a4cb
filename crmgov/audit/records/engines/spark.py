"""Apache Spark, for records that outgrow one machine: ``spark://MASTER`` and, after a slash, a folder of Parquet.

MASTER is ``local``, ``local[2]`` (threads) or ``host:7077``. With a folder, every ``.parquet`` in it (a file, or a
folder of parts) is a table; without one the tables of Spark's catalogue are asked, in the database named by
``?database=``. Any other ``?name=value`` is a setting of Spark's.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from crmgov.audit.records.engines.spark_session import quiet, released, session, trouble
from crmgov.audit.records.refusals import LostError, RefusedError, TooSlowError, UnreachableError

WIDTH = 48
"""Figures in one statement, each of which costs Spark a third of a second besides. 200 figures of a million records of
40 columns took 40 to 54 s in groups of 12, 45 to 48 s in groups of 48, 57 s in those of 100, and 61 s all in one (two
cores, busy with other work)."""
_BEGIN_SECONDS = 120
"""How long Spark may take for its first task: a master may have nobody who works."""
_GLOB = frozenset("{}[]*?\\")
"""Letters by which Hadoop takes a path for a pattern."""


class SparkEngine:
    """A session of Spark's; ``root`` is where a relative folder begins."""

    name, proved, estimates = "pyspark", True, True
    width = WIDTH

    def __init__(self, url: str, root: Path, patience: float) -> None:
        rest, _, query = url.removeprefix("spark://").partition("?")
        master, _, folder = rest.partition("/")
        options = dict(parse_qsl(query))
        database = options.pop("database", "")
        self._patience = patience
        self._files = _files(root / unquote(folder)) if folder else {}
        self._stamps: dict[str, list[tuple[str, int, int]]] = {}
        with quiet():
            import ibis
            import pyspark  # noqa: F401 - first of all, as it brings the rest: this is the name to install

            self._session = session(unquote(master), options, catalogue=not folder)
            try:
                with self._within(min(patience, _BEGIN_SECONDS)):
                    self.backend = ibis.pyspark.connect(self._session)
                    self._session.range(1).count()
                    if database:
                        self._session.catalog.setCurrentDatabase(database)
            except TooSlowError as error:
                self.close()
                raise UnreachableError(f"nobody works for Spark's master: {error}") from error
            except (LostError, RefusedError) as error:
                self.close()
                raise UnreachableError(f"Spark cannot be used: {error}") from error

    def tables(self) -> list[str]:
        """The names of its tables and views."""
        if self._files:
            return sorted(self._files)
        with quiet(), self._within(self._patience):
            return sorted(row.tableName for row in self._session.sql("SHOW TABLES").collect())

    def table(self, name: str) -> Any:
        """One of them; of files, the columns as they are read from every file."""
        with quiet(), self._within(self._patience):
            if name in self._files:
                self._stamps[name] = _stamps(self._files[name])
                plain = "".join(f"\\{letter}" if letter in _GLOB else letter for letter in str(self._files[name]))
                read = self._session.read.parquet(plain)
                read.selectExpr(*map(_column, read.schema)).createOrReplaceTempView(_quoted(name))
            return self.backend.table(name)

    def rows(self, expression: Any) -> list[Mapping[str, Any]]:
        """Carry out an expression."""
        with quiet(), self._within(self._patience):
            found: list[Mapping[str, Any]] = self._session.sql(self.backend.compile(expression)).toArrow().to_pylist()
        for name, stamps in self._stamps.items():
            if _stamps(self._files[name]) != stamps:
                raise LostError(f"{self._files[name].name} was changed while it was read")
        return found

    def close(self) -> None:
        """End the session."""
        with quiet():
            released(self._session)

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Whatever Spark does meanwhile ends in time, or is ended. Raises TooSlowError and LostError."""
        from py4j.protocol import Py4JError, Py4JJavaError
        from pyspark.errors import PySparkException

        context, over = self._session.sparkContext, threading.Event()
        group = f"crmgov {id(over)}"

        def stop() -> None:
            over.set()
            context.cancelJobGroup(group)

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        try:
            context.setJobGroup(group, "audit", interruptOnCancel=True)
            timer.start()
            yield
        except Exception as error:
            if over.is_set():
                raise TooSlowError(f"it took longer than {seconds:g} seconds") from error
            if isinstance(error, (Py4JJavaError, PySparkException)):
                raise RefusedError(trouble(error)) from error
            if isinstance(error, (Py4JError, ConnectionError)):
                raise LostError("the connection to Spark was lost") from error
            raise
        finally:
            timer.cancel()


def _files(folder: Path) -> dict[str, Path]:
    """The tables of a folder by name. Raises UnreachableError where there is none."""
    if not folder.is_dir():
        raise UnreachableError(f"there is no folder {folder.name}")
    found = {path.stem: path.resolve() for path in sorted(folder.iterdir()) if path.suffix.lower() == ".parquet"}
    if not found:
        raise UnreachableError(f"no file in {folder.name} ends with .parquet")
    return found


def _stamps(path: Path) -> list[tuple[str, int, int]]:
    """What tells whether a file, or one of the parts in a folder, was changed."""
    found = []
    for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
        try:
            stat = one.stat()
        except OSError:
            continue
        found.append((str(one), stat.st_size, stat.st_mtime_ns))
    return found


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _column(field: Any) -> str:
    """A column as it is read; several values are one text, as in every other file."""
    from pyspark.sql.types import ArrayType, AtomicType

    name = _quoted(field.name)
    if isinstance(field.dataType, ArrayType) and isinstance(field.dataType.elementType, AtomicType):
        return f"array_join(cast({name} AS array<string>), ';') AS {name}"
    return name
