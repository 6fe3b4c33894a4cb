"""What every engine offers, and which of them a URL means."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

from crmgov.audit.records.refusals import UnreachableError

PATIENCE = 600
"""Seconds that one statement may take; the audit of 2 million records of 120 columns takes a tenth of it in all."""


class Engine(Protocol):
    """A connection. ``backend`` is Ibis's; ``name`` the engine's as Ibis knows it."""

    name: str
    proved: bool
    """Whether the tests compare its figures with those of the others."""
    estimates: bool
    """Whether it can estimate how many different values there are."""
    width: int
    """Figures in one statement."""
    backend: Any

    def tables(self) -> list[str]:
        """The names of its tables and views."""
        ...

    def table(self, name: str) -> Any:
        """One of them, as Ibis knows it. Raises what the engine raises where it cannot be read."""
        ...

    def rows(self, expression: Any) -> list[Mapping[str, Any]]:
        """Carry out an expression. Raises LostError, TooSlowError, or what the engine raises."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


def local_path(url: str) -> str:
    """The path on this machine that a URL leads to; empty where it leads elsewhere."""
    scheme, _, rest = url.partition("://")
    if scheme in ("sqlite", "duckdb"):
        return rest.removeprefix("/")
    return unquote(rest.partition("?")[0].partition("/")[2]) if scheme == "spark" else ""


def open_engine(url: str, root: Path, *, patience: float = PATIENCE) -> Engine:
    """The engine for a URL; paths in it are relative to the repository's folder. Raises UnreachableError."""
    scheme, _, rest = url.partition("://")
    try:
        if scheme == "sqlite":
            from crmgov.audit.records.engines.sqlite import SqliteEngine

            return SqliteEngine(root / local_path(url), patience)
        if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
            from crmgov.audit.records.engines.postgres import PostgresEngine

            return PostgresEngine(f"postgresql://{rest}", patience)
        if scheme == "duckdb":
            from crmgov.audit.records.engines.duckdb import DuckdbEngine

            return DuckdbEngine(root / local_path(url), patience)
        if scheme == "spark":
            from crmgov.audit.records.engines.spark import SparkEngine

            return SparkEngine(url, root, patience)
        from crmgov.audit.records.engines.other import OtherEngine

        return OtherEngine(url)
    except ImportError as error:
        raise UnreachableError(f"the Python package {error.name or 'for it'} is not installed") from error
