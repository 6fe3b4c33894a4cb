"""Parquet: asked where it lies, since it is quick to ask as it is."""

import os
import shutil
from pathlib import Path
from typing import Any

from crmgov.audit.records.part import Choose, Part
from crmgov.audit.records.shut import quoted
from crmgov.audit.records.text import UnreadableError

_GLOB = frozenset("*?[]{}")


def read(label: str, path: Path, target: Path, choose: Choose) -> Part:
    """One file. ``columns`` are expressions. Raises UnreadableError where it is damaged or another kind of file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = path.resolve()
    try:
        with path.open("rb") as stream, pq.ParquetFile(stream) as file:
            schema, records = file.schema_arrow.remove_metadata(), file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise UnreadableError("it is no Parquet file, or was cut off") from error
    names = [name for name in dict.fromkeys(schema.names) if schema.names.count(name) == 1]
    plain = [name for name in names if (type_ := schema.field(name).type) and not pa.types.is_struct(type_)]
    wanted = choose(plain)
    columns = {called: _expression(column, schema.field(column).type) for column, called in wanted.items()}
    if _GLOB & set(str(path)) or not _is_text(str(path)):  # DuckDB would look for files of this pattern
        _other_name(path, target)
        path = target
    return Part(
        label=label, path=path, columns=columns, form=schema.to_string(show_field_metadata=False),
        all_columns=tuple(names), records=records, read=records,
    )  # fmt: skip


def _is_text(path: str) -> bool:
    """Whether a path is made of characters; one of any bytes can be."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _other_name(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _expression(column: str, type_: Any) -> str:
    import pyarrow as pa

    name = quoted(column)
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        return f"array_to_string({name}, ';')"
    if pa.types.is_binary(type_) or pa.types.is_large_binary(type_) or pa.types.is_map(type_):
        return f"CAST({name} AS VARCHAR)"
    return name
