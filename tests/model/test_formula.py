"""What a formula names is found by reading it, and nothing is concluded from what does not read as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.model.formula import legs, read_formula


def test_fields_are_found_and_functions_words_and_globals_are_not_fields() -> None:
    formula = read_formula(
        """IF( AND(ISBLANK(Region__c), /* not: Old__c */ NOT($Permission.Edit_All), Account.Owner.IsActive = TRUE),
              -Amount * 0.5, NULL) /* "x */"""
    )
    assert formula.understood
    assert formula.fields == ("Region__c", "Account.Owner.IsActive", "Amount")
    assert formula.functions == ("IF", "AND", "ISBLANK", "NOT")
    assert formula.permissions == ("Edit_All",)


@pytest.mark.parametrize(
    ("text", "literals"),
    [
        ('ISPICKVAL(Stage, "Won")', [("Stage", "Won")]),
        ('ISPICKVAL(PRIORVALUE(Stage), "Won")', [("Stage", "Won")]),
        ("TEXT(Stage) = 'Won' || \"Lost\" <> TEXT(Stage)", [("Stage", "Won"), ("Stage", "Lost")]),
        ('(TEXT(Stage)) == "A\\"B"', [("Stage", 'A"B')]),
        ('CASE(Stage, "New", "x", "Won", "y", "z") = "x"', [("Stage", "New"), ("Stage", "Won")]),
        ('CASE(TEXT(A.B__c), "1", 1, 0) > 0', [("A.B__c", "1")]),
        ('INCLUDES(Topics, "Price")', [("Topics", "Price")]),
        ('Name & "x" = "Won"', []),
        ('IF(A = "x", B, "y") = "z"', [("A", "x")]),
        ('AND(A = "x", "y" = B)', [("A", "x"), ("B", "y")]),
        ('LEN(A) > 3 && B = "x"', [("B", "x")]),
    ],
)
def test_texts_compared_with_a_field_are_its_literals(text: str, literals: list[tuple[str, str]]) -> None:
    formula = read_formula(text)
    assert formula.understood
    assert list(formula.literals) == literals


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("IF(A,\n B", "A bracket opened in line 1 is never closed"),
        ("A = \n'x", "A text opened in line 2 is never closed"),
        ("A /* B", "A comment opened in line 1 is never closed"),
        ("A + B)", "A bracket closed in line 1 was never opened"),
    ],
)
def test_what_is_cut_short_is_said(text: str, problem: str) -> None:
    assert read_formula(text).problem == problem


@pytest.mark.parametrize(
    "text", ["", "CASE WHEN a THEN b END", "a b", "a,b", "f(a,)", "{!Lead.Name}", "a +", "()", "é"]
)
def test_another_language_is_not_understood_and_no_fault(text: str) -> None:
    formula = read_formula(text)
    assert (formula.understood, formula.problem) == (False, "")


def test_a_path_through_an_owner_begins_anew_at_the_object_named() -> None:
    assert read_formula("A__r.Owner:User.Manager.Email = 'x'").fields == ("A__r.Owner:User.Manager.Email",)
    assert legs("Lead", "A__r.Owner:User.Manager.Email") == [("Lead", "A__r.Owner.Id"), ("User", "Manager.Email")]
    assert legs("Lead", "Region") == [("Lead", "Region")]


def test_ids_addresses_and_urls_in_texts_are_found() -> None:
    formula = read_formula(
        'IF(OwnerId = "0055g00000AbCdE", "https://acme.example.com/a?b=0055g00000AbCdE", "ann@acme.example.com")'
        ' & "01I5g000000AbCdEAK" & "abcdefghijklmno" & "123456789012345"'
    )
    assert formula.hard_coded[:3] == (
        "0055g00000AbCdE",
        "https://acme.example.com/a?b=0055g00000AbCdE",
        "ann@acme.example.com",
    )
    assert "abcdefghijklmno" not in formula.hard_coded
    assert "123456789012345" not in formula.hard_coded


HOSTILE = ["(" * 90_000, "IF(" * 30_000 + "a" + ")" * 30_000, '"' + "\\" * 90_000, "a " * 50_000, "-" * 90_000]


@pytest.mark.parametrize("text", HOSTILE, ids=["open", "nested", "escapes", "words", "signs"])
def test_hostile_texts_end(text: str) -> None:
    assert len(read_formula(text).fields) <= 1


@given(st.text(alphabet="ab$_.:()\"'\\,+-*/&|=<> \n", max_size=60))
def test_no_text_fails(text: str) -> None:
    read_formula(text)
