from pathlib import Path

import msgspec
import pytest

from crmgov.model.address import address
from crmgov.model.canonical import Body, digest
from crmgov.model.operations import Operation
from crmgov.model.provider import ProviderError
from crmgov.model.snapshot import Snapshot
from tests.providers.salesforce_write.harness import Edit, add, apply, files, live, modify, remove, rename
from tests.providers.salesforce_write.project import lay
from tests.providers.salesforce_write.test_changes import (
    ADMIN,
    FORMS,
    LAYOUT,
    PARTNER,
    REGION,
    RULE,
    appending,
    setting,
    with_style,
)
from tests.providers.salesforce_write.writer import writer_of

NEW: dict[str, tuple[str, Body, str]] = {
    "field": (
        "Field/Lead.Budget__c",
        {"label": "Budget", "type": "currency", "precision": 18, "scale": 2, "required": False},
        "objects/Lead/fields/Budget__c.field-meta.xml",
    ),
    "field of an object without a file": (
        "Field/Order.Budget__c",
        {"label": "Budget", "type": "text", "length": 20},
        "objects/Order/fields/Budget__c.field-meta.xml",
    ),
    "object": (
        "Object/Site__c",
        {"label": "Site", "label_plural": "Sites", "sharing": "private", "deployed": True,
         "record_name": {"label": "Site", "type": "text"}},
        "objects/Site__c/Site__c.object-meta.xml",
    ),
    "validation": (
        "Validation/Lead.Budget_needed",
        {"active": True, "formula": "ISBLANK(Budget__c)", "message": "Say what it may cost."},
        "objects/Lead/validationRules/Budget_needed.validationRule-meta.xml",
    ),
    "record type": (
        "RecordType/Lead.Direct",
        {"active": True, "label": "Direct", "pipeline": "Sales", "picklists": {"Region__c": {"values": ["R&D"]}}},
        "objects/Lead/recordTypes/Direct.recordType-meta.xml",
    ),
    "pipeline": (
        "Pipeline/Lead.Short",
        {"active": True, "stage_set": "LeadStatus", "stages": [{"name": "New", "default": True}]},
        "objects/Lead/businessProcesses/Short.businessProcess-meta.xml",
    ),
    "picklist": (
        "Picklist/Size",
        {"label": "Size", "sorted": False, "values": [{"name": "L", "label": "Large", "default": False}]},
        "globalValueSets/Size.globalValueSet-meta.xml",
    ),
    "role": ("Role/Support", {"label": "Support", "parent": "CEO"}, "roles/Support.role-meta.xml"),
    "profile": (
        'PermissionSet/"Sales Profile"',
        {"profile": True, "objects": {"Lead": {"read": True}}, "native": {"salesforce": {"custom": True}}},
        "profiles/Sales Profile.profile-meta.xml",
    ),
    "permission set": (
        "PermissionSet/Support",
        {"label": "Support", "fields": {"Lead": {"fields": {"Region__c": "edit", "Score__c": "read"}}}},
        "permissionsets/Support.permissionset-meta.xml",
    ),
    "team": (
        "Team/Second",
        {"type": "queue", "label": "Second", "objects": ["Lead"], "members": {"roles": ["Sales"]}},
        "queues/Second.queue-meta.xml",
    ),
    "layout": (
        'Layout/Lead."Short & sweet"',
        {"sections": [{"name": "Details", "columns": 1, "fields": [{"name": "Region__c", "column": 1}]}],
         "native": {"salesforce": {"sections": {"Details": {"style": "OneColumn"}}}}},
        "layouts/Lead-Short %26 sweet.layout-meta.xml",
    ),
    "assignment rule": (
        'Automation/Lead."Assignment rule Night"',
        {"active": False, "body": "structured", "trigger": {"on": "created"},
         "actions": [{"name": "route", "type": "route",
                      "cases": [{"name": "Inbound", "to": {"team": "Inbound"}, "formula": "TRUE"}]}]},
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NEW)
def test_a_new_resource_goes_where_its_siblings_are(name: str, form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    address, body, path = NEW[name]
    old = files(project)
    changed = apply(project, add(address, body))
    created = [path for path in changed if path not in old]
    if form.startswith("source"):
        assert created == ([f"app/main/default/{path}"] if path else [])
        assert set(changed) == {*created} or not path
    else:
        listed = name not in ("validation", "permission set", "assignment rule")
        assert any(path.endswith("package.xml") for path in changed) == listed
        assert len(changed) == 1 + listed
    with pytest.raises(ProviderError):
        apply(project, add(address, body))
    gone = apply(project, remove(live(project), address))
    assert files(project) == old
    assert set(gone) == set(changed)


def test_a_new_field_in_the_vendors_layout(tmp_path: Path) -> None:
    project = lay("source", tmp_path)
    address, body, path = NEW["field"]
    apply(project, add(address, body))
    assert (project / "app/main/default" / path).read_text() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">\n'
        "    <fullName>Budget__c</fullName>\n    <label>Budget</label>\n    <precision>18</precision>\n"
        "    <required>false</required>\n    <scale>2</scale>\n    <type>Currency</type>\n</CustomField>\n"
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_renamed_field_takes_its_references_along(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    operation = rename(live(project), REGION, "Field/Lead.Area__c")
    changed = apply(project, operation)
    text = b"".join(data for data in changed.values() if data)
    assert b"<emptySpace>true</emptySpace>" in text
    old_names = [data for path, data in files(project).items() if b"Region__c" in data]
    left = b"".join(old_names)
    assert left.count(b"Region__c") == 3, "two formulas and a list view are not rewritten"
    writer = writer_of(lay(form, _other(tmp_path)))
    (batch,) = writer.batches("r", [operation])
    (outcome,) = writer.settle(batch, writer.submit(batch, {}))
    assert "Region__c is still named in" in outcome.message


def _other(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Picklist/Tier", "Picklist/Level"),
        ("Role/CEO", "Role/Boss"),
        ("PermissionSet/Sales", "PermissionSet/Selling"),
        ("RecordType/Lead.Partner", "RecordType/Lead.Channel"),
        ("Pipeline/Lead.Sales", "Pipeline/Lead.Selling"),
        ("Validation/Lead.Region_needed", "Validation/Lead.Area_needed"),
        (LAYOUT, 'Layout/Lead."Lead (Only) Layout"'),
    ],
)
def test_other_renames(old: str, new: str, form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    before = files(project)
    apply(project, rename(live(project), old, new))
    apply(project, rename(live(project), new, old))
    assert files(project) == before


@pytest.mark.parametrize("form", FORMS)
def test_rules_hand_to_a_renamed_queue(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    writer = writer_of(project)
    (batch,) = writer.batches("r", [rename(live(project), "Team/Inbound", "Team/Incoming")])
    writer.settle(batch, writer.submit(batch, {}))
    (case,) = live(project).body(RULE)["actions"][0]["cases"]
    assert case["to"] == {"team": "Incoming"}
    assert "Team/Incoming" in live(project)


@pytest.mark.parametrize("form", FORMS)
def test_a_renamed_object_takes_its_files_and_references_along(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    snapshot = live(project)
    lookup = {"label": "Visit", "type": "lookup", "references": ["Visit__c"], "relationship": "Leads"}
    apply(
        project,
        add("Field/Visit__c.Note__c", {"label": "Note", "type": "text", "length": 9}, 1),
        add("Field/Lead.Visit__c", lookup, 2),
        add("Layout/Visit__c.Short", {"sections": [{"name": "Details", "columns": 1, "fields": [{"name": "Note__c", "column": 1}]}],
             "native": {"salesforce": {"sections": {"Details": {"style": "OneColumn"}}}}}, 3),
        modify(snapshot, ADMIN, _rights("Visit__c"), 4),
    )  # fmt: skip
    before = files(project)
    changed = apply(project, rename(live(project), "Object/Visit__c", "Object/Trip__c"))
    assert not any("Visit__c/" in path or "Visit__c-" in path for path in files(project))
    assert len(changed) >= 4
    apply(project, rename(live(project), "Object/Trip__c", "Object/Visit__c"))
    assert files(project) == before


def _rights(name: str) -> Edit:
    def edit(body: Body) -> None:
        body["objects"][name] = {"read": True}
        body["fields"][name] = {"fields": {"Note__c": "edit"}}
        body["layouts"][name] = {"layout": "Short"}

    return edit


@pytest.mark.parametrize("form", FORMS)
def test_an_object_goes_with_all_its_files(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    apply(project, add("Field/Visit__c.Note__c", {"label": "Note", "type": "text", "length": 9}))
    snapshot = live(project)
    operations = [remove(snapshot, "Field/Visit__c.Note__c", 1), remove(snapshot, "Object/Visit__c", 2)]
    changed = apply(project, *operations)
    assert all(data is None for path, data in changed.items() if "Visit__c" in path)
    if form.startswith("source"):
        assert not (project / "app/main/default/objects/Visit__c").exists()


@pytest.mark.parametrize("form", FORMS)
def test_many_steps_are_one_batch(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    snapshot = live(project)
    address, body, _ = NEW["field"]
    value = {"name": "South", "label": "South", "default": False}
    changed = apply(
        project,
        rename(snapshot, "Role/CEO", "Role/Boss", 1),
        add(address, body, 2),
        modify(snapshot, REGION, appending("values", value), 3),
        modify(snapshot, PARTNER, setting("picklists", "Region__c", "values", value=["North", "South"]), 4),
        add(*NEW["object"][:2], 5),
        add("Field/Site__c.Open__c", {"label": "Open", "type": "boolean", "default": False}, 6),
        modify(snapshot, ADMIN, setting("fields", "Lead", "fields", "Budget__c", value="edit"), 7),
        remove(snapshot, "Validation/Lead.Region_needed", 8),
    )
    assert len(changed) > 4


def test_a_new_section_stands_before_one_without_a_heading(tmp_path: Path) -> None:
    project = lay("source", tmp_path)
    path = next(project.rglob("*.layout-meta.xml"))
    links = (
        "    <layoutSections>\n        <layoutColumns/>\n        <style>CustomLinks</style>\n    </layoutSections>\n"
    )
    path.write_text(path.read_text().replace("</Layout>", f"{links}</Layout>"))
    section = {"name": "More", "columns": 1, "fields": [{"name": "Score__c", "column": 1}]}
    edit = with_style(appending("sections", section, 1))
    apply(project, modify(live(project), LAYOUT, edit))
    assert path.read_text().index(">More<") < path.read_text().index(">CustomLinks<")


@pytest.mark.parametrize("form", FORMS)
def test_a_replaced_field_is_written_anew(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    body: Body = {"label": "Score", "type": "text", "length": 10}
    operation = msgspec.structs.replace(
        add("Field/Lead.Score__c", body), action="replace", before=live(project).body("Field/Lead.Score__c")
    )
    changed = apply(project, operation)
    assert len(changed) == 1
    assert b"formula>" not in b"".join(data or b"" for path, data in changed.items() if "Score" in path)


@pytest.mark.parametrize("form", FORMS)
def test_a_new_row_of_a_permission_set_has_the_flags_the_schema_asks_for(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    writer = writer_of(project)
    (batch,) = writer.batches(
        "r", [modify(live(project), "PermissionSet/Sales", setting("objects", "Lead", value={"read": True}))]
    )
    writer.settle(batch, writer.submit(batch, {}))
    row = live(project).body("PermissionSet/Sales")["objects"]["Lead"]
    assert row == {"read": True} | dict.fromkeys(["create", "update", "delete", "view_all", "modify_all"], False)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", [REGION, "Picklist/Tier", "StageSet/LeadStatus", "Pipeline/Lead.Sales"])
def test_a_bare_value_gets_what_the_schema_asks_for(address: str, form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    writer = writer_of(project)
    key = "values" if "values" in live(project).body(address) else "stages"
    (batch,) = writer.batches("r", [modify(live(project), address, appending(key, {"name": "West"}))])
    writer.settle(batch, writer.submit(batch, {}))
    row = live(project).body(address)[key][-1]
    assert row["default"] is False
    assert row.get("label", "West") == "West"


def flow(status: str, label: str = "Greet") -> bytes:
    text = f'<Flow xmlns="http://soap.sforce.com/2006/04/metadata">\n    <label>{label}</label>\n    <status>{status}</status>\n</Flow>\n'
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()


@pytest.mark.parametrize("form", FORMS)
def test_an_opaque_body_is_written_whole(form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    data = flow("Draft", "Hello")

    def edit(body: Body) -> None:
        body.update(active=False, label="Hello")
        body["body_file"]["digest"] = digest(data)

    changed = apply(project, modify(live(project), "Automation/Greet", edit), blobs={digest(data): data})
    assert list(changed.values()) == [data]
    new = flow("Active", "New")
    body = {"active": True, "label": "New", "body": "opaque",
            "body_file": {"path": "New.flow-meta.xml", "digest": digest(new)}}  # fmt: skip
    changed = apply(project, add("Automation/New", body), blobs={digest(new): new})
    assert new in changed.values()
    with pytest.raises(ProviderError, match="not in the plan"):
        apply(project, modify(live(project), "Automation/Greet", setting("body_file", "digest", value="0" * 32)))


def refused(project: Path, *operations: Operation) -> str:
    before = files(project)
    writer = writer_of(project, include_ignored=False)
    (batch,) = writer.batches("run", operations)
    with pytest.raises(ProviderError) as caught:
        writer.submit(batch, {})
    assert files(project) == before
    return caught.value.diagnostic.code


def test_what_cannot_be_written_is_refused_before_anything_is(tmp_path: Path) -> None:
    project = lay("source", tmp_path)
    snapshot = live(project)
    good = modify(snapshot, REGION, setting("label", value="Area"))
    criteria = {"field": "Region__c", "op": "blank"}
    unsayable = modify(snapshot, "Validation/Lead.Region_needed", setting("reject_when", value=criteria))
    assert refused(project, good, unsayable) == "SFWRITE007"
    missing: Body = {"body": "opaque", "body_file": {"path": "New.flow-meta.xml", "digest": "0"}}
    assert refused(project, add("Automation/New", missing), unsayable) == "SFWRITE008"
    assert refused(project, good, modify(snapshot, REGION, setting("label", value="bell \x07"))) == "SFWRITE007"
    (project / "app/main/default/roles/CEO.role-meta.xml").unlink()
    assert refused(project, good, modify(snapshot, "Role/CEO", setting("label", value="Chief"))) == "SFWRITE008"
    assert refused(project, add("Role/SALES", {"label": "Sales"})) in ("SFWRITE001", "SFWRITE003")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["../../out", "/etc", "a/b", "a\\b"])
def test_no_name_leads_out_of_the_project(name: str, form: str, tmp_path: Path) -> None:
    project = lay(form, tmp_path)
    body: Body = {"label": "x", "type": "text", "length": 9}
    assert refused(project, add(address("Field", "A__c", name), body)) == "SFWRITE002"
    assert files(tmp_path) == files(tmp_path) | {}


def test_a_new_file_that_would_be_hidden_is_refused(tmp_path: Path) -> None:
    project = lay("source", tmp_path)
    (project / ".forceignore").write_text("**/roles/New*\n")
    assert refused(project, add("Role/New", {"label": "New"})) == "SFWRITE007"


def test_a_step_that_is_done_already_changes_nothing(tmp_path: Path) -> None:
    project = lay("source", tmp_path)
    snapshot: Snapshot = live(project)
    operation = modify(snapshot, ADMIN, setting("fields", "Lead", "fields", "Score__c", value="read"))
    apply(project, operation)
    assert apply(project, operation) == {}
