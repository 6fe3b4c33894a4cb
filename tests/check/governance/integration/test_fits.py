"""What is shared fits at both ends."""

from typing import Any

from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, both, comes, goes, system

TRANSLATED = {"Hot": "1", "Warm": "2", "Cold": "3"}
CASES = (
    Case(
        code="SHARED006",
        address="Field/Account.Grade",
        failing={**FIELDS, **system("Web", goes("Rating", "rank"), comes("Grade", "rank"))},
        passing={**FIELDS, **system("Web", goes("Grade", "rank"), comes("Rating", "rank"))},
    ),
    Case(
        code="SHARED007",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", comes("Rating", "rank", values={"Hot": "1", "Warm": "1"}))},
        passing={**FIELDS, **system("Web", goes("Rating", "rank", values={"Hot": "1", "Warm": "1"}))},
    ),
    Case(
        code="SHARED008",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", goes("Rating", "rank", values=TRANSLATED))},
        passing={**FIELDS, **system("Web", goes("Rating", "rank", values={**TRANSLATED, "None": "None"}))},
    ),
)


def told(code: str, *mappings: dict[str, Any]) -> list[str]:
    return [one.message for one in found({**FIELDS, **system("Web", *mappings)}) if one.code == code]


def test_values_that_the_other_field_does_not_know_are_named() -> None:
    assert told("SHARED006", goes("Rating", "rank"), comes("Grade", "rank")) == [
        'Account.Rating reaches Account.Grade through rank of Web, which has no value for "Cold" and "None"'
    ]


def test_a_spelling_makes_them_known() -> None:
    spelt = {"Hot": "h", "Warm": "w", "Cold": "Warm", "None": "Warm"}
    assert told("SHARED006", goes("Rating", "rank", values=spelt), comes("Grade", "rank", values={"Hot": "h"})) == [
        'Account.Rating reaches Account.Grade through rank of Web, which has no value for "Warm"'
    ]


def test_dates_are_no_numbers() -> None:
    assert told("SHARED006", goes("Size", "x"), comes("Founded", "x")) == [
        "Account.Size reaches Account.Founded through x of Web, but one is of type integer and the other of type date"
    ]
    assert told("SHARED006", goes("Size", "x"), comes("Name", "x")) == []


def test_a_spelling_may_be_that_of_a_value_not_spelt_otherwise() -> None:
    assert told("SHARED007", both("Rating", "rank", values={"Hot": "Warm"})) == [
        '"Warm" from Web means "Hot" and "Warm" of Account.Rating'
    ]


def test_a_map_of_a_few_exceptions_is_not_taken_for_a_whole_one() -> None:
    assert told("SHARED008", goes("Rating", "rank", values={"Hot": "1"})) == []
    assert told("SHARED008", goes("Rating", "rank", values={"Hot": "hot", "Warm": "warm", "Cold": "COLD"})) == []
