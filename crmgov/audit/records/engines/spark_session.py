"""Sessions of Spark: one Java program a process, shared by all that ask it, silent, and ended with the last of them."""

import logging
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Mapping
from typing import Any

from crmgov.audit.records.refusals import UnreachableError, refusal

_LOCAL = re.compile(r"local(\[(\d+|\*)(,\d+)?\])?")
_HOSTS = re.compile(r"[A-Za-z0-9_.-]+:\d{1,5}(,[A-Za-z0-9_.-]+:\d{1,5})*")
_CONNECT_SECONDS = 15
_SETTINGS = {
    "spark.app.name": "crmgov audit", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}  # fmt: skip
_LOCALLY = {
    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.sql.shuffle.partitions": "2",
}  # fmt: skip
_MEANING = {
    "spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true", "spark.sql.caseSensitive": "true",
    "spark.sql.parquet.mergeSchema": "true", "spark.sql.parquet.binaryAsString": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED", "spark.sql.parquet.int96RebaseModeInRead": "CORRECTED",
    "spark.sql.files.ignoreCorruptFiles": "false", "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.parser.escapedStringLiterals": "false", "spark.sql.variable.substitute": "false",
}  # fmt: skip
"""What figures depend on, whatever Spark's own configuration says."""
_open: list[Any] = []
"""The sessions in use."""


def session(master: str, options: Mapping[str, str]) -> Any:
    """A session with views and settings of its own. Raises UnreachableError."""
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    local = _checked(master)
    conf = SparkConf(loadDefaults=False)
    conf.setAll({**_SETTINGS, **(_LOCALLY if local else {}), **_MEANING, **options}.items())
    conf.setMaster(master if local else f"spark://{master}")
    try:
        context = SparkContext._active_spark_context
        if context is None:
            context = SparkContext(conf=conf, gateway=None if SparkContext._gateway else _java(conf))
        elif context.master != conf.get("spark.master"):
            raise UnreachableError(f"Spark is in use with {context.master} already, and knows one master at a time")
        found = SparkSession(context).newSession()
    except (PySparkException, OSError, RuntimeError) as error:
        raise UnreachableError(f"Spark cannot be used: {refusal(error)}") from error
    for name, value in {**_MEANING, **options}.items():
        if found.conf.isModifiable(name):
            found.conf.set(name, value)
    _open.append(found)
    return found


def released(found: Any) -> None:
    """Let go of a session; the last ends Spark."""
    if found in _open:
        _open.remove(found)
        if not _open:
            found.stop()


def _checked(master: str) -> bool:
    """Whether a master is this machine; one elsewhere must answer. Raises UnreachableError."""
    if _LOCAL.fullmatch(master):
        return True
    if not _HOSTS.fullmatch(master):
        raise UnreachableError("a master of Spark is local, local[2] or host:7077")
    reason = ""
    for one in master.split(","):
        host, _, port = one.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), _CONNECT_SECONDS):
                return False
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or refusal(error)
    raise UnreachableError(f"no master of Spark answers at {master}: {reason}")


def _java(conf: Any) -> Any:
    """A Java program that says nothing on this one's screen. Raises UnreachableError."""
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    home = os.environ.get("JAVA_HOME")
    if shutil.which(f"{home}/bin/java" if home else "java") is None:
        raise UnreachableError("Spark needs Java, which is not " + ("in JAVA_HOME" if home else "installed"))
    try:
        return launch_gateway(conf, {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL})
    except PySparkException as error:
        raise UnreachableError("Java did not start Spark, which needs Java 17 or newer") from error
