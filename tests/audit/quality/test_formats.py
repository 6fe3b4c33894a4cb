"""E-mail addresses, telephone numbers, countries, postal codes, links and dates in the form they should have."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.audit.quality.countries import country
from crmgov.audit.rules import phones
from crmgov.audit.rules.emails import ADDRESS
from tests.audit.quality.situation import Engine, Row, found, rows, text, told

GOOD_MAIL = [{"Email": f"ann.o'neil+{number}@sub.acme-{number}.example"} for number in range(30)]
ENGINES = ["csv", "sqlite"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("type_", ["email", "text"])
def test_addresses_that_are_none_or_reach_nobody(engine: Engine, type_: str, tmp_path: Path) -> None:
    bad = [
        "ann@acme",
        "ann.acme.example",
        "a@b@c.example",
        "ann @acme.example",
        "ann@acme..example",
        "ann@acme.example;bob@acme.example",
    ]
    nobody = ["noreply@acme.example", "test@test.com", "ann@gmial.com", "NONE@none.org"]
    lead = [*GOOD_MAIL, *({"Email": one} for one in (*bad, *nobody)), {"Email": "n/a"}, {"Email": None}]
    findings = found({"Field/Lead.Email": {"type": type_}}, {"Lead": lead}, tmp_path, engine=engine)
    assert told(findings, "FORMAT001") == [("Field/Lead.Email", "Lead.Email: 6 of 40 are no e-mail address")]
    assert told(findings, "FORMAT002") == [
        ("Field/Lead.Email", "Lead.Email: 4 of 40 are made up or misspelt, and reach nobody")
    ]
    assert "gmial" not in text(findings)


def test_good_addresses_are_left_alone(tmp_path: Path) -> None:
    lead = [*GOOD_MAIL, {"Email": "  jörg@bücher.example "}, {"Email": "tester@contest.example"}]
    findings = found({"Field/Lead.Email": {"type": "email"}}, {"Lead": lead}, tmp_path)
    assert [one for one in findings if one.code.startswith("FORMAT")] == []


@given(st.emails())
def test_what_the_standard_allows_without_quotes_is_an_address(address: str) -> None:
    if ".." not in address:
        assert re.search(ADDRESS, address)


PHONE = {"Field/Lead.Phone": {"type": "phone"}}


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_in_several_forms(engine: Engine, tmp_path: Path) -> None:
    numbers = [f"+4722334{n:03}" for n in range(20)] + [f"+47 22 33 5{n:03}" for n in range(10)]
    numbers += [f"22 33 6{n:03}" for n in range(8)] + ["ring Ann", "+47 22 33", "0047 22 33 44 55"]
    findings = found(PHONE, {"Lead": [{"Phone": one} for one in numbers]}, tmp_path, engine=engine)
    [finding] = [one for one in findings if one.code == "FORMAT003"]
    assert finding.severity == "warning"
    assert "20 of 41 numbers are written as +15551234567, the rest in 3 other forms" in finding.message
    [finding] = [one for one in findings if one.code == "FORMAT004"]
    assert "2 of 41 numbers cannot be dialled" in finding.message
    assert "8 without country code were not judged" in finding.evidence
    assert "Ann" not in text(findings)


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        ([f"+4722334{n:03}" for n in range(40)], []),
        ([f"+47 22 33 4{n:03}" for n in range(40)], ["FORMAT003 note"]),
        ([f"+4722334{n:03}99" for n in range(40)], ["FORMAT004 warning"]),
        (["-", "n/a", *(f"+4722334{n:03}" for n in range(40))], []),
        ([f"+47 22 33 4{n:03} ext. {n}" for n in range(40)], ["FORMAT003 note"]),
        ([f"+47\u00a022\u201333\u20134{n:03}" for n in range(40)], ["FORMAT003 note"]),
        ([f"022 33 4{n:03} x{n}" for n in range(40)], ["FORMAT003 warning"]),
    ],
)
def test_numbers_in_one_form(numbers: list[str], codes: list[str], tmp_path: Path) -> None:
    findings = found(PHONE, {"Lead": [{"Phone": one} for one in numbers]}, tmp_path)
    assert [f"{one.code} {one.severity}" for one in findings if one.code.startswith("FORMAT")] == codes


def test_a_sample_is_said_to_be_one_and_is_a_note(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(phones, "_MOST", 50)
    lead = [{"Phone": f"+4722{number:06}"} for number in range(1000)] + [{"Phone": f"+4722{n:04}"} for n in range(1000)]
    [finding] = [one for one in found(PHONE, {"Lead": lead}, tmp_path) if one.code == "FORMAT004"]
    assert "about 50% of 2,000 numbers cannot be dialled" in finding.message
    assert finding.severity == "note"
    assert finding.evidence[0].startswith("an estimate: ")


@pytest.mark.parametrize("engine", ENGINES)
def test_countries_in_several_spellings(engine: Engine, tmp_path: Path) -> None:
    tree = {"Field/Lead.BillingCountry": {"type": "text"}}
    spelt = (("United States", 20), ("USA", 5), ("U.S.", 3), ("Germany", 9), ("DE", 4), ("Norway", 5), ("Narnia", 2))
    lead = rows(*((count, {"BillingCountry": value}) for value, count in spelt))
    findings = found(tree, {"Lead": lead}, tmp_path, engine=engine)
    [(_, message)] = told(findings, "FORMAT005")
    assert "2 of 3 countries stand in several spellings; 12 of 48 records" in message
    assert "2 records name no country" in text(findings)
    assert "Narnia" not in text(findings)


def test_one_spelling_each_is_left_alone(tmp_path: Path) -> None:
    lead = rows((20, {"BillingCountry": "USA"}), (20, {"BillingCountry": "Germany"}))
    assert told(found({"Field/Lead.BillingCountry": {"type": "text"}}, {"Lead": lead}, tmp_path), "FORMAT005") == []


ADDRESSES = {
    "Field/Lead.Country": {"type": "picklist", "values": ["Norway", "United Kingdom", "Chad"]},
    "Field/Lead.PostalCode": {"type": "text"},
}


@pytest.mark.parametrize("engine", ENGINES)
def test_postal_codes_by_country(engine: Engine, tmp_path: Path) -> None:
    lead = rows(
        (20, {"Country": "Norway", "PostalCode": "0150"}), (5, {"Country": "Norway", "PostalCode": "SW1A 1AA"}),
        (9, {"Country": "United Kingdom", "PostalCode": "sw1a 1aa"}), (9, {"Country": "Chad", "PostalCode": "who knows"}),
    )  # fmt: skip
    [(address, message)] = told(found(ADDRESSES, {"Lead": lead}, tmp_path, engine=engine), "FORMAT006")
    assert address == "Field/Lead.PostalCode"
    assert message == "Lead.PostalCode: 5 of 34 are no postal code of the country in Country"


def test_postal_codes_that_fit(tmp_path: Path) -> None:
    lead = rows(
        (20, {"Country": "Norway", "PostalCode": " N-0150"}),
        (20, {"Country": "United Kingdom", "PostalCode": "M1 1AE"}),
    )
    assert told(found(ADDRESSES, {"Lead": lead}, tmp_path), "FORMAT006") == []


@pytest.mark.parametrize("engine", ENGINES)
def test_links(engine: Engine, tmp_path: Path) -> None:
    good = [
        "https://www.acme.example/a?b#c",
        "acme.example",
        "http://acme.example:8080/",
        "http://bücher.example",
        "http://10.0.0.7/x",
    ]
    lead: list[Row] = [{"Website": one} for one in good for _ in range(10)]
    lead += [{"Website": "see mail"}, {"Website": "www"}, {"Website": "http:/acme.example"}]
    findings = told(
        found({"Field/Lead.Website": {"type": "url"}}, {"Lead": lead}, tmp_path, engine=engine), "FORMAT007"
    )
    assert findings == [("Field/Lead.Website", "Lead.Website: 3 of 53 are no web address")]


@pytest.mark.parametrize("engine", ENGINES)
def test_dates_kept_as_text(engine: Engine, tmp_path: Path) -> None:
    tree = {"Field/Lead.Since": {"type": "text"}, "Field/Lead.Version": {"type": "text"}}
    days = (
        [f"2024-0{n % 9 + 1}-11" for n in range(20)]
        + [f"{n % 28 + 1}.3.2024" for n in range(10)]
        + ["Jan 5, 2024", "5 May 2024"]
    )
    lead = [{"Since": day, "Version": f"1.{place}.2"} for place, day in enumerate(days)]
    findings = found(tree, {"Lead": lead}, tmp_path, engine=engine)
    [(address, message)] = told(findings, "FORMAT008")
    assert address == "Field/Lead.Since"
    assert "is text, and 32 of 32 values are dates in 3 forms" in message


@given(st.text(max_size=80))
def test_any_text_may_be_asked_for_its_country(value: str) -> None:
    assert len(country(value)) in (0, 2)
