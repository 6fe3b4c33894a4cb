"""Values of lists: other spellings, values nobody listed, retired ones, and those nobody chooses."""

from pathlib import Path

import pytest

from crmgov.audit.quality.countries import country, names_countries
from crmgov.audit.quality.spelling import Spellings
from tests.audit.quality.situation import Engine, found, rows, text, told

COUNTRY = {
    "Picklist/Land": {"values": [
        {"name": "United States", "aliases": ["Yankeeland"]}, {"name": "Germany"}, {"name": "Norway"},
        {"name": "United Kingdom"}, {"name": "Sweden"}, {"name": "Austria"},
    ]},
    "Field/Lead.Country": {"type": "picklist", "picklist": "Land", "label": "Country"},
}  # fmt: skip
SOURCE = {
    "Picklist/Source": {"values": ["Web", "Fair", {"name": "List", "active": False, "replaced_by": "Fair"}, "Radio"]},
    "Field/Lead.Source": {"type": "picklist", "picklist": "Source"},
}


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_spellings_are_told_by_the_value_they_mean(engine: Engine, tmp_path: Path) -> None:
    lead = rows(
        (30, {"Country": "United States"}), (4, {"Country": "U.S."}), (3, {"Country": "united states"}),
        (2, {"Country": "USA"}), (5, {"Country": "Yankeeland"}), (6, {"Country": "Österreich"}),
        (7, {"Country": "Germny"}), (8, {"Country": "Secretland"}),
    )  # fmt: skip
    findings = found(COUNTRY, {"Lead": lead}, tmp_path, engine=engine)
    [(_, aliases)] = told(findings, "VALUES002")
    assert "5 of 65" in aliases
    assert "United States 5" in aliases
    [(_, spelt)] = told(findings, "VALUES003")
    assert "15 of 65" in spelt
    assert "United States 9, Austria 6" in spelt
    [(address, strange)] = told(findings, "VALUES001")
    assert address == "Field/Lead.Country"
    assert "2 values that are not listed, on 15 of 65" in strange
    assert '7 read nearly like \\"Germany\\"' in text(findings)
    assert "Secretland" not in text(findings)
    assert "Germny" not in text(findings)


def test_listed_values_alone_are_left_alone(tmp_path: Path) -> None:
    lead = rows(*((10, {"Country": name}) for name in ("United States", "Germany", "Norway", "United Kingdom")))
    findings = found(COUNTRY, {"Lead": lead}, tmp_path)
    assert [one for one in findings if one.code.startswith("VALUES")] == []


def test_what_is_cut_off_is_said_to_be_the_least(tmp_path: Path) -> None:
    lead = rows(*((1, {"Source": f"value {number}"}) for number in range(40)))
    [(_, message)] = told(found(SOURCE, {"Lead": lead}, tmp_path, few=5), "VALUES001")
    assert "at least 9 values" in message


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_retired_values_that_records_hold(engine: Engine, tmp_path: Path) -> None:
    old = [{"Source": "List", "CreatedDate": "2024-01-05"}] * 12 + [{"Source": "Web", "CreatedDate": "2026-11-01"}] * 30
    [finding] = [one for one in found(SOURCE, {"Lead": old}, tmp_path, engine=engine) if one.code == "VALUES004"]
    assert "12 records hold List, which is no longer offered; it is replaced by Fair" in finding.message
    assert "of the last" not in finding.message
    assert finding.severity == "warning"
    assert finding.evidence == ("12 of 42 records with a value",)


def test_retired_values_that_new_records_hold_or_that_have_no_successor(tmp_path: Path) -> None:
    tree = {"Field/Lead.Source": {"type": "picklist", "values": ["Web", {"name": "List", "active": False}]}}
    new = [{"Source": "List", "CreatedDate": "2026-11-05"}] * 3 + [{"Source": "Web", "CreatedDate": "2026-11-01"}] * 30
    (tmp_path / "new").mkdir()
    [finding] = [one for one in found(tree, {"Lead": new}, tmp_path / "new") if one.code == "VALUES004"]
    assert "3 of them are of the last 90 days" in finding.message
    assert finding.severity == "warning"
    [finding] = [one for one in found(tree, {"Lead": [{"Source": "List"}]}, tmp_path) if one.code == "VALUES004"]
    assert finding.severity == "note"


