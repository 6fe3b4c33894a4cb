"""A project in which each field is named in one place alone, and an export in which nobody filled any of them."""

import re
from pathlib import Path
from typing import NamedTuple

from crmgov.audit.records.files import FileRecords
from crmgov.audit.run import Audit, audit
from crmgov.audit.scene import AuditScene
from crmgov.check.governance.scene import Scene
from crmgov.model.snapshot import Snapshot
from tests.audit.judging import NOW
from tests.providers.salesforce.world import metadata, mini

OBJECT = "Berth__c"
SILENT = "Silent__c"
FIELD = "<fullName>{0}</fullName><label>{0}</label><type>Text</type><length>40</length>"


class Case(NamedTuple):
    """One place: the file's path below the package in source format, its root tag, its nodes, in which FIELD stands for
    the field's name; the kind of the mention and its name there.
    """

    path: str
    root: str
    nodes: str
    kind: str
    name: str
    owner: str | None = OBJECT


def field_of(number: int) -> str:
    """The field that one case names."""
    return f"Case_{number}__c"


def source(folder: Path, cases: list[Case]) -> Path:
    """All cases in source format."""
    return mini(folder, {f"app/{path}": metadata(root, nodes) for path, root, nodes in _files(cases)})


def mdapi(folder: Path, cases: list[Case]) -> Path:
    """All cases as the Metadata API gives them: what belongs to an object stands in its file."""
    inline: dict[str, list[str]] = {}
    whole: dict[str, str] = {"package.xml": metadata("Package")}
    for path, root, nodes in _files(cases):
        parts = path.removesuffix("-meta.xml").split("/")
        if parts[0] != "objects":
            whole["/".join(parts)] = metadata(root, nodes)
        elif len(parts) == 3:
            inline.setdefault(parts[1], []).append(nodes)
        else:
            inline.setdefault(parts[1], []).append(f"<{parts[2]}>{nodes}</{parts[2]}>")
    for owner, nodes_of in inline.items():
        whole[f"objects/{owner}.object"] = metadata("CustomObject", "".join(nodes_of))
    for path, text in whole.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def _files(cases: list[Case]) -> list[tuple[str, str, str]]:
    own = [field_of(number) for number in range(len(cases))]
    found = [(f"objects/{OBJECT}/fields/{name}.field-meta.xml", "CustomField", FIELD.format(name)) for name in own]
    found.append((f"objects/{OBJECT}/fields/{SILENT}.field-meta.xml", "CustomField", FIELD.format(SILENT)))
    for number, case in enumerate(cases):
        found.append((case.path, case.root, re.sub(r"\bFIELD\b", own[number], case.nodes)))
    return found


def judged(snapshot: Snapshot, folder: Path, cases: list[Case]) -> Audit:
    """The audit of the project beside 300 old records without a value."""
    names = [*(field_of(number) for number in range(len(cases))), SILENT]
    lines = [",".join(["Id", "CreatedDate", *names])]
    lines += [f"{one},2025-01-01" + "," * len(names) for one in range(299)] + ["299,2026-06-01" + "," * len(names)]
    (folder / f"{OBJECT}.csv").write_text("\n".join(lines) + "\n")
    config = Scene(snapshot, today=NOW.date(), files=True, case="accept")
    records = FileRecords(folder / f"{OBJECT}.csv", {OBJECT: dict.fromkeys(names, "text")}, NOW)
    try:
        return audit(AuditScene(config, records.holdings()), records)
    finally:
        records.close()
