"""DuckDB, shut in: no network, no extension, no file but those it is given, and no more memory than it may have."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from crmgov.audit.records.narrow import View
from crmgov.audit.records.part import Part
from crmgov.audit.records.staging import Staging

OVERHEAD = 352 << 20
"""Bytes beside DuckDB's own limit: the interpreter and its libraries (200 MiB), and what DuckDB takes beyond its limit
(measured over 2 million records of 42 columns, each value different: 331 MiB in all under a limit of 288)."""
LEAST = OVERHEAD + (64 << 20)
"""Bytes with which an audit can be made at all."""


def opened(memory: int | None, staging: Staging) -> Any:
    """A connection. ``memory`` is the bytes the whole process may take; None leaves most of the machine's to DuckDB."""
    import ibis

    settings: dict[str, Any] = {
        "temp_directory": str(staging.path / "spilled"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }
    if memory is not None:
        settings |= {"memory_limit": f"{(memory - OVERHEAD) >> 20}MiB", "threads": 2}
    connection = ibis.duckdb.connect(**settings)
    connection.raw_sql("SET enable_progress_bar = false")  # it would stand in the report
    connection.raw_sql("SET parquet_metadata_cache = true")
    return connection


def shut(connection: Any, folder: Path, files: Iterable[Path]) -> None:
    """From now on only these files, and what lies in the folder, can be reached, and nothing of this can be changed."""
    connection.raw_sql(f"SET allowed_directories = [{text(str(folder) + '/')}]")
    connection.raw_sql(f"SET allowed_paths = [{', '.join(text(str(path)) for path in files)}]")
    connection.raw_sql("SET enable_external_access = false")
    connection.raw_sql("SET lock_configuration = true")


def view(connection: Any, name: str, parts: Sequence[Part]) -> Any:
    """One table of several Parquet files."""
    _made(connection, name, parts, lambda part: part.columns)
    return connection.table(name)


def narrow_views(connection: Any, name: str, parts: Sequence[Part]) -> View:
    """What makes tables of some of the columns of these files, each of them once: the engine looks at every column of a
    view, asked for or not, which took it nine tenths of the time where there were 3,000.
    """
    made: dict[tuple[str, ...], str] = {}

    def some(columns: Sequence[str]) -> str:
        wanted = tuple(columns)
        if wanted not in made:
            made[wanted] = f"{name}/{len(made)}"  # no name of an object has a stroke in it
            none = {wanted[0]: "NULL"}  # the records count all the same
            _made(connection, made[wanted], parts, lambda part: {
                called: part.columns[called] for called in wanted if called in part.columns} or none)  # fmt: skip
        return made[wanted]

    return some


def _made(connection: Any, name: str, parts: Iterable[Part], columns: Callable[[Part], Mapping[str, str]]) -> None:
    """Make a view. Files of one form are read as one: the engine's work grows with the square of what is put
    together.
    """
    forms: dict[tuple[object, ...], list[Part]] = {}
    for part in parts:
        forms.setdefault((part.form, *part.columns.items()), []).append(part)
    selects = [
        "SELECT "  # noqa: S608 - quoted
        + ", ".join(f"{expression} AS {quoted(called)}" for called, expression in columns(some[0]).items())
        + f" FROM read_parquet([{', '.join(text(str(part.path)) for part in some)}])"
        for some in forms.values()
    ]
    connection.raw_sql(f"CREATE VIEW {quoted(name)} AS {' UNION ALL BY NAME '.join(selects)}")


def quoted(name: str) -> str:
    """A name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL quotes it."""
    return "'" + value.replace("'", "''") + "'"
