"""Sessions of Spark: one Java program a process, shared by all that ask it, silent, and ended with the last of them."""

import logging
import os
import re
import shutil
import socket
import subprocess
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from crmgov.audit.records.refusals import RefusedError, UnreachableError, refusal

_LOCAL = re.compile(r"local(\[(\d{1,4}|\*)\])?")
_HOSTS = re.compile(r"[A-Za-z0-9_.-]+:\d{1,5}(,[A-Za-z0-9_.-]+:\d{1,5})*")
_CONNECT_SECONDS = 15
_SETTINGS = {
    "spark.app.name": "crmgov audit", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}  # fmt: skip
_LOCALLY = {
    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.sql.shuffle.partitions": "4",
}  # fmt: skip
_MEANING = {
    "spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true", "spark.sql.caseSensitive": "true",
    "spark.sql.variable.substitute": "false", "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.parquet.mergeSchema": "true", "spark.sql.parquet.binaryAsString": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED", "spark.sql.parquet.int96RebaseModeInRead": "CORRECTED",
    "spark.sql.files.ignoreCorruptFiles": "false", "spark.sql.files.ignoreMissingFiles": "false",
}  # fmt: skip
"""What figures depend on, whatever Spark's own configuration says: else ``${x}`` in a value is a setting of Spark's."""


class _Running:
    """What is shared: the sessions in use, and a folder for what Spark would leave in the working directory."""

    def __init__(self) -> None:
        self.sessions: list[Any] = []
        self.folder: TemporaryDirectory[str] | None = None


_running = _Running()


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing is logged or warned of: Spark would tell whole statements, and of versions of what nothing here uses."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _of_others(record: logging.LogRecord) -> bool:
    """Whether anything but the way to Java tells something: it tells of a Java program that is gone, at any time."""
    return "py4j" not in record.pathname


def session(master: str, options: Mapping[str, str], *, catalogue: bool) -> Any:
    """A session with views and settings of its own. ``catalogue``: whether Spark's own tables are asked.

    Raises UnreachableError.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    logging.getLogger().addFilter(_of_others)
    url = master if _checked(master) else f"spark://{master}"
    try:
        found = _context(url, options, catalogue=catalogue).newSession()
        for name, value in {**_MEANING, **options}.items():
            if found.conf.isModifiable(name):
                found.conf.set(name, value)
    except (Py4JError, PySparkException, OSError, RuntimeError) as error:
        _end()
        raise UnreachableError(f"Spark cannot be used with {master}: {trouble(error)}") from error
    _running.sessions.append(found)
    return found


def trouble(error: BaseException) -> str:
    """The kind of trouble as Spark names it, or the class at the root of it in Java: FAILED_READ_FILE."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    said = error.getCondition() if isinstance(error, PySparkException) else None
    cause = getattr(error, "java_exception", None)
    name = type(error).__name__
    while said is None and cause is not None:
        name = cause.getClass().getSimpleName()
        try:
            said = cause.getCondition()
        except Py4JError:  # one that is not Spark's own
            said = None
        cause = cause.getCause()
    return refusal(RefusedError((said or name).partition(".")[0]))


def released(found: Any) -> None:
    """Let go of a session; the last ends Spark."""
    if found in _running.sessions:
        _running.sessions.remove(found)
        _end()


def _end() -> None:
    """End Spark where nobody asks it any more."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    if _running.sessions:
        return
    context = SparkContext._active_spark_context
    try:
        if context is not None:
            SparkSession(context).stop()
    except Exception:  # nothing that is known of it holds any more
        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
        SparkSession._instantiatedSession = SparkSession._activeSession = None
    if _running.folder is not None:
        _running.folder.cleanup()
        _running.folder = None


def _context(url: str, options: Mapping[str, str], *, catalogue: bool) -> Any:
    """A session of the one program there is, started where there is none."""
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    context = SparkContext._active_spark_context
    if context is None:
        conf = SparkConf(loadDefaults=False).setMaster(url)
        conf.setAll({**_SETTINGS, **(_LOCALLY if url.startswith("local") else {}), **_MEANING}.items())
        if not catalogue:
            _running.folder = TemporaryDirectory(prefix="crmgov-")
            conf.set("spark.sql.warehouse.dir", _running.folder.name)
        conf.setAll(options.items())
        context = SparkContext(conf=conf, gateway=None if SparkContext._gateway else _java(conf))
    elif context.master != url:
        raise UnreachableError(f"Spark works with {context.master} already, and knows one master at a time")
    return SparkSession(context)


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
        where = "which JAVA_HOME does not hold" if home else "which is not installed"
        raise UnreachableError(f"Spark needs Java, {where}")
    try:
        return launch_gateway(conf, {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL})
    except PySparkException as error:
        raise UnreachableError("Java does not start Spark, which needs Java 17 or newer") from error
