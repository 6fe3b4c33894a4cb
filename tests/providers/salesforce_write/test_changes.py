from pathlib import Path

import pytest

from crmgov.model.canonical import Body
from tests.providers.salesforce_write.harness import Edit, apply, files, live, modify
from tests.providers.salesforce_write.project import lay

FORMS = ["source", "source-crlf", "mdapi", "zip"]
REGION, PARTNER, ADMIN = "Field/Lead.Region__c", "RecordType/Lead.Partner", "PermissionSet/Admin"
LAYOUT = 'Layout/Lead."Lead (Main) Layout"'
RULE = 'Automation/Lead."Assignment rule Standard"'


def setting(*path: str, value: object) -> Edit:
    """Set the value at a path of keys."""

    def edit(body: Body) -> None:
        for step in path[:-1]:
            body = body.setdefault(step, {})
        body[path[-1]] = value

    return edit


def appending(key: str, row: Body, at: int | None = None) -> Edit:
    """Add a row to a list."""
    return lambda body: body.setdefault(key, []).insert(len(body[key]) if at is None else at, row)


def in_section(body: Body, row: Body) -> None:
    section = body["sections"][0]
    section["fields"] = sorted([*section["fields"], row], key=lambda field: field["column"])


CHANGES: dict[str, tuple[str, Edit]] = {
    "a value of a picklist": (REGION, appending("values", {"name": "South", "label": "South", "default": False}, 1)),
    "a value of a record type": (PARTNER, setting("picklists", "Region__c", "values", value=["North", "R&D"])),
    "another picklist of a record type": (PARTNER, setting("picklists", "Size__c", value={"values": ["L", "S"]})),
    "a value of a global set": (
        "Picklist/Tier",
        appending("values", {"name": "Silver", "label": "Silver & co", "default": False}, 1),
    ),
    "the order of values": ("Picklist/Tier", lambda body: body["values"].reverse()),
    "a stage": (
        "StageSet/LeadStatus",
        appending("stages", {"name": "Open", "label": "Open", "default": False, "outcome": "open"}, 1),
    ),
    "a stage of a pipeline": ("Pipeline/Lead.Sales", appending("stages", {"name": "Open", "default": False}, 1)),
    "a length that was not there": (REGION, setting("help", value="Where they are")),
    "a label that goes": (REGION, lambda body: body.pop("label")),
    "a formula": ("Field/Lead.Score__c", setting("formula", value='IF(A < B && C, "x\ny", 0)')),
    "an object's attribute": ("Object/Visit__c", setting("record_name", "label", value="Number")),
    "a validation": ("Validation/Lead.Region_needed", setting("active", value=False)),
    "a field of a profile": (ADMIN, setting("fields", "Lead", "fields", "Score__c", value="read")),
    "an object of a profile, one flag stated": (ADMIN, setting("objects", "Visit__c", value={"read": True})),
    "a granted flag that is denied": (ADMIN, setting("objects", "Lead", "create", value=False)),
    "a stated flag that is not stated": (ADMIN, lambda body: body["objects"]["Lead"].pop("create")),
    "a capability": (ADMIN, setting("capabilities", "ApiEnabled", value=True)),
    "a tab": (ADMIN, setting("tabs", "Visit__c", value="visible")),
    "a layout for a record type": (
        ADMIN,
        setting("layouts", "Lead", "record_types", value={"Partner": "Other Layout"}),
    ),
    "a record type of a permission set": (
        "PermissionSet/Sales",
        setting("record_types", "Lead", "Partner", value={"visible": True}),
    ),
    "the parent of a role": ("Role/CEO", setting("parent", value="Board")),
    "a role of a queue": ("Team/Inbound", setting("members", "roles", value=["CEO", "Sales"])),
    "a queue's objects": ("Team/Inbound", setting("objects", value=["Case", "Lead"])),
    "a field of a layout": (
        LAYOUT,
        lambda body: in_section(body, {"name": "Score__c", "column": 2, "behavior": "edit"}),
    ),
    "a field that leaves a layout": (LAYOUT, lambda body: body["sections"][0].update(fields=[])),
    "a section of a layout": (
        LAYOUT,
        appending("sections", {"name": "More", "columns": 1, "fields": [{"name": "Score__c", "column": 1}]}),
    ),
    "a setting": ("Setting/Account", setting("values", "enableAccountHistoryTracking", value=True)),
    "a rule's first case": (
        RULE,
        lambda body: body["actions"][0]["cases"].insert(0, {"name": "CEO", "formula": "A > 1", "to": {"user": "CEO"}}),
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_touches_one_file_and_is_read_back(name: str, form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    address, edit = CHANGES[name]
    old = files(project)
    if name == "a section of a layout":
        edit = with_style(edit)
    changed = apply(project, modify(live(project), address, edit))
    ((path, data),) = changed.items()
    assert data is not None
    if form == "source-crlf":
        assert data.count(b"\n") == data.count(b"\r\n")
        assert b"\n    " not in data
    assert _lines_kept(old[path], data)
    back = modify(
        live(project), address, lambda body: (body.clear(), body.update(_before(old, form, tmp_path, address)))
    )
    assert set(apply(project, back)) == {path}


def with_style(edit: Edit) -> Edit:
    """A new section gets the style that its columns ask for."""

    def both(body: Body) -> None:
        edit(body)
        body["native"]["salesforce"]["sections"]["More"] = {"style": "OneColumn"}

    return both


def _before(old: dict[str, bytes], form: str, tmp_path: Path, address: str) -> Body:
    again = tmp_path / "again"
    again.mkdir()
    return live(lay(form, again)).body(address)


def _lines_kept(old: bytes, new: bytes) -> bool:
    """Whether most lines are as they were: whatever was not meant to change."""
    before, after = old.splitlines(), new.splitlines()
    return sum(line in after for line in before) >= len(before) - 6
