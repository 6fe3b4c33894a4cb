"""Two revisions of a Salesforce project: what is told, what is not, and what only seems to differ."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from crmgov.cli.revised_project import project_changes
from crmgov.cli.revisions import Compared
from crmgov.cli.trouble import Stop
from crmgov.model.provider import ProviderError
from tests.history import BASE, PROJECT, History, field, xml
from tests.running import crmgov

REGION = field("Region__c")
REGION_FILE = next(iter(REGION))


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path / "repo")
    made.commit("one", {"sfdx-project.json": PROJECT, **REGION, **field("Source__c")})
    return made


def compared(history: History, base: str = "one", head: str | None = "two", source: str = ".") -> Compared:
    return project_changes(history.root, base, head, history.root / source)


def told(found: Compared) -> list[tuple[str, str]]:
    return [(change.action, change.address) for change in found.changes]


def codes(found: Compared) -> set[str]:
    return {problem.code for problem in found.problems}


def test_added_changed_and_removed_fields_are_told(history: History) -> None:
    history.commit("two", {**field("Region__c", length="90"), **field("New__c"), f"{BASE}/Lead/fields/Source__c.field-meta.xml": None})  # fmt: skip
    found = compared(history)
    assert told(found) == [
        ("add", "Field/Lead.New__c"), ("modify", "Field/Lead.Region__c"), ("remove", "Field/Lead.Source__c"),
    ]  # fmt: skip
    (change,) = found.changes[1].changes
    assert (change.route, change.before, change.after) == (("length",), 80, 90)
    assert found.problems == []


def test_a_file_of_no_known_type_that_did_not_change_is_not_told(history: History) -> None:
    sharing = {"force-app/main/default/sharingRules/Lead.sharingRules-meta.xml": xml("SharingRules")}
    history.commit("two", sharing)
    history.commit("three", {REGION_FILE: None})
    assert compared(history, "one", "two").left == {"SharingRules": 1}
    found = compared(history, "two", "three")
    assert (told(found), found.left) == ([("remove", "Field/Lead.Region__c")], {})


def test_the_other_way_round_is_the_opposite(history: History) -> None:
    history.commit("two", field("New__c"))
    assert told(compared(history, "two", "one")) == [("remove", "Field/Lead.New__c")]


def test_a_file_that_only_moved_is_no_change(history: History) -> None:
    history.commit("two", {REGION_FILE: None, **field("Region__c", folder="force-app/sales/objects")})
    assert told(compared(history)) == []


def test_a_file_in_another_form_is_no_change_but_counted(history: History) -> None:
    history.commit("two", {REGION_FILE: REGION[REGION_FILE].replace("><", ">\r\n   <")})
    found = compared(history)
    assert (told(found), found.alike) == ([], 1)


def test_another_case_of_a_name_is_no_change(history: History) -> None:
    history.commit("two", {REGION_FILE: None, **field("REGION__c", label="Region")})
    assert told(compared(history)) == []


def test_a_copy_that_goes_is_no_removal(history: History) -> None:
    copy = field("Region__c", folder="force-app/sales/objects")
    history.commit("two", copy)
    history.commit("three", dict.fromkeys(copy))
    assert told(compared(history)) == told(compared(history, "two", "three")) == []


def test_a_child_that_moves_into_its_objects_file_is_no_change(history: History) -> None:
    inline = REGION[REGION_FILE].partition('metadata">')[2].replace("</CustomField>", "").strip()
    both = xml("CustomObject", label="Lead", fields=inline)
    history.commit("two", {REGION_FILE: None, f"{BASE}/Lead/Lead.object-meta.xml": both})
    assert told(compared(history)) == [("add", "Object/Lead")]
    history.commit("three", {f"{BASE}/Lead/Lead.object-meta.xml": both.replace("Source", "Lead"), **REGION})
    history.commit("four", {f"{BASE}/Lead/Lead.object-meta.xml": xml("CustomObject", label="Lead")})
    assert told(compared(history, "three", "four")) == []


def test_the_work_tree_is_read_with_files_git_does_not_know(history: History) -> None:
    history.write({".gitignore": "*Secret*\n", **field("New__c"), **field("Secret__c"), REGION_FILE: None})
    assert told(compared(history, head=None)) == [
        ("add", "Field/Lead.New__c"), ("remove", "Field/Lead.Region__c"), ("add", "Field/Lead.Secret__c"),
    ]  # fmt: skip


@pytest.mark.parametrize("content", ["<CustomField", "\0\1\2", b"\xff\xfe<\0", "", xml("Layout", label="x")])
@pytest.mark.parametrize(("base", "head"), [("one", "two"), ("two", "one")])
def test_of_a_broken_file_nothing_is_claimed(history: History, content: str | bytes, base: str, head: str) -> None:
    history.commit("two", {REGION_FILE: content, **field("New__c")})
    found = compared(history, base, head)
    assert [address for _, address in told(found)] == ["Field/Lead.New__c"]
    assert {problem.severity for problem in found.problems} == {"error", "warning"}
    assert "REVISION005" in codes(found)


def test_of_the_children_of_a_broken_object_nothing_is_claimed(history: History) -> None:
    history.commit(
        "two", {f"{BASE}/Lead/Lead.object-meta.xml": "<CustomObject", REGION_FILE: None, **field("X__c", "Case")}
    )
    assert told(compared(history)) == [("add", "Field/Case.X__c")]


def test_links_are_told_and_not_followed(history: History) -> None:
    outside = history.root.parent / "outside.xml"
    outside.write_text(xml("CustomField", fullName="Region__c", type="Email"))
    (history.root / REGION_FILE).unlink()
    (history.root / REGION_FILE).symlink_to(outside)
    history.commit("two", {})
    for head in ("two", None):
        found = compared(history, head=head)
        assert told(found) == []
        assert codes(found) == {"REVISION004", "REVISION005"}


def test_a_folder_that_becomes_a_link_is_no_removal(history: History) -> None:
    (history.root / "force-app").rename(history.root / "elsewhere")
    (history.root / "force-app").symlink_to("elsewhere")
    history.commit("two", {})
    found = compared(history)
    assert told(found) == []
    assert "REVISION004" in codes(found)


def test_a_submodule_is_told_and_not_entered(history: History, tmp_path: Path) -> None:
    other = History(tmp_path / "other")
    other.commit("x", field("Inner__c", folder="objects"))
    history.git("submodule", "add", "-q", str(other.root), "force-app/shared")
    history.commit("two", {})
    found = compared(history)
    assert told(found) == []
    assert [problem.message for problem in found.problems] == ["force-app/shared is a submodule, which is not followed"]


def test_what_ignore_rules_hide_is_not_told(history: History) -> None:
    history.commit("two", {".forceignore": "**/New__c*\n", **field("New__c")})
    assert told(compared(history)) == []
    history.commit("three", {".forceignore": "**/Region__c*\n"})
    assert told(compared(history, "two", "three")) == [("add", "Field/Lead.New__c"), ("remove", "Field/Lead.Region__c")]


def test_another_package_directory_is_seen(history: History) -> None:
    history.commit("two", field("Extra__c", folder="extra/objects"))
    assert told(compared(history)) == []
    more = PROJECT.replace("]", ', {"path": "extra"}]')
    history.commit("three", {"sfdx-project.json": more})
    assert told(compared(history, "two", "three")) == [("add", "Field/Lead.Extra__c")]


def test_broken_settings_move_nothing(history: History) -> None:
    history.commit("two", {"sfdx-project.json": "{", ".forceignore": b"\xff\xfe", **field("New__c")})
    found = compared(history)
    assert told(found) == [("add", "Field/Lead.New__c")]
    assert codes(found) == {"SFPROJ002"}


def test_a_folder_below_the_project_limits_what_is_compared(history: History) -> None:
    history.commit("two", {**field("New__c"), **field("Far__c", folder="force-app/far/objects")})
    assert told(compared(history, source="force-app/far")) == [("add", "Field/Lead.Far__c")]


def test_a_project_that_is_new_is_added_whole(history: History) -> None:
    other = {f"crm/{name}": text for name, text in {"sfdx-project.json": PROJECT, **REGION}.items()}
    history.commit("two", other)
    assert told(compared(history, source="crm")) == [("add", "Field/Lead.Region__c")]


def test_a_metadata_api_folder_is_compared(history: History) -> None:
    inner = "<fullName>A__c</fullName><label>A</label><type>Checkbox</type>"
    one = xml("CustomObject", label="Deal", fields=inner)
    history.commit("two", {"src/package.xml": xml("Package", version="60.0"), "src/objects/Deal__c.object": one})
    history.commit("three", {"src/objects/Deal__c.object": one.replace("A__c", "B__c")})
    assert told(compared(history, "two", "three", "src")) == [
        ("remove", "Field/Deal__c.A__c"), ("add", "Field/Deal__c.B__c"),
    ]  # fmt: skip


def test_types_that_are_not_held_are_counted(history: History) -> None:
    cls = "force-app/main/default/classes/A.cls"
    history.commit("two", {cls: "class A {}", f"{cls}-meta.xml": xml("ApexClass", status="Active")})
    assert dict(compared(history).left) == {"ApexClass": 1}


def test_odd_names_are_taken_as_they_are(history: History) -> None:
    layout = 'force-app/main/default/layouts/Lead-Größe %28x%29 "q"\t.layout-meta.xml'
    history.commit("two", {layout: xml("Layout", showEmailCheckbox="false")})
    assert [action for action, _ in told(compared(history))] == ["add"]


@pytest.mark.parametrize(
    "name", ["nowhere", "", "-p", "--all", "one..two", "^one", ":/one", "one:force-app", "o\nne", "HEAD~9"]
)
def test_a_revision_that_does_not_exist_is_refused(history: History, name: str) -> None:
    with pytest.raises(ProviderError) as refused:
        compared(history, base=name, head=None)
    assert refused.value.diagnostic.code == "REVISION002"


def test_a_shallow_clone_says_what_to_fetch(history: History, tmp_path: Path) -> None:
    history.commit("two", field("New__c"))
    clone = tmp_path / "clone"
    history.git("clone", "-q", "--depth", "1", f"file://{history.root}", str(clone))
    done = crmgov("-C", str(clone), "diff", "--base", "HEAD~1", "--source", str(clone))
    assert done.returncode == 2
    assert "shallow" in done.stderr
    assert "--unshallow" in done.stderr


def test_a_path_outside_the_repository_is_refused(history: History, tmp_path: Path) -> None:
    (history.root / "out").symlink_to(tmp_path)
    for source in ("..", str(tmp_path), "out"):
        with pytest.raises(Stop) as refused:
            compared(history, head=None, source=source)
        assert [one.code for one in refused.value.diagnostics] == ["REVISION003"]


@pytest.mark.parametrize("source", ["force-ap", "sfdx-project.json", REGION_FILE, "no\nline"])
def test_a_path_that_is_no_folder_in_git_is_refused(history: History, source: str) -> None:
    history.commit("two", {})
    with pytest.raises(Stop) as refused:
        compared(history, source=source)
    assert [one.code for one in refused.value.diagnostics] == ["REVISION003"]


def test_a_folder_without_a_project_is_refused(tmp_path: Path) -> None:
    history = History(tmp_path / "bare")
    history.commit("one", {"readme": "x"})
    with pytest.raises(Stop) as refused:
        compared(history, head=None)
    assert refused.value.diagnostics[0].code == "REVISION003"


def test_outside_of_git_there_are_no_revisions(tmp_path: Path) -> None:
    done = crmgov("-C", str(tmp_path), "diff", "--base", "HEAD", "--source", str(tmp_path))
    assert done.returncode == 2
    assert "REVISION001" in done.stderr


def words(history: History, *more: str) -> Sequence[str]:
    return ("-C", str(history.root), "diff", "--base", "one", "--head", "two", "--source", str(history.root), *more)


def test_the_verb_writes_all_formats_and_its_exit_status(history: History) -> None:
    history.commit(
        "two", {**field("New__c"), "force-app/main/default/classes/A.cls-meta.xml": xml("ApexClass", status="Active")}
    )
    human = crmgov(*words(history))
    assert human.returncode == 0
    assert human.stdout.startswith("one (")
    assert "1 added, 0 changed, 0 removed" in human.stdout
    assert "ApexClass 1" in human.stderr
    assert crmgov(*words(history, "--exit-code")).returncode == 3
    assert crmgov(*words(history, "--exit-code", "--only", "Field/Lead.Other__c")).returncode == 0
    data = json.loads(crmgov(*words(history, "--format", "json")).stdout)
    assert (data["format"], [change["address"] for change in data["changes"]]) == (
        "crmgov-diff/1",
        ["Field/Lead.New__c"],
    )
    assert (data["ungoverned"], data["alike"]) == ({"ApexClass": 1}, 0)
    assert crmgov(*words(history, "--format", "markdown")).stdout.startswith("```diff\n")


def test_a_broken_file_fails_the_verb(history: History) -> None:
    history.commit("two", {REGION_FILE: "<x"})
    done = crmgov(*words(history, "--exit-code"))
    assert done.returncode == 1
    assert "SFFILE001" in done.stderr


def test_states_and_revisions_are_not_mixed(history: History) -> None:
    for mixed in (["one", "--base", "one"], ["--head", "one"], []):
        done = crmgov("-C", str(history.root), "diff", *mixed)
        assert done.returncode == 2
        assert "CLI004" in done.stderr


def test_an_environment_names_its_project(history: History) -> None:
    environment = "kind: Environment\nname: org\nprovider: salesforce\nconnection: {project: .}\n"
    history.commit("two", {**field("New__c"), "environments/org.yaml": environment})
    done = crmgov("-C", str(history.root), "diff", "--base", "one", "--source", "ORG")
    assert "1 added, 0 changed, 0 removed" in done.stdout


def test_a_file_whose_name_is_no_text_is_told_and_claims_nothing(history: History) -> None:
    """A name of bytes that are not UTF-8 cannot be the name of anything, and could be written nowhere."""
    name = os.fsdecode(b"\xff__c")
    folder = history.root / BASE / name
    folder.mkdir()
    (folder / f"{name}.object-meta.xml").write_text(xml("CustomObject", label="X"))
    history.commit("two", {})
    found = compared(history)
    assert told(found) == []
    assert codes(found) == {"SFFILE005"}
    done = crmgov("diff", "--base", "one", "--source", ".", "--format", "json", cwd=history.root)
    assert done.returncode == 1
    assert json.loads(done.stdout)["changes"] == []
    done = crmgov("validate", "--source", ".", "--known", "known.json", "--fail-on", "new", cwd=history.root)
    assert "SFFILE005" in (history.root / "known.json").read_text(encoding="utf-8"), done.stderr
    done = crmgov("validate", "--source", ".", "--known", "known.json", "--fail-on", "new", cwd=history.root)
    assert (done.returncode, "no new findings" in done.stdout) == (0, True), done.stdout + done.stderr
