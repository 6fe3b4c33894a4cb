"""Routes resolved to lines and columns, late, from the file itself."""

from pathlib import Path

import pytest

from crmgov.load.tree import load_tree
from crmgov.model.diagnostics import Place, Where
from crmgov.model.references import references

TEXT = """\
# A comment
kind: Object
name: Lead
fields:
  Region: {type: picklist, values: [EMEA, {name: APAC, label: Asia}]}
  Tier:
    type: text
    label:
    tags:
      - a
      - b
record_types:
  Sales:
    picklists: {Region: [EMEA, APAC]}
---
kind: Validation
name: v
object: Lead
reject_when:
  all:
    - field: Region
      op: blank
    - field: Tier
      op: blank
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/lead.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("document", "route", "on_key", "found"),
    [
        (0, (), False, (2, 1, "")),
        (0, ("name",), False, (3, 7, "Lead")),
        (0, ("name",), True, (3, 1, "name")),
        (0, ("fields", "Region", "type"), False, (5, 18, "picklist")),
        (0, ("fields", "Region", "values", "EMEA"), False, (5, 37, "EMEA")),
        (0, ("fields", "Region", "values", "APAC"), False, (5, 50, "APAC")),
        (0, ("fields", "Region", "values", "APAC", "label"), False, (5, 63, "Asia")),
        (0, ("fields", "Region", "values", "APAC", "label"), True, (5, 56, "label")),
        (0, ("fields", "Region", "values", "EMEA", "label"), False, (5, 37, "EMEA")),
        (0, ("fields", "Tier"), False, (6, 3, "Tier")),
        (0, ("fields", "Tier", "label"), False, (8, 5, "label")),
        (0, ("fields", "Tier", "tags", "b"), False, (11, 9, "b")),
        (0, ("fields", "Tier", "help", "below"), False, (6, 3, "Tier")),
        (0, ("fields", "Other"), False, (4, 1, "fields")),
        (0, ("record_types", "Sales", "picklists", "Region", "values", "APAC"), False, (14, 32, "APAC")),
        (1, (), False, (16, 1, "")),
        (1, ("reject_when", "all", "1", "field"), False, (23, 14, "Tier")),
        (7, ("name",), False, (1, 1, "")),
    ],
)
def test_routes(root: Path, document: int, route: tuple[str, ...], on_key: bool, found: tuple[int, int, str]) -> None:
    loaded = load_tree(root, cache=False)
    place = loaded.locate(Where("config/lead.yaml", document, route, on_key))
    line = loaded.excerpt(place) or ""
    word = line[place.column - 1 : place.end_column - 1] if place.end_line == place.line else ""
    assert (place.line, place.column, word) == found


def test_every_reference_stands_where_its_name_is_written(root: Path) -> None:
    loaded = load_tree(root, cache=False)
    seen = 0
    for address in loaded.snapshot:
        kind, top = address.partition("/")[0], loaded.snapshot.places[address]
        for reference in references(kind, loaded.snapshot.body(address), "Lead"):
            route = (*top.route, *reference.route)
            place = loaded.locate(Where(top.file, top.document, route, reference.is_key))
            line = loaded.excerpt(place) or ""
            assert line[place.column - 1 :].startswith(reference.name)
            seen += 1
    assert seen == 3


def test_a_file_changed_meanwhile_has_no_lines(root: Path) -> None:
    loaded = load_tree(root, cache=False)
    (root / "config/lead.yaml").write_text("kind: Role\nname: x\n", encoding="utf-8")
    where = Where("config/lead.yaml", 0, ("name",))
    assert loaded.locate(where) == Place("config/lead.yaml")
    assert loaded.excerpt(Place("config/lead.yaml", 1, 1)) is None


def test_no_line_is_read_of_a_file_that_was_not_loaded(root: Path) -> None:
    (root / "secret.txt").write_text("secret", encoding="utf-8")
    loaded = load_tree(root, cache=False)
    assert loaded.excerpt(Place("secret.txt", 1, 1)) is None
    assert loaded.excerpt(Place("../secret.txt", 1, 1)) is None
    assert loaded.locate(Where("secret.txt", 0, ("a",))) == Place("secret.txt")


def test_passwords_in_urls_are_covered(tmp_path: Path) -> None:
    (tmp_path / "environments").mkdir()
    text = "kind: Environment\nname: p\nprovider: sql\nconnection: {url: 'postgresql://ana:hunter2@host/db'}\n"
    (tmp_path / "environments/p.yaml").write_text(text, encoding="utf-8")
    line = load_tree(tmp_path, cache=False).excerpt(Place("environments/p.yaml", 4, 1))
    assert line == "connection: {url: 'postgresql://ana:*******@host/db'}"
