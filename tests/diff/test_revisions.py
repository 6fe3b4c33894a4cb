"""Comparing two revisions by the files that differ gives what comparing everything gives, whatever happened between."""

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.cli.revised_project import project_changes
from crmgov.cli.revisions import yaml_changes
from crmgov.diff.two_way import compare
from crmgov.load.tree import load_tree
from crmgov.model.changes import Change
from crmgov.model.provider import Scope
from crmgov.providers.salesforce.names import fold
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.history import History, xml

Files = dict[str, str]

NAMES = ("Region__c", "region__c", "Source__c")
PLACES = ("force-app/main", "force-app/sales", "extra", "old")
IGNORED = ("", "**/Source__c*\n", "force-app/sales/**\n")
SETTINGS = ('"force-app"', '"force-app"}, {"path": "extra"', '"force-app/sales"}, {"path": "force-app"')


def field_text(length: int, tag: str = "CustomField") -> str:
    return xml(tag, label="Any", type="Text", length=str(length))


def inline(names: list[str]) -> str:
    inner = "".join(
        f"<fields><fullName>{name}</fullName><type>Text</type><length>80</length></fields>" for name in names
    )
    return xml("CustomObject", label="Lead").replace("</CustomObject>", f"{inner}</CustomObject>")


@st.composite
def projects(draw: st.DrawFn) -> Files:
    """A small project in which things stand in several places and forms, or nowhere."""
    files = {"sfdx-project.json": f'{{"packageDirectories": [{{"path": {draw(st.sampled_from(SETTINGS))}}}]}}'}
    if ignored := draw(st.sampled_from(IGNORED)):
        files[".forceignore"] = ignored
    if draw(st.booleans()):
        files["old/package.xml"] = xml("Package", version="60.0")
    for place in PLACES:
        for name in NAMES:
            if draw(st.integers(0, 2)) == 0:
                files[f"{place}/objects/Lead/fields/{name}.field-meta.xml"] = field_text(
                    draw(st.sampled_from((80, 90)))
                )
        if draw(st.integers(0, 2)) == 0:
            suffix = draw(st.sampled_from((".object", "/Lead.object-meta.xml")))
            files[f"{place}/objects/Lead{suffix}"] = inline(draw(st.lists(st.sampled_from(NAMES), max_size=2)))
        if draw(st.integers(0, 3)) == 0:
            files[f"{place}/profiles/Any.profile-meta.xml"] = xml("Profile", description=place)
            files[f"{place}/permissionsets/Any.permissionset-meta.xml"] = xml("PermissionSet", label="Any")
    return files


@st.composite
def trees(draw: st.DrawFn) -> Files:
    """A small tree in which fields stand inline, in files of their own, or in one with others."""
    texts: list[str] = ["kind: Object\nname: Lead\nlabel: Lead\n"]
    rows = []
    for name in ("Region", "Source", "Score"):
        form, length = draw(st.sampled_from(("inline", "own", ""))), draw(st.sampled_from((80, 90)))
        if form == "inline":
            rows.append(f"  {name}: {{type: text, length: {length}}}\n")
        elif form:
            texts.append(f"kind: Field\nname: {name}\nobject: Lead\ntype: text\nlength: {length}\n")
    texts[0] += "fields:\n" + "".join(rows) if rows else ""
    numbers = [draw(st.integers(0, 2)) for _ in texts]
    return {
        f"config/{n}.yaml": "---\n".join(t for t, m in zip(texts, numbers, strict=True) if m == n) for n in set(numbers)
    }


def emptied(history: History) -> None:
    history.git("rm", "-r", "-q", "-f", "--ignore-unmatch", ".")


def told(changes: list[Change]) -> dict[str, Change]:
    return {change.address: change for change in changes}


@settings(max_examples=40)
@given(before=projects(), after=projects())
def test_projects(before: Files, after: Files) -> None:
    with TemporaryDirectory() as folder:
        history = History(Path(folder) / "repo")
        snapshots = []
        # A thing that two files define differently is told as such, and nothing else is claimed of it.
        unsure: set[str] = set()
        for tag, files in (("one", before), ("two", after)):
            emptied(history)
            history.commit(tag, files)
            provider = SalesforceFiles(None, history.root)
            snapshots.append(provider.read(Scope()))
            unsure |= {fold(one.address) for one in provider.problems if one.severity == "error" and one.address}
        known = {fold(address): address for address in snapshots[0]}
        names = {address: known[fold(address)] for address in snapshots[1] if fold(address) in known}
        whole = told(compare(snapshots[0], snapshots[1], names))
        found = told(project_changes(history.root, "one", "two", history.root).changes)
        assert found.keys() <= whole.keys()
        assert {a: c for a, c in found.items() if sure(a, unsure)} == {
            a: c for a, c in whole.items() if sure(a, unsure)
        }


def sure(address: str, unsure: set[str]) -> bool:
    """Whether nothing was wrong with a thing, nor with one of another type that shares its name."""
    return not {fold(address), fold(address).replace(" (profile)", "").replace('"', "")} & {
        one.replace(" (profile)", "").replace('"', "") for one in unsure
    }


@settings(max_examples=40)
@given(before=trees(), after=trees())
def test_trees(before: Files, after: Files) -> None:
    with TemporaryDirectory() as folder:
        history = History(Path(folder) / "repo")
        snapshots = []
        for tag, files in (("one", before), ("two", after)):
            emptied(history)
            history.commit(tag, dict(files))
            snapshots.append(load_tree(history.root, cache=False).snapshot)
        found = yaml_changes(history.root, "one", "two")
        assert told(found.changes) == told(compare(snapshots[0], snapshots[1]))
        assert found.problems == []


def test_a_long_history_reads_only_what_differs(tmp_path: Path) -> None:
    number = count()
    history = History(tmp_path / "repo")
    folder = "force-app/main/default/objects"

    def fields(objects: range) -> Files:
        return {
            f"{folder}/O{n}__c/fields/F{m}__c.field-meta.xml": field_text(next(number) + 1)
            for n in objects
            for m in range(30)
        }

    history.commit(
        "one", {"sfdx-project.json": f'{{"packageDirectories": [{{"path": {SETTINGS[0]}}}]}}', **fields(range(40))}
    )
    # Broken in both revisions: it would be told if it were read.
    history.commit("two", {f"{folder}/Broken__c/fields/F__c.field-meta.xml": "<"})
    history.commit("three", {**dict.fromkeys(fields(range(10)), None), **fields(range(30, 60))})
    found = project_changes(history.root, "two", "three", history.root)
    actions = [change.action for change in found.changes]
    assert {action: actions.count(action) for action in set(actions)} == {"remove": 300, "add": 600, "modify": 300}
    assert found.problems == []
