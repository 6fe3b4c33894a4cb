"""A small environment with real records in CSV files, audited as ``crmgov audit`` audits; and documents made by hand."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crmgov.audit.records.files import FileRecords
from crmgov.audit.run import Audit, audit
from crmgov.audit.scene import AuditScene
from crmgov.check.governance.scene import Scene
from crmgov.model.audits import (
    AuditDocument,
    AuditedObject,
    AuditFinding,
    AutomationFigures,
    FieldEvidence,
    FieldVerdict,
    Held,
    Past,
    Share,
    Verdict,
)
from crmgov.model.evidence import Evidence
from tests.check.trees import Tree, snapshot

NOW = dt.datetime(2026, 11, 22, 14, 10, tzinfo=dt.UTC)
CODE = "program text (--code PATH)"

TREE: Tree = {
    "Object/Lead": {"label": "Lead"},
    "Object/Product": {"label": "Product"},
    "Field/Lead.Region": {"type": "picklist", "label": "Region", "values": ["Nordics", "Benelux"]},
    "Field/Lead.Notes": {"type": "textarea", "label": "Qualification notes"},
    "Field/Lead.Fax": {"type": "text", "label": "Fax number"},
    "Field/Lead.Tier": {"type": "text", "label": "Tier", "sensitivity": "internal"},
    "Field/Lead.Email": {"type": "email", "label": "E-mail", "sensitivity": "confidential", "personal_data": ["GDPR"]},
    "Field/Lead.Health": {
        "type": "picklist", "label": "Health", "sensitivity": "restricted", "values": ["Blue badge", "None of these"],
    },
    "Field/Lead.Webhook": {"type": "url", "label": "Webhook"},
    "Field/Product.Name": {"type": "text", "label": "Name"},
    "Field/Product.Price": {"type": "currency", "label": "Price", "precision": 10, "scale": 2},
    "RecordType/Lead.Inbound": {"label": "Inbound lead"},
    "RecordType/Lead.Partner": {"label": "Partner lead"},
    "Layout/Lead.Main": {"sections": [{"name": "All", "fields": ["Region", "Notes", "Fax", "Tier", "Email"]}]},
    "Validation/Lead.Tiered": {"label": "Tiered", "active": True, "reject_when": {"field": "Tier", "op": "equals", "value": "Z"}},
    "PermissionSet/Reps": {
        "objects": {"Lead": {"read": True, "edit": True}},
        "fields": {"Lead": {"fields": {"Region": "edit", "Notes": "edit", "Fax": "edit"}}},
    },
}  # fmt: skip


def lead(number: int) -> dict[str, Any]:
    """One of 400 leads, made one a day; the last one yesterday."""
    made = NOW.date() - dt.timedelta(days=400 - number)
    return {
        "Id": f"00Q{number:05d}",
        "Region": ("Nordics", "Benelux", "Atlantis", "")[number % 4],
        "Notes": "asked for a quote" if number % 20 == 1 else "",
        "Fax": "n/a" if number % 2 else "",
        "Tier": ("Gold", "Silver")[number % 2],
        "Email": f"person{number}@corp.example",
        "Health": "Blue badge" if number % 3 else "Walks on hands",
        "RecordType": "Inbound" if number % 4 else "Partner lead",
        "CreatedDate": made.isoformat(),
        "LastModifiedDate": made.isoformat(),
    }


def written(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def exported(folder: Path) -> Path:
    """The export: leads and a handful of products; no column for one field, and one column of no field."""
    written(folder, "Lead", [lead(number) for number in range(400)])
    written(folder, "Product", [{"Id": str(n), "Name": f"Sensor {n}", "Price": n, "Colour": "red"} for n in range(18)])
    return folder


def audited(folder: Path, tree: Mapping[str, Any] = TREE, *, show_values: bool = False) -> Audit:
    """An audit of all that a folder holds."""
    types: dict[str, dict[str, str]] = {}
    for address, body in tree.items():
        kind, _, name = address.partition("/")
        if kind == "Field":
            types.setdefault(name.partition(".")[0], {})[name.partition(".")[2]] = body["type"]
    records = FileRecords(folder, types, NOW)
    try:
        config = Scene(snapshot(tree), today=NOW.date())
        scene = AuditScene(config, records.holdings(), not_looked_at=(CODE,), show_values=show_values)
        return audit(scene, records)
    finally:
        records.close()


def read(form: str | bytes) -> str:
    """All the text of a form; of a workbook, that of its parts."""
    if isinstance(form, str):
        return form
    with zipfile.ZipFile(io.BytesIO(form)) as parts:
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())


def measured(count: int | None, of: int | None = None, reason: str = "") -> Evidence:
    exactness = "unmeasured" if count is None else "value"
    return Evidence(exactness=exactness, count=count, of=of, reason=reason, source="northstar", time="2026-11-22T14:10:00Z")  # fmt: skip


def field(
    name: str, verdict: Verdict, filled: int | None, *, of: int = 98_104, reasons: tuple[str, ...] = ("it says so",),
    recent: int | None = None, parent: str = "Lead", **more: Any,
) -> FieldVerdict:  # fmt: skip
    figures = {
        key: more.pop(key)
        for key in ("last_write", "record_types", "listed", "not_listed", "shown", "masked")
        if key in more
    }
    given = {"label": name, "type": "text", "custom": True, "not_known": (CODE,), "writers": ("users",), "uses": {}}
    evidence = FieldEvidence(
        records=measured(of), filled=measured(filled, of, "" if filled is not None else "no such column"),
        recent_records=measured(9_000), recent_filled=measured(recent), **figures,
    )  # fmt: skip
    return FieldVerdict(
        address=f"Field/{parent}.{name}", object=parent, name=name, verdict=verdict, reasons=reasons, evidence=evidence,
        **{**given, **more},
    )  # fmt: skip


def northstar(fields: tuple[FieldVerdict, ...] = (), findings: tuple[AuditFinding, ...] = (), **more: Any) -> AuditDocument:  # fmt: skip
    """The example of the handbook: one field of every verdict, two automations, one finding beyond the verdicts."""
    layouts = {"Layout": ("Layout/Lead.Sales", "Layout/Lead.Support", "Layout/Lead.Partner")}
    own = fields or (
        field("Region__c", "keep", 81_426, recent=6_390, last_write="2026-11-22", writers=("users", "integration"),
              uses={"Layout": layouts["Layout"][:2], "Automation": ("Automation/Lead.Route",), "Team": ("Team/Desk",)},
              past=(Past(time="2026-10-22", filled=0.85, recent=0.77),), label="Region",
              record_types=(Share(record_type="Inbound", records=80_000, filled=72_000), Share(record_type="Partner", records=18_104, filled=9_426)),
              listed=(Held(value="Nordics", records=60_000), Held(value="Benelux", records=21_000)), not_listed=426),
        field("Qualification_Notes__c", "hide", 8_829, recent=180, last_write="2026-09-02", uses={"Layout": layouts["Layout"][:2]}),
        field("SICCode__c", "deprecate", 412, recent=0, last_write="2024-03-18", uses=layouts),
        field("Old_Import_Key__c", "remove", 0, recent=0, writers=()),
        field("ProductInterest__c", "unknown", None, reasons=("41 days old, needs 90",), uses=layouts, not_known=()),
    )  # fmt: skip
    told = findings or (
        _told("UNUSED002", "warning", "Field/Lead.SICCode__c", "Lead.SICCode__c: 412 of 98,104 records have a value"),
        _told("VALUES001", "warning", "Field/Lead.Region__c", "Lead.Region__c: 2 values that are not listed, on 426 records"),
    )  # fmt: skip
    automations = (
        AutomationFigures(address="Automation/Lead.Follow", label="Lead_After_Save_SDR_Follow_Up", in_scope=3_410,
                          fires=2_180, skipped=1_230, reasons=("Lead_Source_Detail__c blank",)),
        AutomationFigures(address="Automation/Lead.Calm", label="Lead: Welcome", in_scope=300, fires=300, skipped=0),
        AutomationFigures(address="Automation/Lead.Odd", label="Lead: Score", not_known=("its condition is a program",)),
    )  # fmt: skip
    base: dict[str, Any] = {
        "environment": "production", "source": "northstar", "time": "2026-11-22T14:10:00Z", "against": "2026-10-22",
        "young_days": 90, "recent_days": 90, "minimum_records": 200, "not_looked_at": (CODE,), "verdicts": own,
        "objects": tuple(_objects(own)), "automations": automations, "findings": told,
    }  # fmt: skip
    return AuditDocument(**{**base, **more})


def _objects(fields: tuple[FieldVerdict, ...]) -> Iterator[AuditedObject]:
    for name in dict.fromkeys(one.object for one in fields):
        own = [one for one in fields if one.object == name]
        records = own[0].evidence.records
        yield AuditedObject(name=name, label=name, records=records, fields=len(own), custom=len(own) - 1)


def _told(code: str, severity: Any, address: str, message: str) -> AuditFinding:
    return AuditFinding(
        code=code, summary=f"What {code} stands for", severity=severity, standing="new", address=address,
        message=message, why="It misleads.", mend="Mend it.",
    )  # fmt: skip
