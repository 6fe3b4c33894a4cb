"""Apache Spark, for records that outgrow one machine: ``spark://MASTER`` and, after a slash, a folder of Parquet.

MASTER is ``local``, ``local[2]`` (threads) or ``host:7077``. Without a folder the tables of its catalogue are asked,
in the database named by ``?database=``. With one, every ``.parquet`` in it (a file, or a folder of parts) is a table.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from crmgov.audit.records.refusals import LostError, UnreachableError, refusal
from crmgov.audit.records.statements import COLUMNAR_GROUP

_SETTINGS = {
    "spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "8",
    "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF",
}  # fmt: skip


class SparkEngine:
    """A session of Spark's; ``root`` is where a relative folder begins."""

    name, proved, estimates = "pyspark", False, True
    width = COLUMNAR_GROUP

    def __init__(self, url: str, root: Path) -> None:
        import ibis
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession

        rest, _, query = url.removeprefix("spark://").partition("?")
        master, _, folder = rest.partition("/")
        options = dict(parse_qsl(query))
        database = options.pop("database", "")
        logging.getLogger("py4j").setLevel(logging.CRITICAL)
        local = master.startswith("local")
        builder = SparkSession.builder.appName("crmgov audit").master(master if local else f"spark://{master}")
        if local:
            builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        for setting, value in {**_SETTINGS, **options}.items():
            builder = builder.config(setting, value)
        try:
            self._session = builder.getOrCreate()
            self.backend = ibis.pyspark.connect(self._session)
            if folder:
                self._read(root / unquote(folder))
            elif database:
                self._session.catalog.setCurrentDatabase(database)
        except (PySparkException, OSError, RuntimeError) as error:
            raise UnreachableError(f"Spark cannot be used: {refusal(error)}") from error

    def _read(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UnreachableError(f"there is no folder {folder.name}")
        for path in sorted(folder.glob("*.parquet")):
            self._session.read.parquet(path.as_uri()).createOrReplaceTempView(f"`{path.stem}`")

    def tables(self) -> list[str]:
        """The names of its tables and views."""
        return sorted(self.backend.list_tables())

    def rows(self, expression: Any) -> list[Mapping[str, Any]]:
        """Carry out an expression."""
        from py4j.protocol import Py4JNetworkError

        try:
            found: list[Mapping[str, Any]] = self.backend.to_pyarrow(expression.as_table()).to_pylist()
        except (Py4JNetworkError, ConnectionError) as error:
            raise LostError("the connection to Spark was lost") from error
        return found

    def close(self) -> None:
        """End the session."""
        self._session.stop()