def test_values_no_record_holds(tmp_path: Path) -> None:
    lead = rows((20, {"Source": "Web"}), (20, {"Source": "Fair"}))
    [(address, message)] = told(found(SOURCE, {"Lead": lead}, tmp_path), "VALUES005")
    assert address == "Picklist/Source"
    assert "no record holds Radio (40 values counted in Lead.Source)" in message
    assert "List" not in message


@pytest.mark.parametrize(
    "more",
    [
        {"Field/Deal.Source": {"type": "picklist", "picklist": "Source"}},  # chooses from it too, and was not counted
        {"Field/Lead.Origin": {"type": "picklist", "picklist": "Source"}},  # holds the value
    ],
)
def test_a_value_is_unused_only_where_all_fields_were_counted(more: dict[str, dict[str, str]], tmp_path: Path) -> None:
    lead = rows((20, {"Source": "Web", "Origin": "Radio"}), (20, {"Source": "Fair", "Origin": "Radio"}))
    if "Field/Lead.Origin" not in more:
        lead = [{"Source": row["Source"]} for row in lead]
    assert told(found(SOURCE | more, {"Lead": lead}, tmp_path), "VALUES005") == []


def test_too_few_records_say_nothing_of_unused_values(tmp_path: Path) -> None:
    assert told(found(SOURCE, {"Lead": rows((19, {"Source": "Web"}))}, tmp_path), "VALUES005") == []


@pytest.mark.parametrize(("fresh", "expected"), [("Fair", 1), ("Web", 0)])
def test_values_that_recent_records_no_longer_hold(fresh: str, expected: int, tmp_path: Path) -> None:
    lead = [{"Source": "Web", "CreatedDate": "2024-03-01"}] * 50 + [
        {"Source": "Fair", "CreatedDate": "2024-03-01"}
    ] * 10
    lead += [{"Source": fresh, "CreatedDate": "2026-11-02"}] * 30 + [
        {"Source": "Fair", "CreatedDate": "2026-11-02"}
    ] * 9
    findings = told(found(SOURCE, {"Lead": lead}, tmp_path), "VALUES006")
    assert len(findings) == expected
    if findings:
        assert findings[0][1] == "Lead.Source: 50 records hold Web, and none of the last 90 days"


LANDS = {"Field/Lead.Country": {"type": "picklist", "values": ["Germany", "France", "Spain", "Italy", "Other"]}}


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_what_is_no_country_means_no_value_of_a_list_of_countries(engine: Engine, tmp_path: Path) -> None:
    lead = rows((40, {"Country": "Germany"}), (5, {"Country": "Allemagne"}), (30, {"Country": "Deutschland"}))
    findings = found(LANDS, {"Lead": lead}, tmp_path, engine=engine)
    assert told(findings, "VALUES001") == [
        ("Field/Lead.Country", "Lead.Country: 1 value that is not listed, on 5 of 75 records with a value")
    ]
    assert "(Germany 30)" in told(findings, "VALUES003")[0][1]


def test_values_beyond_those_that_were_counted_are_not_called_gone(tmp_path: Path) -> None:
    old = [{"Source": name, "CreatedDate": "2024-03-01"} for name in ["Web"] * 50 + ["Fair"] * 10]
    new = [{"Source": f"own words {n % 15}", "CreatedDate": "2026-11-02"} for n in range(45)]
    new += [{"Source": "Web", "CreatedDate": "2026-11-02"}] * 2
    assert told(found(SOURCE, {"Lead": old + new}, tmp_path, few=5), "VALUES006") == []


def test_a_spelling_that_two_values_claim_means_neither() -> None:
    spellings = Spellings({"A-B": {"name": "A-B"}, "AB": {"name": "AB"}, "Size 1": {"name": "Size 1"}})
    assert spellings.means("a b") is None
    assert spellings.means("size-1") is None or spellings.means("size-1") == ("Size 1", "spelling")
    assert spellings.near("Size 2") is None
    assert spellings.means("") is None


def test_a_long_list_that_is_none_of_countries_is_known_early() -> None:
    country.cache_clear()
    assert not names_countries([f"Value {number}" for number in range(1000)])
    assert country.cache_info().misses < 400
    assert names_countries([*("Germany", "France", "Norway", "Chile", "Kenya", "Japan", "Peru"), "x1", "x2", "x3"])
    assert not names_countries([*("Germany", "France", "Norway", "Chile", "Kenya", "Japan"), "x1", "x2", "x3", "x4"])
