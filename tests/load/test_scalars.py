"""Plain scalars: one spelling per number, YAML 1.2's own words, and everything else text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.load.events import Doubtful, parse
from crmgov.load.scalars import NumberError, plain, suggestion

GRAMMAR = re.compile(r"0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9]")
NUMBERLIKE = st.text(st.sampled_from("0123456789.+-eExo_af"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("-7", -7), ("12", 12), ("1.5", 1.5), ("-0.25", -0.25), ("9223372036854775807", 2**63 - 1),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("1_000", "1_000"), ("2024-01-31", "2024-01-31"),
        ("12:30:45", "12:30:45"), ("1.2.3", "1.2.3"), ("0b11", "0b11"), ("tRue", "tRue"), ("-", "-"), ("٣", "٣"),
    ],
)  # fmt: skip
def test_values(text: str, value: object) -> None:
    assert plain(text) == value
    assert type(plain(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    ["1.0", "0o17", ".inf", "-.INF", ".nan", "012", "+1", "0x1F", "1e3", ".5", "1.10", "-0", "1.", "00", "1E5",
     "9223372036854775808", "0.1234567890123456789", "9" * 5000, "1." + "3" * 5000],
)  # fmt: skip
def test_numbers_in_another_spelling_are_told(text: str) -> None:
    with pytest.raises(NumberError):
        plain(text)


@given(NUMBERLIKE)
def test_a_number_is_what_the_grammar_says(text: str) -> None:
    try:
        value = plain(text)
    except NumberError:
        assert GRAMMAR.fullmatch(text) is None or len(text) > 15
        return
    assert isinstance(value, str) == (GRAMMAR.fullmatch(text) is None)
    if not isinstance(value, str):
        assert float(value) == float(text)


@given(NUMBERLIKE)
def test_a_suggested_number_is_the_same_number_in_our_spelling(text: str) -> None:
    suggested = suggestion(text)
    if suggested:
        assert GRAMMAR.fullmatch(suggested)
        plain(suggested)


def test_quoted_and_block_text_is_never_a_number() -> None:
    parsed = parse("a.yaml", b"a: '012'\nb: \"1.0\"\nc: |\n  1e3\nd: 1e3\n")
    value = parsed.documents[0][1]
    assert value == {"a": "012", "b": "1.0", "c": "1e3\n", "d": "1e3"}
    assert isinstance(value["d"], Doubtful)
    assert [problem.code for problem in parsed.problems] == ["YAML008"]
