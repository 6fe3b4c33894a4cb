"""A field that only something beside objects, flows and layouts names is kept, and told so."""

from pathlib import Path

import pytest

from crmgov.audit.run import Audit
from crmgov.model.address import address
from crmgov.model.snapshot import Snapshot
from tests.audit.judging import verdict
from tests.audit.mentioning import OBJECT, SILENT, Case, field_of, judged, mdapi, source
from tests.providers.salesforce.world import read

CASES = [
    Case(
        f"objects/{OBJECT}/listViews/All.listView-meta.xml", "ListView",
        "<fullName>All</fullName><columns>NAME</columns><columns>FIELD</columns><filterScope>Everything</filterScope>"
        "<label>All Berths</label>",
        "ListView", "All Berths",
    ),
    Case(
        f"objects/{OBJECT}/listViews/Mine.listView-meta.xml", "ListView",
        "<fullName>Mine</fullName><columns>NAME</columns><filters><field>FIELD</field><operation>equals</operation>"
        "<value>a</value></filters><label>My Berths</label>",
        "ListView", "My Berths",
    ),
]  # fmt: skip
NUMBERS = range(len(CASES))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mentions")


@pytest.fixture(scope="module")
def project(folder: Path) -> Snapshot:
    return read(source(folder / "source", CASES))


@pytest.fixture(scope="module")
def found(folder: Path, project: Snapshot) -> Audit:
    return judged(project, folder, CASES)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda n: f"{CASES[n].kind}-{CASES[n].name}")
def test_a_field_named_in_one_place_alone_is_kept(found: Audit, number: int) -> None:
    one, case = verdict(found, field_of(number)), CASES[number]
    assert one.verdict == "keep"
    assert one.facts.uses == {case.kind: (address(case.kind, case.name, case.owner),)}
    assert one.reasons[-1].startswith("nearly empty, and yet ")


def test_a_field_named_nowhere_is_not_kept(found: Audit) -> None:
    one = verdict(found, SILENT)
    assert (one.verdict, one.facts.uses) == ("deprecate", {})
    assert one.reasons[-1] == "nothing names it"


def test_both_forms_name_the_same(folder: Path, project: Snapshot) -> None:
    other = read(mdapi(folder / "mdapi", CASES))
    assert {at: one.fields for at, one in other.elsewhere.mentions.items()} == {
        at: one.fields for at, one in project.elsewhere.mentions.items()
    }
    assert other.elsewhere.searched == project.elsewhere.searched
    assert not any(project.elsewhere.searched.values())
