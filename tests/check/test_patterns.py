"""Patterns from files find what they say, in time that none can blow up, or are refused with a reason."""

import pytest

from crmgov.check.patterns import Pattern, PatternError


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^[A-Z][A-Za-z0-9]*$", "Region", True),
        ("^[A-Z][A-Za-z0-9]*$", "region", False),
        ("gio", "Region", True),
        ("^202[5-9]-", "2026-02-01", True),
        ("(?i)^region$", "REGION", True),
        ("^(a|b)+$", "ab", True),
        (r"^\d{4}$", "2026", True),
        (r"^\p{Lu}", "Übersicht", True),
        ("", "anything", True),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str, found: bool) -> None:
    assert Pattern(pattern).found_in(text) is found


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "^(.*a){25}$", "(x+x+)+y", r"([a-zA-Z]+)*\s$"])
def test_a_pattern_that_would_hang_elsewhere_answers(pattern: str) -> None:
    assert Pattern(pattern).found_in("a" * 20_000 + "!") in (True, False)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("[", "is no regular expression"),
        ("(?=a)b", "looks ahead or behind"),
        ("(?<!a)b", "looks ahead or behind"),
        (r"(a)\1", "is no regular expression"),
        ("((a{100}){100}){100}", "too large"),
        ("a" * 1001, "longer than 1,000 characters"),
    ],
)
def test_what_is_not_offered_is_refused_with_a_reason(pattern: str, why: str) -> None:
    with pytest.raises(PatternError, match=why):
        Pattern(pattern)
