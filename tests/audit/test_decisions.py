"""Workbooks of decisions: written, filled in, read back."""

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crmgov.audit.decisions import Decision, decided
from crmgov.audit.scene import AuditScene
from crmgov.check.governance.scene import Scene
from crmgov.cli.trouble import Stop
from crmgov.cli.workbooks import read_decisions
from crmgov.model.diagnostics import Place
from tests.audit.judging import NOW, snapshot
from tests.scenarios.world import World, founded, run

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (extra: records)")

GOVERNANCE = """\
kind: Governance
name: Main
waivers:
  # Agreed in spring.
  - {code: MODEL001, address: Object/Deal, owner: Ana, reason: Old, expires: 2030-01-01}
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = founded(tmp_path_factory.mktemp("decisions") / "repository")
    world.write("config/governance.yaml", GOVERNANCE)
    world.edit("config/Note.yaml", "label: Note", "label: '=HYPERLINK(\"http://x\")'")
    world.commit()
    world.apply("sandbox")
    for number in range(300):
        score = number if number < 20 else None
        world.sql('INSERT INTO "Lead" ("Company", "Score") VALUES (?, ?)', f"secret {number}", score)
    world("audit", "sandbox", "--format", "xlsx", "--output", world.root / "audit.xlsx")
    return world


@pytest.fixture
def audited(done: World, tmp_path: Path) -> World:
    return done.copy(tmp_path / "repository")


def fill(world: World, **decisions: tuple[object, ...]) -> None:
    """Fill in decision, owner, reason and until of fields of the lead."""
    path = world.root / "audit.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    head = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        name = str(row[0].value).removeprefix("Field/Lead.")
        for column, value in zip(("decision", "owner", "reason", "until"), decisions.get(name, ()), strict=False):
            row[head.index(column)].value = value
    book.save(path)


def test_the_workbook_holds_no_value_and_no_formula(audited: World) -> None:
    path = audited.root / "audit.xlsx"
    with zipfile.ZipFile(path) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"secret" not in whole
    assert b"<f>" not in whole
    sheet = openpyxl.load_workbook(path)["Decisions"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    [label] = [cell for cell in cells if str(cell.value).startswith("=")]
    assert label.quotePrefix


def test_decisions_become_lifecycles_and_waivers_once(audited: World) -> None:
    fill(
        audited,
        Note=("deprecate", None, "No team uses it", "2031-05-01"),
        Score=("keep", "Ana", "Being filled", "2031-01-31"),
    )
    audited("audit", "sandbox", "--decisions", audited.root / "audit.xlsx")
    note, governance = audited.read("config/Note.yaml"), audited.read("config/governance.yaml")
    assert "remove_after: 2031-05-01" in note
    assert "reason: No team uses it" in note
    assert governance.startswith(GOVERNANCE)
    assert "UNUSED001" in governance
    assert "Field/Lead.Score" in governance
    audited("validate")
    before = audited.git("diff")
    audited("audit", "sandbox", "--decisions", audited.root / "audit.xlsx")
    assert audited.git("diff") == before


def test_what_is_kept_is_no_longer_found_nor_fixed(audited: World) -> None:
    fill(audited, **dict.fromkeys(("Score", "Note", "Region"), ("keep", "Ana", "Soon", "2031-01-31")))
    audited("audit", "sandbox", "--decisions", audited.root / "audit.xlsx")
    found = audited("audit", "sandbox", "--format", "json").json["findings"]
    assert {one["standing"] for one in found if one["code"].startswith("UNUSED")} == {"waived"}
    before = audited.git("diff")
    audited("audit", "sandbox", "--fix")
    assert audited.git("diff") == before


def test_what_cannot_be_taken_over_is_told_by_row(audited: World) -> None:
    fill(audited, Note=("=1+1", None, "x", None), Score=("keep", "Ana", None, None), Company=("delete", None, "x"))
    ended = audited("audit", "sandbox", "--decisions", audited.root / "audit.xlsx", status=1)
    assert ended.err.count("DECISION002") == 3
    assert audited.git("diff") == ""


def damaged(path: Path, part: str, data: bytes) -> None:
    """Put other bytes into a part of a workbook."""
    source = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cccc">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("part", "data", "told"),
    [
        (SHEET, BOMB, "DOCTYPE"),
        (SHEET, BOMB.decode().encode("utf-16"), "DOCTYPE"),
        (SHEET, b" " * (300 * 1024 * 1024), "unpacks to more"),
        (SHEET, b"<worksheet", "damaged"),
        ("xl/workbook.xml", b"<workbook/>", ""),
        ("[Content_Types].xml", b"nothing", "damaged"),
    ],
)  # fmt: skip
def test_hostile_workbooks_are_refused(done: World, tmp_path: Path, part: str, data: bytes, told: str) -> None:
    path = Path(shutil.copy(done.root / "audit.xlsx", tmp_path / "hostile.xlsx"))
    damaged(path, part, data)
    with pytest.raises(Stop) as stopped:
        read_decisions(path, "Decisions")
    assert told in stopped.value.diagnostics[0].message
    assert stopped.value.diagnostics[0].code == "DECISION001"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"plain text", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(Stop):
        read_decisions(path, "Decisions")


def test_a_missing_file_and_a_missing_output_are_told(done: World) -> None:
    assert "DECISION001" in done("audit", "sandbox", "--decisions", "none.xlsx", status=None).err
    assert run(["audit", "sandbox", "--format", "xlsx"], done.root).status == 2


def decide(*decisions: Decision, **tree: Any) -> list[str]:
    config = Scene(snapshot({"Field/Lead.Note": {"type": "text"}, **tree}), today=NOW.date())
    return [one.message for one in decided(AuditScene(config, {}), decisions).problems]


def one(**changed: str) -> Decision:
    known = {
        "address": "Field/Lead.Note",
        "verdict": "deprecate",
        "decision": "keep",
        "owner": "Ana",
        "reason": "r",
        "until": "2027-01-01",
    }
    return Decision(**{**known, **changed}, at=Place("a.xlsx", line=2))


def test_faults_of_decisions() -> None:
    assert decide(one()) == ["1 decision to keep has nowhere to stand"]
    assert decide(one(decision="hide")) == []
    assert decide(one(decision="deprecate", until="2025-12-31")) == ["Field/Lead.Note: until 2025-12-31 is over"]
    gone = {"Field/Lead.Note": {"type": "text", "lifecycle": {"status": "deprecated", "remove_after": "2025-12-31"}}}
    assert decide(one(decision="deprecate", until="2025-12-31"), **gone) == []
    for wrong in ({"address": "Field/Lead.None"}, {"address": "=1"}, {"reason": ""}, {"until": "31.12.2027"}, {"until": ""},
                  {"until": "2026-01-01"}, {"owner": ""}, {"decision": "burn"}):  # fmt: skip
        assert len(decide(one(**wrong))) == 1, wrong
    required = {"Field/Lead.Note": {"type": "text", "required": True}}
    assert "cannot be hidden" in decide(one(decision="hide"), **required)[0]
    assert decide(one(decision="deprecate"), **required) == []
    assert "differ" in decide(one(decision="hide"), one(decision="deprecate"))[0]


def test_a_day_that_is_over_lets_nothing_go(audited: World) -> None:
    fill(audited, Score=("deprecate", None, "Unused", "1999-01-01"))
    ended = audited("audit", "sandbox", "--decisions", audited.root / "audit.xlsx", status=1)
    assert "until 1999-01-01 is over" in ended.err
    assert audited.git("diff") == ""


def test_rows_that_differ_over_a_field_are_all_refused() -> None:
    again = one(decision="hide")
    assert [told.count("rows differ") for told in decide(one(decision="deprecate"), again)] == [1, 1]
    assert len(decide(again, again)) == 1


def test_a_column_that_stands_twice_is_refused(done: World, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(done.root / "audit.xlsx")
    head = next(cell for cell in book["Decisions"][1] if cell.value == "owner")
    head.value = "decision"
    book.save(tmp_path / "twice.xlsx")
    with pytest.raises(Stop) as stopped:
        read_decisions(tmp_path / "twice.xlsx", "Decisions")
    assert "several columns decision" in stopped.value.diagnostics[0].message
