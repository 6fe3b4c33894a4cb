"""Records made twice, and keys that do not tell records apart."""

from pathlib import Path

import pytest

from crmgov.audit.quality import matching
from tests.audit.quality.situation import Engine, Row, found, text, told

PEOPLE = {
    "Object/Person": {"label": "Person", "matching": {
        "Same mail": {"fields": {"Email": "email"}},
        "Same name": {"fields": {"LastName": "last_name", "City": "exact"}},
        "Asleep": {"fields": {"City": "exact"}, "active": False},
    }},
    "Field/Person.Email": {"type": "email"},
    "Field/Person.LastName": {"type": "text"},
    "Field/Person.City": {"type": "text"},
}  # fmt: skip


def people(number: int) -> list[Row]:
    return [{"Email": f"p{n}@acme.example", "LastName": f"Person{n:04}", "City": f"City {n}"} for n in range(number)]


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_records_that_are_the_same_by_a_rule(engine: Engine, tmp_path: Path) -> None:
    more = [
        {"Email": "ann@acme.example", "LastName": "Johannsson", "City": "Oslo"},
        {"Email": "ANN@acme.example ", "LastName": "Johansson", "City": "Oslo"},
        {"Email": "ann@acme.example", "LastName": "Bell", "City": "Oslo"},
        {"Email": "n/a", "LastName": "Blank", "City": "Rome"},
        {"Email": "n/a", "LastName": "Empty", "City": "Rome"},
    ]
    findings = found(PEOPLE, {"Person": [*people(30), *more]}, tmp_path, engine=engine)
    assert told(findings, "DUPES001") == [
        ("Object/Person", "Person: 3 of 35 records are the same as another by the rule Same mail")
    ]
    assert told(findings, "DUPES002") == [
        ("Object/Person", "Person: 1 pair of values is nearly the same by the rule Same name")
    ]
    assert told(findings, "DUPES003") == []
    assert "ann@" not in text(findings).lower()
    assert "Johan" not in text(findings)


def test_different_records_are_left_alone(tmp_path: Path) -> None:
    findings = found(PEOPLE, {"Person": people(60)}, tmp_path)
    assert [one for one in findings if one.code.startswith("DUPES")] == []


def test_what_is_too_much_to_compare_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("crmgov.audit.rules.duplicates.MOST", 20)
    [(_, message)] = told(found(PEOPLE, {"Person": people(30)}, tmp_path), "DUPES002")
    assert message == "Person: records nearly the same by the rule Same name were not looked for"


def test_a_block_that_is_too_large_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(matching, "_BLOCK", 10)
    tree = {
        "Object/Firm": {"label": "Firm", "matching": {"Same": {"fields": {"Name": "fuzzy"}}}},
        "Field/Firm.Name": {"type": "text"},
    }
    firms = [{"Name": f"The firm of {chr(97 + n)}{chr(110 + n % 9)}orge"} for n in range(20)]
    [finding] = [one for one in found(tree, {"Firm": firms}, tmp_path) if one.code == "DUPES002"]
    assert finding.message == "Firm: not all records nearly the same by the rule Same were looked for"
    assert finding.evidence == ("20 values that begin alike were not compared",)


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_one_address_on_several_people(engine: Engine, tmp_path: Path) -> None:
    tree = {"Field/Person.Email": {"type": "email"}, "Field/Person.LastName": {"type": "text"}}
    held = [*people(20), {"Email": "P3@acme.example", "LastName": "Other", "City": "x"}]
    findings = told(found(tree, {"Person": held}, tmp_path, engine=engine), "DUPES003")
    assert findings == [("Field/Person.Email", "Person.Email: 2 records share 1 address")]


def test_requests_of_one_person_may_share_an_address(tmp_path: Path) -> None:
    tree = {"Field/Ticket.Email": {"type": "email"}}
    assert told(found(tree, {"Ticket": [{"Email": "a@b.example"}] * 30}, tmp_path), "DUPES003") == []


KEYED = {
    "Field/Firm.Number": {"type": "text", "unique": True},
    "Field/Firm.ErpId": {"type": "text", "external_id": True},
    "Integration/Erp": {"system": "SAP", "mappings": [
        {"name": "Key", "ours": "Firm.ErpId", "theirs": "id", "direction": "in"},
    ]},
}  # fmt: skip


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_keys_that_are_shared_or_lacking(engine: Engine, tmp_path: Path) -> None:
    firms: list[Row] = [{"Number": f"N{n}", "ErpId": f"E{n}"} for n in range(30)]
    firms += [{"Number": "N1", "ErpId": "E2"}, {"Number": None, "ErpId": None}]
    findings = found(KEYED, {"Firm": firms}, tmp_path, engine=engine)
    shared = sorted((one.address, one.severity) for one in findings if one.code == "KEYS001")
    assert shared == [("Field/Firm.ErpId", "warning"), ("Field/Firm.Number", "error")]
    assert told(findings, "KEYS002") == [
        ("Field/Firm.ErpId", "Firm.ErpId: 1 of 32 records have none, and SAP cannot find them by it")
    ]


def test_keys_that_tell_records_apart(tmp_path: Path) -> None:
    firms = [{"Number": f"N{n}", "ErpId": f"E{n}"} for n in range(30)]
    assert [one for one in found(KEYED, {"Firm": firms}, tmp_path) if one.code.startswith("KEYS")] == []
