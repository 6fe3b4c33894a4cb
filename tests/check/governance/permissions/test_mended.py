"""``validate --fix`` makes what arrives invisible visible, keeps comments, and has nothing to do a second time."""

from pathlib import Path

import pytest

from tests.running import crmgov

OBJECT = """\
kind: Object
name: Lead
label: Lead
sharing: private
fields:
  Region: {type: text, length: 40, label: Region}
  Source: {type: text, length: 40, label: Source}
  Tier: {type: text, length: 40, label: Tier}
  Score: {type: formula, returns: integer, formula: "1", label: Score}
"""
GRANTS = """\
# What sales people do.
kind: PermissionSet
name: Sales
objects:
  Lead: {read: true, create: true, update: true}
fields:
  Lead:
    fields: {Region: edit, Source: read}   # one by one
---
kind: PermissionSet
name: Sync
tags: [integration]
objects:
  Lead: {read: true}
fields:
  Lead:
    fields: {Region: read, Source: read, Name: read}
"""
LAYOUT = """\
kind: Layout
name: Lead
object: Lead
sections:
  - name: Details
    columns: 2
    fields:
      # where they are
      - {name: Region, behavior: edit, column: 1}
      - {name: Source, behavior: readonly, column: 2}   # set by marketing
"""


def _write(root: Path, **texts: str) -> None:
    (root / "config").mkdir()
    for name, text in texts.items():
        (root / "config" / f"{name}.yaml").write_text(text)


def test_a_grant_and_a_row_are_added_once(tmp_path: Path) -> None:
    _write(tmp_path, lead=OBJECT, sales=GRANTS, layout=LAYOUT)
    before = crmgov("validate", "--format", "concise", cwd=tmp_path).stdout
    assert before.count("REACH001") == 2 + 1  # two findings and the line that counts them
    crmgov("validate", "--fix", cwd=tmp_path)
    (line,) = [one for one in (tmp_path / "config/sales.yaml").read_text().splitlines() if "one by one" in one]
    assert "Tier: edit" in line
    assert "Score: read" in line
    added = "      - {name: Tier, behavior: edit, column: 2}\n      - {name: Score, behavior: readonly, column: 2}\n"
    layout = (tmp_path / "config/layout.yaml").read_text()
    assert sorted(layout.splitlines()) == sorted((LAYOUT + added).splitlines())
    assert layout.startswith(LAYOUT)
    after = crmgov("validate", "--fix", "--format", "concise", cwd=tmp_path)
    assert "REACH00" not in after.stdout
    assert (tmp_path / "config/layout.yaml").read_text() == layout


def test_a_row_alone_is_added_where_the_grant_is_there(tmp_path: Path) -> None:
    _write(tmp_path, lead=OBJECT.replace("  Score", "  # Score"), sales=GRANTS.replace("Source: read}   #", "Source: read, Tier: read}   #"), layout=LAYOUT)  # fmt: skip
    assert "REACH002" in crmgov("validate", "--format", "concise", cwd=tmp_path).stdout
    crmgov("validate", "--fix", cwd=tmp_path)
    layout = LAYOUT + "      - {name: Tier, behavior: edit, column: 2}\n"
    assert (tmp_path / "config/layout.yaml").read_text() == layout
    assert "REACH00" not in crmgov("validate", "--format", "concise", cwd=tmp_path).stdout


@pytest.mark.parametrize("sensitivity", ["confidential", "restricted"])
def test_what_is_guarded_is_opened_by_nobody_but_a_person(tmp_path: Path, sensitivity: str) -> None:
    guarded = OBJECT.replace("label: Tier}", f"label: Tier, sensitivity: {sensitivity}}}").replace(
        "  Score", "  # Score"
    )
    _write(tmp_path, lead=guarded, sales=GRANTS, layout=LAYOUT)
    crmgov("validate", "--fix", cwd=tmp_path)
    assert (tmp_path / "config/sales.yaml").read_text() == GRANTS
    assert (tmp_path / "config/layout.yaml").read_text() == LAYOUT


def test_people_who_hardly_work_with_an_object_or_are_not_of_the_company_are_given_nothing(tmp_path: Path) -> None:
    more = OBJECT + "".join(f"  More{n}: {{type: text, length: 9, label: More{n}}}\n" for n in range(3))
    guests = GRANTS.replace("name: Sync\ntags: [integration]", "name: PortalGuests")
    guests = guests.replace("Source: read, Name: read", "Source: read, More0: read, More1: read, More2: read")
    _write(tmp_path, lead=more, sales=guests, layout=LAYOUT)
    crmgov("validate", "--fix", cwd=tmp_path)
    assert (tmp_path / "config/sales.yaml").read_text() == guests
