"""Tokens, for a secret and for a signature of somebody else's making."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from . import Org, User, serving
from .conversation import Caller, Heard
from .world import NOW, acme

Asked = tuple[Org, User, Caller]
KEY, OTHER = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def asked() -> Iterator[Asked]:
    org, user = acme()
    org.app("signing", public_key_pem=PEM)
    org.app("secret", secret="s3cret", user=user)
    with serving(org) as url:
        yield org, user, Caller(url, "")


def wish(caller: Caller, **form: str) -> Heard:
    return caller.ask("POST", "/services/oauth2/token", headers=FORM, body=urlencode(form).encode())


def signed(caller: Caller, key: Any = KEY, algorithm: str = "RS256", **claims: object) -> Heard:
    claims = {
        "iss": "signing",
        "sub": "ada@acme.example",
        "aud": "https://test.salesforce.com",
        "exp": int(NOW.timestamp()) + 180,
    } | claims
    return wish(
        caller,
        grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion=jwt.encode(claims, key, algorithm=algorithm),
    )


def test_a_secret_gives_a_token_that_is_good(asked: Asked) -> None:
    org, user, caller = asked
    heard = wish(caller, grant_type="client_credentials", client_id="secret", client_secret="s3cret")
    assert heard.status == 200
    assert heard.json["instance_url"] == caller.url
    assert heard.json["id"] == f"https://test.salesforce.com/id/{org.id}/{user.id}"
    assert Caller(caller.url, heard.json["access_token"]).query("SELECT COUNT() FROM Lead").json["totalSize"] == 4


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "client_credentials", "client_id": "secret", "client_secret": "guess"}, "invalid_client"),
        ({"grant_type": "client_credentials", "client_id": "nobody", "client_secret": "s3cret"}, "invalid_client_id"),
        ({"grant_type": "client_credentials", "client_id": "signing", "client_secret": ""}, "invalid_client"),
        ({"grant_type": "device"}, "unsupported_grant_type"),
    ],
)
def test_a_wish_that_is_not_granted(asked: Asked, form: dict[str, str], error: str) -> None:
    heard = wish(asked[2], **form)
    assert (heard.status, heard.json["error"]) == (400, error)


def test_a_signature_gives_a_token(asked: Asked) -> None:
    _, _, caller = asked
    heard = signed(caller)
    assert (heard.status, heard.json["token_type"]) == (200, "Bearer")
    assert "refresh_token" not in heard.json
    assert (
        Caller(caller.url, heard.json["access_token"]).get("/services/oauth2/userinfo").json["preferred_username"]
        == "ada@acme.example"
    )
    assert signed(caller, aud=caller.url).status == 200


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"aud": "https://login.salesforce.com"}, "audience is invalid"),
        ({"sub": "eve@acme.example"}, "user hasn't approved this consumer"),
        ({"exp": int(NOW.timestamp()) - 1}, "expired authorization code"),
        ({"exp": int(NOW.timestamp()) + 301}, "invalid assertion"),
        ({"iss": "secret"}, "invalid assertion"),
    ],
)
def test_an_assertion_that_is_not_believed(asked: Asked, claims: dict[str, object], said: str) -> None:
    heard = signed(asked[2], **claims)
    assert heard.status == 400
    assert heard.json == {"error": "invalid_grant", "error_description": said}


def test_a_signature_of_another_hand(asked: Asked) -> None:
    caller = asked[2]
    assert signed(caller, key=OTHER).json["error_description"] == "invalid assertion"
    assert signed(caller, algorithm="RS384").json["error_description"] == "invalid assertion"
    assert signed(caller, key="x" * 40, algorithm="HS256").json["error_description"] == "invalid assertion"
    heard = wish(caller, grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer", assertion="a.b")
    assert heard.json["error_description"] == "invalid assertion"


def test_a_user_who_left_gets_none(asked: Asked) -> None:
    org, _, caller = asked
    org.user("zoe@acme.example", active=False)
    assert signed(caller, sub="zoe@acme.example").status == 400
