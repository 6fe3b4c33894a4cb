"""Spark for the tests: one Java program for all of them, small, and quick to begin."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

OPTIONS = urlencode({
    "spark.driver.memory": "1g",
    # Java makes quick code slowly, and slow code quickly: the second is the better of the two for few records.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "2",
})  # fmt: skip


def spark_url(folder: Path) -> str:
    return f"spark://local[2]/{folder}?{OPTIONS}"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps Spark from ending with each test."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: make spark runs this")
    home = os.environ.get("JAVA_HOME")
    if shutil.which(f"{home}/bin/java" if home else "java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    from crmgov.audit.records.engines import open_engine

    folder = tmp_path_factory.mktemp("spark")
    (folder / "nothing.parquet").mkdir()
    engine = open_engine(spark_url(folder), folder)
    yield
    engine.close()
