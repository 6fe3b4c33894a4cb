"""A small configuration beside a small export, judged whole."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from crmgov.audit.records.files import FileRecords
from crmgov.audit.run import Audit, audit
from crmgov.audit.scene import AuditScene
from crmgov.audit.settings import settings_of
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import Scene
from crmgov.model.canonical import Body
from crmgov.model.normal import canonical_body
from crmgov.model.snapshot import Snapshot

NOW = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
OLD, NEW = "2025-01-01", "2026-06-01"
Row = Mapping[str, str]


def snapshot(tree: Mapping[str, Body]) -> Snapshot:
    """A tree of plain bodies."""
    whole: dict[str, Body] = {"Object/Lead": {"label": "Lead"}, **tree}
    return Snapshot.of("tree", {at: canonical_body(at.partition("/")[0], body) for at, body in whole.items()})


def judge(folder: Path, tree: Mapping[str, Body], rows: Sequence[Row], **known: Any) -> Audit:
    """The audit of one object's rows; a row's keys are columns. ``known`` is handed to the scene."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
    (folder / "Lead.csv").write_text("\n".join(lines) + "\n")
    config = Scene(snapshot(tree), today=NOW.date())
    types = {"Lead": {at.rpartition(".")[2]: str(body.get("type")) for at, body in tree.items() if at[:6] == "Field/"}}
    records = FileRecords(folder / "Lead.csv", types, NOW)
    try:
        scene = AuditScene(config, records.holdings(), settings=settings_of(config.governance), **known)
        return audit(scene, records)
    finally:
        records.close()


def verdict(found: Audit, name: str) -> Judged:
    """The verdict over one field of the object."""
    return next(one for one in found.verdicts if one.facts.name == name)


def rows(number: int, make: Callable[[int], Row]) -> list[dict[str, str]]:
    """Rows with a number and a day on which each was made; the last tenth of them lately."""
    made = [{"Id": str(one), "CreatedDate": NEW if one * 10 >= number * 9 else OLD} for one in range(number)]
    return [{**row, **make(one)} for one, row in enumerate(made)]
