"""Requests to answers: who may ask, what it costs, where it leads."""

from __future__ import annotations

import re

from . import bulk, describe, limits, oauth, queries
from .errors import NotKnown, Refused, not_found, session
from .faults import PAGE, Fault, due
from .messages import Request, Response, as_error, as_json
from .org import Org
from .people import Call, User
from .setup import untaught
from .tooling import tooling


def answer(org: Org, request: Request) -> tuple[Response, Fault | None]:
    """The answer to a request, and the fault that is to happen to it on its way."""
    fault = due(org.faults, f"{request.method} {request.path}?{request.query}")
    if fault is not None and fault.instead:
        return failed(fault), fault
    if fault is not None and fault.expire:
        org.tokens.pop(bearer(request), None)
    try:
        response = routed(org, request, fault)
    except Refused as refused:
        response = as_error(refused.status, refused.code, refused.message)
    except NotKnown as unknown:
        response = Response(501, f"The counterpart does not know {unknown}.\n".encode(), "text/plain; charset=UTF-8")
    if request.path.startswith("/services/data/"):
        response.headers.setdefault("Sforce-Limit-Info", f"api-usage={len(org.calls)}/{org.daily_calls}")
    return response, fault


def failed(fault: Fault) -> Response:
    """What stands in the place of an answer."""
    if fault.code:
        response = as_error(fault.status, fault.code, fault.message or fault.code)
    else:
        response = Response(fault.status, PAGE.encode(), "text/html; charset=UTF-8")
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response


def bearer(request: Request) -> str:
    """The token a request carries. The vendor knows two words for it."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme and scheme.lower() not in ("bearer", "oauth"):
        raise Refused(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE")
    return token.strip()


def caller(org: Org, request: Request) -> User:
    """Who asks."""
    user = org.tokens.get(bearer(request))
    if user is None or not user.active:
        raise session()
    return user


def routed(org: Org, request: Request, fault: Fault | None) -> Response:
    """The answer of the resource a path leads to."""
    if request.path.rstrip("/") == "/services/data":
        return as_json(
            [
                {"label": label(version), "url": f"/services/data/v{version}", "version": version}
                for version in org.api_versions
            ]
        )
    if request.path == "/services/oauth2/token":
        return oauth.token(org, request)
    if request.path == "/services/oauth2/userinfo":
        user = org.tokens.get(bearer(request))
        return oauth.userinfo(org, user if user is not None and user.active else None)
    found = re.fullmatch(r"/services/data/v(\d+\.\d+)(/.*)?", request.path)
    if found is None:
        raise NotKnown(f"the path {request.path}")
    version, rest = found.group(1), (found.group(2) or "/").strip("/")
    user = caller(org, request)
    if version not in org.api_versions:
        raise not_found()
    if "xml" in request.headers.get("accept", "") and "json" not in request.headers.get("accept", ""):
        raise NotKnown("answers in XML")
    if len(org.calls) >= org.daily_calls:
        raise Refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
    org.calls.append(Call(request.method, request.path, request.query))
    parts = rest.split("/")
    if parts[:2] == ["jobs", "query"]:
        return bulk.resource(org, user, version, parts[2:], request, fault=fault)
    if request.method != "GET":
        raise NotKnown(f"{request.method} {request.path}")
    return read(org, user, version, parts, request)


def read(org: Org, user: User, version: str, parts: list[str], request: Request) -> Response:
    """What is only read, of one version, for a user."""
    unknown = set(request.params) - {"q", "sObjects"}
    if unknown:
        raise NotKnown(f"the parameter {', '.join(sorted(unknown))} of {request.path}")
    if parts == [""]:
        return as_json(resources(org, user, version))
    if parts in (["query"], ["queryAll"]):
        return queries.first(org, user, version, request, deleted=parts == ["queryAll"])
    if parts[0] in ("query", "queryAll") and len(parts) == 2:
        return queries.following(org, user, version, request, parts[1])
    if parts == ["tooling", "query"]:
        return queries.first(tooling(org), user, version, request, side="tooling/")
    if parts[:2] == ["tooling", "query"] and len(parts) == 3:
        return queries.following(org, user, version, request, parts[2], side="tooling/")
    if parts == ["sobjects"]:
        outlines = [describe.outline(one, version) for one in org.everything() if not user.lacks(one.name)]
        return as_json({"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": outlines})
    if parts[0] == "sobjects" and len(parts) == 3 and parts[2] == "describe":
        one = org.find(parts[1])
        if one is None and untaught(parts[1]):
            raise NotKnown(f"{parts[1]}: this org was given no such object")
        if one is None or user.lacks(one.name):
            raise not_found()
        return as_json(describe.described(org, user, one, version))
    if parts[0] == "sobjects" and len(parts) == 3:
        return queries.one(org, user, version, parts[1], key=parts[2])
    if parts == ["limits"]:
        return limits.limits(org)
    if parts == ["limits", "recordCount"]:
        return limits.record_counts(org, request)
    raise NotKnown(f"the resource {'/'.join(parts)}")


def resources(org: Org, user: User, version: str) -> dict[str, str]:
    """The resources the counterpart has, and whose token it is."""
    base = f"/services/data/v{version}"
    found = {name: f"{base}/{name}" for name in ("sobjects", "query", "queryAll", "limits", "jobs")}
    return {**found, "identity": f"{oauth.login(org)}/id/{org.id}/{user.id}"}


def label(version: str) -> str:
    """The season a version came out in."""
    number = int(version.partition(".")[0])
    season = ("Spring", "Summer", "Winter")[number % 3]
    return f"{season} '{4 + number // 3 + (season == 'Winter')}"
