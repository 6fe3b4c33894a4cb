"""Passwords in connection texts are found and covered; names of variables are none."""

import pytest

from crmgov.model.secrets import covered, holds_password, secret_texts, without_passwords


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
