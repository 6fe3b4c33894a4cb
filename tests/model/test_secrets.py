"""Passwords in connection texts are found and covered; names of variables are none."""

import pytest

from crmgov.model.secrets import covered, covered_lines, holds_password, secret_texts, without_passwords


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://ana:hunter2@host/db", "postgresql://ana:*******@host/db"),
        ("postgresql://ana:hun@ter2@host/db", "postgresql://ana:********@host/db"),
        ("postgresql://:pw@host/db", "postgresql://:**@host/db"),
        ("postgresql://host/db?password=pw&sslmode=require", "postgresql://host/db?password=**&sslmode=require"),
        ("postgresql://ana:x${PASSWORD}@host/db", "postgresql://ana:************@host/db"),
    ],
)
def test_passwords_are_covered(text: str, shown: str) -> None:
    assert covered(text) == shown
    assert holds_password(text)


@pytest.mark.parametrize(
    "text",
    ["postgresql://ana:${PASSWORD}@host/db", "postgresql://${USER}@host:5432/db", "sqlite:///.crmgov/a.db", "${URL}",
     "postgresql://ana@host/db?sslmode=require", "repository"],
)  # fmt: skip
def test_what_holds_none_is_shown_as_it_is(text: str) -> None:
    assert covered(text) == text
    assert not holds_password(text)


def test_only_attributes_that_hold_secrets_are_looked_at() -> None:
    body = {
        "connection": {"url": "postgresql://ana:pw@h/d"}, "records": {"Lead": "postgresql://h/d"}, "description": "see://a:b@c",
    }  # fmt: skip
    assert [route for route, _ in secret_texts("Environment", body)] == [("connection", "url"), ("records", "Lead")]
    shown = without_passwords("Environment", body)
    assert shown == {**body, "connection": {"url": "postgresql://ana:**@h/d"}}


HIDDEN = [
    "  login: {secret: hunter two words, client: a}", '    secret: "hunter, two"', "    secret: 'hunter''s, two'", "    secret: hunter two # note",
    '    key: "-----BEGIN hunter\\nhunter', "secret: [hunter, hunter]", "  Client_Secret: hunter", "  !!str token: hunter", "  - password: hunter",
    '  login: {"secret":hunter two}', "key:\n  hunter", "key: |\n  hunter\n  two\n\n  hunter", "secret: one\n  hunter",
]  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN)
def test_what_stands_at_a_key_of_secrets_is_covered_to_its_end(text: str) -> None:
    lines = list(covered_lines(text.split("\n")))
    assert "hunter" not in "\n".join(lines)
    assert "two" not in "\n".join(lines)
    assert [len(line) for line in lines] == [len(line) for line in text.split("\n")]


SHOWN = [
    "key: ${SF_KEY}",
    '  login: {token: "${SF_TOKEN}", client: abc}',
    "secret: >-\n  ${X}",
    "name: prod\nprovider: sql",
    "tokens: many",
]


@pytest.mark.parametrize("text", SHOWN)
def test_names_of_variables_and_other_lines_stay(text: str) -> None:
    assert "\n".join(covered_lines(text.split("\n"))) == text
