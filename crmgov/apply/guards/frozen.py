"""It is not a time in which nothing is applied."""

from datetime import UTC, datetime, timedelta

from crmgov.apply import codes
from crmgov.apply.guards.request import Found, Request
from crmgov.model.diagnostics import Diagnostic, of

_DATE = 10
"""Characters of a date alone, YYYY-MM-DD."""


def check(request: Request, found: Found) -> list[Diagnostic]:  # noqa: ARG001 - all guards take the same
    """Every freeze that holds now; one whose times cannot be read holds too."""
    protection = request.spec.protection
    freezes = (protection.freezes or []) if protection else []
    refusals = []
    for freeze in freezes:
        try:
            first, last = _moment(freeze.from_, end=False), _moment(freeze.to, end=True)
        except ValueError:
            message = f"The freeze {freeze.name!r} has times that cannot be read: {freeze.from_} to {freeze.to}"
            refusals.append(of(codes.FROZEN, message))
            continue
        if first <= request.now <= last:
            message = f"{request.environment} is frozen until {freeze.to} ({freeze.name})"
            refusals.append(of(codes.FROZEN, message))
    return refusals


def _moment(text: str, *, end: bool) -> datetime:
    """A moment in UTC unless it says otherwise; a date means its beginning or its end."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if end and len(text) == _DATE:
        moment += timedelta(days=1) - timedelta(microseconds=1)
    return moment
