"""Tokens: for an app's secret, or for an assertion signed with an app's key."""

from __future__ import annotations

import binascii
import hmac
import json
from base64 import urlsafe_b64decode

from .errors import NotKnown
from .messages import Request, Response, as_json
from .org import Org
from .people import App, User
from .rsa import signed

JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
#: How far ahead an assertion may end, in seconds.
FARTHEST = 300


class Denied(Exception):  # noqa: N818 - an answer, not an error of the program
    """No token: the vendor's `error` and `error_description`."""


def token(org: Org, request: Request) -> Response:
    """The answer to a wish for a token."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if request.method != "POST" or kind != "application/x-www-form-urlencoded":
        raise NotKnown("a wish for a token that is no POST of a form")
    try:
        user = granted(org, request)
    except Denied as denied:
        error, said = denied.args
        return as_json({"error": error, "error_description": said}, 400)
    number = str(int(org.now().timestamp() * 1000))
    return as_json(
        {
            "access_token": org.token(user),
            "scope": "api",
            "instance_url": org.url,
            "id": f"{login(org)}/id/{org.id}/{user.id}",
            "token_type": "Bearer",
            "issued_at": number,
        }
    )


def login(org: Org) -> str:
    """The vendor's host for logging in to this kind of org."""
    return "https://test.salesforce.com" if org.sandbox else "https://login.salesforce.com"


def granted(org: Org, request: Request) -> User:
    """Who gets a token."""
    form = request.form
    grant = form.get("grant_type", "")
    if grant == "client_credentials":
        return by_secret(org, form)
    if grant == JWT:
        return by_assertion(org, form.get("assertion", ""))
    if grant in ("refresh_token", "password", "authorization_code"):
        raise NotKnown(f"the grant {grant}")
    raise Denied("unsupported_grant_type", "grant type not supported")


def by_secret(org: Org, form: dict[str, str]) -> User:
    """Client credentials: the user the app acts as."""
    app = org.apps.get(form.get("client_id", ""))
    if app is None:
        raise Denied("invalid_client_id", "client identifier invalid")
    if app.secret is None or not hmac.compare_digest(app.secret, form.get("client_secret", "")):
        raise Denied("invalid_client", "invalid client credentials")
    if app.user is None or not app.user.active:
        raise Denied("invalid_grant", "no client credentials user enabled")
    return app.user


def by_assertion(org: Org, assertion: str) -> User:
    """A JWT: signed by the app it names, for this vendor, not over, for an active user."""
    claims, app = opened(org, assertion)
    if claims.get("aud") not in (login(org), org.url):
        raise Denied("invalid_grant", "audience is invalid")
    ends, now = claims.get("exp"), org.now().timestamp()
    if not isinstance(ends, int | float) or ends <= now:
        raise Denied("invalid_grant", "expired authorization code")
    if ends > now + FARTHEST:
        raise Denied("invalid_grant", "invalid assertion")
    user = next((one for one in org.users if one.username == claims.get("sub") and one.active), None)
    if user is None or (app.user is not None and app.user is not user):
        raise Denied("invalid_grant", "user hasn't approved this consumer")
    return user


def opened(org: Org, assertion: str) -> tuple[dict[str, object], App]:
    """What an assertion claims, its signature checked, and the app that signed it."""
    wrong = Denied("invalid_grant", "invalid assertion")
    try:
        head, body, sign = assertion.split(".")
        header, claims = (json.loads(decoded(part)) for part in (head, body))
        signature = decoded(sign)
    except (ValueError, binascii.Error):
        raise wrong from None
    if not isinstance(claims, dict) or not isinstance(header, dict) or header.get("alg") != "RS256":
        raise wrong
    app = org.apps.get(str(claims.get("iss")))
    if app is None:
        raise Denied("invalid_client_id", "client identifier invalid")
    if app.public_key_pem is None or not signed(app.public_key_pem, f"{head}.{body}".encode(), signature):
        raise wrong
    return claims, app


def decoded(text: str) -> bytes:
    """Base64 for addresses, without its padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def userinfo(org: Org, user: User | None) -> Response:
    """Whose token it is."""
    if user is None:
        return Response(403, b"Bad_OAuth_Token", "text/html; charset=UTF-8")
    return as_json(
        {
            "sub": f"{login(org)}/id/{org.id}/{user.id}",
            "user_id": user.id,
            "organization_id": org.id,
            "preferred_username": user.username,
            "nickname": user.username.partition("@")[0],
            "name": user.username.partition("@")[0].title(),
            "email": user.username,
            "active": user.active,
            "user_type": "STANDARD",
            "urls": {
                "rest": org.url + "/services/data/v{version}/",
                "query": org.url + "/services/data/v{version}/query/",
            },
        }
    )
