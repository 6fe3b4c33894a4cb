"""Real projects: counted as their README counts them, the same in both forms, and told back as they were read."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from crmgov.audit.looked import not_looked_at
from crmgov.audit.settings import Settings
from crmgov.check.governance.scene import Scene
from crmgov.model.flat import flatten
from crmgov.model.normal import canonical_body
from crmgov.model.provider import Scope
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.catalogue import CATALOGUE
from crmgov.providers.salesforce.mapping import CHILDREN, Context, standard_value_set
from crmgov.providers.salesforce.project import discover
from crmgov.providers.salesforce.provider import SalesforceFiles
from crmgov.providers.salesforce.read import read_bytes
from crmgov.providers.salesforce.xml import Parser
from tests.providers.salesforce.world import read
from tests.providers.salesforce_write.corpora import shared

Corpus = Callable[[str], Path]
SOURCES = ("northstar", "ust-easy", "nav-arbeidsgiver", "ebikes")
ROWS = {
    "object": ("CustomObject",),
    "field": ("CustomField",),
    "recordType": ("RecordType",),
    "validationRule": ("ValidationRule",),
    "businessProcess": ("BusinessProcess",),
    "globalValueSet": ("GlobalValueSet",),
    "standardValueSet": ("StandardValueSet",),
    "layout": ("Layout",),
    "listView": ("ListView",),
    "profile": ("Profile",),
    "permissionset / permissionsetgroup": ("PermissionSet", "PermissionSetGroup"),
    "role": ("Role",),
    "queue / group": ("Queue", "Group"),
    "flow": ("Flow",),
    "workflow": ("Workflow",),
    "assignmentRules": ("AssignmentRules",),
    "approvalProcess": ("ApprovalProcess",),
    "report / reportType / dashboard": ("Report", "ReportType", "Dashboard"),
    "settings": ("Settings",),
}
"""Rows of the README's table of counts, and the vendor's names of the types in each."""


def table() -> dict[str, dict[str, list[int]]]:
    """The README's counts: project -> row -> numbers."""
    found: dict[str, dict[str, list[int]]] = {name: {} for name in SOURCES}
    for line in (shared() / "corpora" / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        row = re.sub(r" \(.*\)", "", cells[0])
        if row in ROWS and len(cells) == 5:
            for name, cell in zip(SOURCES, cells[1:], strict=True):
                numbers = [int(part) for part in re.sub(r"\(.*\)", "", cell).replace(",", "").split("/")]
                found[name][row] = numbers + [0] * (len(ROWS[row]) - len(numbers))
    return found


@pytest.mark.parametrize("name", SOURCES)
def test_counts_by_type_are_those_of_the_readme(name: str, corpus: Corpus) -> None:
    project = corpus(name)
    snapshot = read(project, include_ignored=True)
    expected = table()[name]
    assert set(expected) == set(ROWS)
    if not list(project.rglob("*.standardValueSet*")):
        # The README counts two for ust-easy; its archive holds none.
        expected["standardValueSet"] = [0]
    found = {row: [snapshot.files.get(kind, 0) for kind in kinds] for row, kinds in ROWS.items()}
    assert found == expected


@pytest.mark.parametrize("name", SOURCES)
def test_real_projects_are_read_without_a_problem(name: str, corpus: Corpus) -> None:
    provider = SalesforceFiles(None, corpus(name), include_ignored=True)
    snapshot = provider.read(Scope())
    assert not [problem for problem in provider.problems if problem.severity == "error"]
    assert snapshot.coverage.gaps == ()
    assert all(snapshot.coverage.gap(address.partition("/")[0]) == "" for address in snapshot)


def test_both_forms_of_a_project_read_to_one_snapshot(corpus: Corpus) -> None:
    source, mdapi = read(corpus("northstar")), read(corpus("northstar-mdapi"))
    assert len(source) > 4000
    assert dict(source.digests) == dict(mdapi.digests)
    assert (source.files, source.left, source.derived) == (mdapi.files, mdapi.left, mdapi.derived)
    assert source.origins == mdapi.origins
    assert source.elsewhere.searched == mdapi.elsewhere.searched
    named = [{at: one.fields for at, one in held.elsewhere.mentions.items()} for held in (source, mdapi)]
    assert named[0] == named[1]
    assert len(named[0]) > 400
    assert source.blobs == mdapi.blobs
    assert source.hidden > 0


@pytest.mark.parametrize("name", SOURCES)
def test_every_type_of_a_real_project_that_may_name_fields_is_looked_into(name: str, corpus: Corpus) -> None:
    held = Scene(read(corpus(name)), [CATALOGUE], today=date(2026, 1, 1), case="accept", files=True)
    unread = [place for place in not_looked_at(held, None, 0, Settings()) if place.startswith("parts that")]
    assert all(one.endswith(" not understood") for place in unread for one in place[25:-1].split(", "))
    custom = [made for made in held.own("Field") if made in held.mentioned]
    assert len(custom) >= {"northstar": 100, "ebikes": 10, "nav-arbeidsgiver": 500, "ust-easy": 580}.get(name, 0)


def test_ignored_files_are_counted(corpus: Corpus) -> None:
    shown, everything = read(corpus("northstar")), read(corpus("northstar"), include_ignored=True)
    assert everything.hidden == 0
    assert shown.files["Profile"] == 1
    assert everything.files["Profile"] == 44
    assert shown.hidden == sum(everything.files.values()) - sum(shown.files.values())


@pytest.mark.parametrize("name", SOURCES)
def test_a_read_snapshot_is_in_normal_form(name: str, corpus: Corpus) -> None:
    provider = SalesforceFiles(None, corpus(name), include_ignored=True)
    snapshot = provider.read(Scope())
    normal = provider.normalise(snapshot)
    governed = {a: d for a, d in snapshot.digests.items() if not a.startswith("External/")}
    assert dict(normal.snapshot.digests) == governed
    assert not normal.diagnostics
    assert all(canonical_body(a.partition("/")[0], snapshot.body(a)) == snapshot.body(a) for a in snapshot)


@pytest.mark.parametrize("name", SOURCES)
def test_what_pull_writes_says_nothing_that_was_not_read(name: str, corpus: Corpus) -> None:
    provider = SalesforceFiles(None, corpus(name), include_ignored=True)
    live = provider.read(Scope())
    tidied = provider.tidy(live)
    desired = provider.normalise(Snapshot("config", tidied.digests, tidied.bodies))
    assert not [problem for problem in desired.diagnostics if problem.severity == "error"]
    wrong: Counter[str] = Counter()
    for address in desired.snapshot:
        kind = address.partition("/")[0]
        there = flatten(kind, live.body(address))
        wanted = flatten(kind, desired.snapshot.body(address))
        wrong.update(f"{address} {route}" for route, value in wanted.items() if there.get(route) != value)
    assert not wrong


@pytest.mark.parametrize("name", ["northstar", "ust-easy", "nav-arbeidsgiver", "ebikes"])
def test_every_body_is_written_back_as_it_was_read(name: str, corpus: Corpus) -> None:
    parser, seen = Parser(), 0
    for file in discover(corpus(name), None, include_ignored=True).files:
        kind = file.type
        if kind is None or kind.opaque:
            continue
        _, tree = parser.parse(read_bytes(file.path), file.file)
        parts = [(kind, tree, Context(file.parent, file.name))]
        if kind.name == "CustomObject" and not isinstance(tree, str):
            parts = [(kind, [node for node in tree if node[0] not in CHILDREN], Context(None, file.name))]
            parts += [(CHILDREN[tag], part, Context(file.name, "")) for tag, part in tree if tag in CHILDREN]
        if kind.name == "StandardValueSet":
            parts = [(standard_value_set(file.name), tree, Context(None, file.name))]
        for one, nodes, context in parts:
            body = one.decode(nodes, [], context)
            left: list[str] = []
            assert one.decode(one.encode(body, context), left, context) == body
            assert left == []
            seen += 1
    assert seen > 30
