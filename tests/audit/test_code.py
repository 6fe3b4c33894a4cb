"""Fields named by program text."""

from pathlib import Path

from crmgov.audit.code import CodeUse, program
from crmgov.cli import program_text
from crmgov.cli.program_text import Texts

FIELDS = ("Field/Lead.Score__c", "Field/Lead.Region", "Field/Account.Region", "Field/Lead.Quiet__c")


def uses(path: str, text: str) -> dict[str, CodeUse]:
    return dict(program([(path, text)], FIELDS).uses)


def test_a_custom_name_counts_anywhere_and_in_any_case() -> None:
    assert uses("a.cls", "x.score__C = 1; y = z.Quiet__r.Name;").keys() == {FIELDS[0], FIELDS[3]}
    assert uses("a.cls", "MyScore__c, Score__cx, Score") == {}


def test_a_plain_name_counts_beside_its_object() -> None:
    assert uses("a.py", "lead.region").keys() == {FIELDS[1]}
    assert uses("a.py", "region = 1") == {}
    assert uses("a.soql", "SELECT Id, Region FROM Account").keys() == {FIELDS[2]}


def test_a_field_counts_by_the_name_the_crm_has_for_it_too() -> None:
    called = {"Field/Lead.Region": "Field/Lead.Territory__c"}
    found = dict(program([("a.cls", "x.Territory__c = 1;")], FIELDS, called).uses)
    assert found == {"Field/Lead.Region": CodeUse(("a.cls",), ())}
    assert "Field/Lead.Region" in program([("a.py", "lead.region")], FIELDS, called).uses


def test_comments_count_but_are_told_apart() -> None:
    assert uses("a.cls", "// Score__c\n/* Quiet__c */ int a = b;") == {
        FIELDS[0]: CodeUse((), ("a.cls",)),
        FIELDS[3]: CodeUse((), ("a.cls",)),
    }
    assert uses("a.cls", "String s = 'http://x'; s = 'Score__c';")[FIELDS[0]].files == ("a.cls",)
    assert uses("a.cls", "/* Score__c never closed").keys() == {FIELDS[0]}


def test_names_put_together_at_run_time_are_told() -> None:
    assert program([("a.cls", "record.put(name, 1);")], FIELDS).dynamic == ("a.cls",)
    assert program([("a.cls", "Database.query(text)")], FIELDS).dynamic == ("a.cls",)
    assert program([("a.cls", "Integer a = list.size();")], FIELDS).dynamic == ()


def test_files_are_read_within_bounds(tmp_path: Path, monkeypatch: object) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.cls").write_text("Score__c")
    (tmp_path / "in" / "binary").write_bytes(b"\0Score__c")
    (tmp_path / "in" / "large.js").write_bytes(b"x" * (program_text.MOST_BYTES + 1))
    (tmp_path / "in" / "node_modules").mkdir()
    (tmp_path / "in" / "node_modules" / "b.js").write_text("Score__c")
    (tmp_path / "in" / "round").symlink_to(tmp_path)
    (tmp_path / "in" / "latin.cls").write_bytes("é Quiet__c".encode("latin-1"))
    texts = Texts((tmp_path / "in",))
    assert [path for path, _ in texts] == ["a.cls", "latin.cls"]
    assert texts.passed == 2
