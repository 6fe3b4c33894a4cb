"""Codes, hazards and words explained."""

import pytest

from crmgov.check.codes import CodeInfo
from crmgov.model.diagnostics import CATALOGUE
from crmgov.model.plans import HAZARDS
from crmgov.report.explain import explain, known_words


def test_a_code_tells_what_why_and_how_to_mend() -> None:
    assert explain("crit001") == (
        "CRIT001 (error)  A condition is not complete, or says two things at once\n"
        "\n"
        "Why:\n"
        "  A condition is one comparison (field, op, value), or one of all, any and not.\n"
        "\n"
        "Mend:\n"
        "  Split it with all: or any:, or complete the comparison.\n"
        "\n"
        "Example:\n"
        "  reject_when: {field: Region, op: blank}\n"
    )


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Flow", "Flow (Salesforce) is crmgov's Automation"),
        ("flows", "flows (Salesforce) is crmgov's Automation"),
        ("property", "property (HubSpot) is crmgov's Field"),
        ("Properties", "Properties (HubSpot) is crmgov's Field"),
        ("sales process", "sales process (Salesforce) is crmgov's Pipeline"),
        ("profile", "profile (Salesforce, Zoho) is crmgov's PermissionSet"),
        ("queue", "queue (Salesforce) is crmgov's Team"),
        ("workflow", "workflow (Salesforce, HubSpot, Zoho) is crmgov's Automation"),
        ("Checkbox", "Checkbox (Salesforce) is crmgov's boolean"),
        ("referenceTo", "referenceTo (Salesforce) is crmgov's references"),
        ("data-loss", "data-loss (hazard)"),
        ("drift", "drift"),
        ("permission_set", "PermissionSet"),
    ],
)
def test_words_are_translated(word: str, expected: str) -> None:
    text = explain(word)
    assert text is not None
    assert text.splitlines()[0] == expected


def test_crmgovs_own_word_tells_what_vendors_say() -> None:
    text = explain("team")
    assert text is not None
    assert "Called\n  Salesforce:     queue, public group, group\n  HubSpot:        team\n" in text


def test_an_unknown_word_is_not_explained() -> None:
    assert explain("frobnicate") is None


def test_everything_that_can_occur_is_explained() -> None:
    for word in known_words():
        assert explain(word), word
    assert set(HAZARDS) <= set(known_words())


@pytest.mark.parametrize(
    "info",
    [
        info
        for info in CATALOGUE.values()
        if info.code.startswith(("REF", "FIT", "CRIT", "DUP", "CYCLE", "RENAME", "FORMULA"))
    ],
    ids=lambda info: info.code,
)
def test_codes_speak_in_whole_sentences(info: CodeInfo) -> None:
    assert info.summary[0].isupper()
    assert not info.summary.endswith(".")
    assert info.why.endswith(".")
    assert info.mend.endswith((".", "--fix"))
