"""A configuration beside records in real files or a real database, and what the audit finds there."""

import csv
import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from crmgov.audit.records.database import DatabaseRecords
from crmgov.audit.records.files import FileRecords
from crmgov.audit.run import audit
from crmgov.audit.scene import AuditScene
from crmgov.audit.settings import Settings
from crmgov.check.governance.scene import Scene
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Records
from crmgov.model.normal import canonical_body
from crmgov.model.provider import Stored
from crmgov.model.snapshot import Snapshot, kind_of

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
Row = Mapping[str, object]
Engine = Literal["csv", "sqlite"]


def rows(*groups: tuple[int, Row]) -> list[Row]:
    """Each row as often as its number says."""
    return [row for count, row in groups for _ in range(count)]


def found(
    tree: Mapping[str, Body], records: Mapping[str, Sequence[Row]], folder: Path, *,
    engine: Engine = "csv", minimum: int = 20, few: int = 200, url: str = "",
) -> list[Diagnostic]:  # fmt: skip
    """Everything the audit finds; ``minimum`` records are enough to judge by."""
    bodies = {address: canonical_body(kind_of(address), dict(body)) for address, body in tree.items()}
    for name in records:
        bodies.setdefault(f"Object/{name}", canonical_body("Object", {"label": name}))
    snapshot = Snapshot.of("tree", bodies)
    types: dict[str, dict[str, str]] = {name: {} for name in records}
    for address, at in snapshot.of_kind("Field"):
        types.setdefault(at.parent or "", {})[at.name] = str(snapshot.body(address).get("type"))
    if url:
        opened = _postgresql(records, url, folder)
    else:
        opened = _csv(records, types, folder) if engine == "csv" else _sqlite(records, folder)
    try:
        scene = AuditScene(
            Scene(snapshot, today=NOW.date()), opened.holdings(),
            settings=Settings(minimum_records=minimum, few_values=few),
        )  # fmt: skip
        return audit(scene, opened).findings
    finally:
        opened.close()


def told(findings: Iterable[Diagnostic], code: str) -> list[tuple[str, str]]:
    """Address and message of the findings of one code."""
    return [(one.address, one.message) for one in findings if one.code == code]


def text(findings: Iterable[Diagnostic]) -> str:
    """All that findings say, to look for what they must not say."""
    return msgspec.json.encode(list(findings)).decode()


def _csv(records: Mapping[str, Sequence[Row]], types: Mapping[str, Mapping[str, str]], folder: Path) -> Records:
    place = folder / "export"
    place.mkdir()
    for name, held in records.items():
        with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _columns(held), restval="")
            writer.writeheader()
            writer.writerows([{key: "" if value is None else value for key, value in row.items()} for row in held])
    return FileRecords(place, types, NOW)


def _sqlite(records: Mapping[str, Sequence[Row]], folder: Path) -> Records:
    stored = []
    with sqlite3.connect(folder / "records.db") as connection:
        for name, held in records.items():
            columns = _columns(held)
            kinds = {
                key: "integer" if all(isinstance(row.get(key), int) for row in held) else "text" for key in columns
            }
            connection.execute(f'create table "{name}" ({", ".join(f"{key} {kinds[key]}" for key in columns)})')
            values = [tuple(row.get(key) for key in columns) for row in held]
            connection.executemany(f'insert into "{name}" values ({",".join("?" * len(columns))})', values)
            stored.append(Stored(object=name, table=name, columns={key: key for key in columns}))
    return DatabaseRecords("records", "sqlite:///records.db", stored, folder, NOW)


def _postgresql(records: Mapping[str, Sequence[Row]], url: str, folder: Path) -> Records:
    import psycopg

    stored = []
    with psycopg.connect(url) as connection:
        for name, held in records.items():
            columns = _columns(held)
            described = ", ".join(f'"{key}" {_kind(key, held)}' for key in columns)
            connection.execute(f'create table "{name}" ({described})')
            for row in held:
                values = [row.get(key) for key in columns]
                connection.execute(f'insert into "{name}" values ({",".join(["%s"] * len(columns))})', values)
            stored.append(Stored(object=name, table=name, columns={key: key for key in columns}))
    return DatabaseRecords("records", url, stored, folder, NOW)


def _kind(key: str, held: Sequence[Row]) -> str:
    if key == "CreatedDate":
        return "timestamp"
    return "integer" if all(isinstance(row.get(key), int) for row in held) else "text"


def _columns(held: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(key for row in held for key in row))
