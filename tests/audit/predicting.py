"""Automations over small files of records, looked at as ``crmgov audit`` looks at them."""

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crmgov.audit.ages import Age
from crmgov.audit.records.files import FileRecords
from crmgov.audit.run import Audit, audit
from crmgov.audit.scene import AuditScene
from crmgov.audit.settings import Settings
from crmgov.audit.silence.predict import Prediction, predictions, splits
from crmgov.check.governance.scene import Scene
from crmgov.model.snapshot import Derived, Snapshot

NOW = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
FIELDS: dict[str, dict[str, Any]] = {
    "Region": {"type": "picklist", "values": [{"name": "North"}, {"name": "South"}, {"name": "East"}]},
    "Rating": {"type": "picklist", "values": [{"name": "Hot"}, {"name": "Cold"}]},
    "LeadSource": {"type": "picklist", "values": [{"name": "Web"}, {"name": "Fair"}]},
    "Size": {"type": "integer"},
    "Due": {"type": "date"},
    "Agent": {"type": "lookup"},
    "Account": {"type": "lookup", "references": ["Account"]},
}
Rows = Sequence[Mapping[str, str]]


def lead(**values: str) -> dict[str, str]:
    """One record."""
    return {"Region": "", "Rating": "", "LeadSource": "", "Size": "", "Due": "", "Agent": "", "Account": "", **values}


def looked_at(
    folder: Path,
    rows: Rows,
    *,
    automation: Mapping[str, Any] | None = None,
    more: Mapping[str, Mapping[str, Any]] | None = None,
    derived: Derived | None = None,
    minimum: int = 10,
    accounts: Rows = (),
    ages: Mapping[str, Age] | None = None,
) -> Audit:
    """The audit of one object with one automation, over the records given."""
    export = folder / "export"
    export.mkdir(exist_ok=True)
    for name, held in (("Lead", rows), ("Account", accounts)):
        if held:
            with (export / f"{name}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, fieldnames=list(held[0]))
                writer.writeheader()
                writer.writerows(held)
    body = {"active": True, **(automation or {"body": "opaque"})}
    bodies: dict[str, Any] = {
        "Object/Lead": {"label": "Lead"},
        "Object/Account": {},
        "Automation/Lead.Rule": body,
        **(more or {}),
    }
    bodies |= {f"Field/Lead.{name}": held for name, held in FIELDS.items()}
    known = {} if derived is None else {"Automation/Lead.Rule": derived}
    config = Scene(Snapshot.of("tree", bodies, derived=known), today=NOW.date())
    types = {"Lead": {name: str(held["type"]) for name, held in FIELDS.items()}, "Account": {"Country": "text"}}
    records = FileRecords(export, types, NOW)
    try:
        settings = Settings(minimum_records=minimum)
        return audit(AuditScene(config, records.holdings(), settings=settings, ages=ages), records)
    finally:
        records.close()


def predicted(found: Audit) -> Prediction:
    """What is predicted of the one automation."""
    (one,) = predictions(found.scene, splits(found.scene))
    return one


def counted(one: Prediction) -> dict[str, int | None]:
    """The shares that hold any record, or of which it is not known, by kind."""
    return {part.kind: part.evidence.count for part in one.shares if part.evidence.count != 0}


def silent(found: Audit) -> list[tuple[str, str]]:
    """Code and message of what is found in automations."""
    return [(one.code, one.message) for one in found.findings if one.code.startswith("SILENT")]
