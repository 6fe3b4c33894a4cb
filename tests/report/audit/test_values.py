"""No value of a record is in any report; where values are asked for, guarded and personal ones still are not."""

from pathlib import Path
from typing import Any

import pytest

from crmgov.audit.records.database import DatabaseRecords
from crmgov.audit.run import audit
from crmgov.audit.scene import AuditScene
from crmgov.check.governance.scene import Scene
from crmgov.model.provider import Stored
from crmgov.report.audit import FORMATS, render
from crmgov.report.audit.document import Setting, document
from crmgov.report.audit.look import Look
from tests.check.trees import snapshot
from tests.report.audit.scenes import NOW, TREE, audited, exported, lead, read, written

CANARY = "Kanarienvogel"


def shown(folder: Path, form: str, *, show_values: bool = False, tree: dict[str, Any] = TREE) -> str:
    found = audited(folder, tree, show_values=show_values)
    setting = Setting(environment="production", source="export", findings=found.findings)
    return read(render(document(found, setting), form, Look(full=True, columns=400)))


TYPES = ("text", "textarea", "url", "picklist", "multipicklist", "integer", "currency", "date", "datetime", "boolean",
         "email", "phone", "lookup", "autonumber")  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_no_value_of_any_column_is_in_any_form(tmp_path: Path, form: str) -> None:
    tree: dict[str, Any] = {"Object/Lead": {"label": "Lead"}, "RecordType/Lead.Inbound": {"label": "Inbound"}}
    for kind in TYPES:
        listed = {"values": ["One", "Two"]} if "picklist" in kind else {}
        tree[f"Field/Lead.F_{kind}"] = {"type": kind, "label": kind, **listed}
    system = (
        "Id",
        "CreatedDate",
        "LastModifiedDate",
        "CreatedById",
        "LastModifiedById",
        "OwnerId",
        "RecordType",
        "Own",
    )
    rows = [
        dict.fromkeys((*system, *(f"F_{kind}" for kind in TYPES)), f"{CANARY}{number % 7}") for number in range(400)
    ]
    written(tmp_path, "Lead", rows)
    text = shown(tmp_path, form, tree=tree)
    assert "F_text" in text
    assert CANARY.lower() not in text.lower()


def test_no_value_of_a_database_is_in_any_form(tmp_path: Path) -> None:
    import sqlite3

    names = {
        f"f_{kind}": {"integer": "INTEGER", "date": "DATE", "boolean": "BOOLEAN"}.get(kind, "TEXT") for kind in TYPES
    }
    beside = {"created_at": "TIMESTAMP", "updated_at": "TIMESTAMP", "record_type": "TEXT", "owner_id": "TEXT"}
    columns = {**names, **beside}
    with sqlite3.connect(tmp_path / "crm.db") as database:
        database.execute(
            f"CREATE TABLE leads (id TEXT, {', '.join(f'{name} {sort}' for name, sort in columns.items())})"
        )
        marks = ", ".join("?" * (len(columns) + 1))
        database.executemany(
            f"INSERT INTO leads VALUES ({marks})", [[f"{CANARY}{n}"] * (len(columns) + 1) for n in range(300)]
        )
    database.close()
    tree: dict[str, Any] = {"Object/Lead": {"label": "Lead"}, "RecordType/Lead.Inbound": {"label": "Inbound"}}
    tree |= {
        f"Field/Lead.{name}": {"type": name[2:], "label": name, **({"values": ["One"]} if "picklist" in name else {})}
        for name in names
    }
    stored = Stored(object="Lead", table="leads", key="id", columns={name: name for name in names})
    records = DatabaseRecords("production", "sqlite:///crm.db", [stored], tmp_path, NOW)
    try:
        found = audit(AuditScene(Scene(snapshot(tree), today=NOW.date()), records.holdings()), records)
    finally:
        records.close()
    setting = Setting(environment="production", source="production", findings=found.findings)
    assert len(found.verdicts) == len(TYPES)
    for form in FORMATS:
        assert CANARY.lower() not in read(render(document(found, setting), form, Look(full=True, columns=400))).lower()


@pytest.mark.parametrize("form", FORMATS)
def test_no_value_is_told_unasked(tmp_path: Path, form: str) -> None:
    text = shown(exported(tmp_path), form)
    for secret in ("corp.example", "Atlantis", "Walks on hands", "Gold", "asked for a quote", "Sensor 1"):
        assert secret not in text


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_values_asked_for_are_told_but_never_guarded_ones(tmp_path: Path, form: str) -> None:
    text = shown(exported(tmp_path), form, show_values=True)
    assert "Gold" in text
    assert "Atlantis" in text
    for secret in ("corp.example", "Walks on hands", "Blue badge", "asked for a quote", "Sensor 1"):
        assert secret not in text
    assert "it is personal data" in text
    assert "it is restricted" in text
    assert "its sensitivity is not stated" in text


def test_a_classification_alone_masks_a_field_whose_values_were_shown(tmp_path: Path) -> None:
    written(tmp_path, "Lead", [lead(number) for number in range(400)])
    tier = {**TREE["Field/Lead.Tier"]}
    for guard in ({"sensitivity": "confidential"}, {"sensitivity": "restricted"}, {"personal_data": ["GDPR"]}):
        guarded = {**TREE, "Field/Lead.Tier": {**tier, **guard}}
        assert "Gold" not in shown(tmp_path, "json", show_values=True, tree=guarded)
    assert "Gold" in shown(tmp_path, "json", show_values=True)
