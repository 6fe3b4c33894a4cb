"""Waivers: findings that somebody accepts for a time. They are reported and not counted until the waiver expires."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import msgspec

from crmgov.check.judgement import codes  # noqa: F401 - declares the codes used here
from crmgov.check.judgement.severities import has_code, within
from crmgov.check.judgement.stars import Stars
from crmgov.model.diagnostics import Diagnostic, Where, of
from crmgov.model.kinds.governance import Waiver


class Waived(msgspec.Struct, frozen=True):
    """A finding with the waiver that covers it."""

    finding: Diagnostic
    waiver: Waiver


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """Findings sorted by waivers: what still counts, what is waived, and what is to be said of the waivers."""

    counted: list[Diagnostic]
    waived: list[Waived]
    told: list[Diagnostic]


def accepted(
    findings: Sequence[Diagnostic],
    waivers: Sequence[Waiver],
    place: Where | None,
    *,
    today: date,
    firm: Sequence[str] = (),
    elsewhere: Collection[str] = (),
    mine: Collection[str] | None = None,
) -> Accepted:
    """Apply waivers.

    ``place`` is the Governance document's; ``firm`` are codes of findings that nobody can waive, ``elsewhere`` codes of
    those that are told where these findings are not: a waiver of one of them is not unused. ``mine`` are the only codes
    whose waivers are looked at (None: all).
    """
    told = []
    used: set[int] = set()
    by_code: dict[tuple[str, str], list[tuple[int, Stars]]] = {}
    valid = []
    for number, waiver in enumerate(waivers):
        if mine is not None and waiver.code not in mine:
            continue
        problem = _ended(waiver, within(place, "waivers", str(number), "expires"), today)
        if problem is None:
            valid.append((number, waiver, Stars(waiver.address)))
        else:
            told.append(problem)
    counted: list[Diagnostic] = []
    waived: list[Waived] = []
    for finding in findings:
        key = (finding.code, finding.policy)
        if key not in by_code:
            by_code[key] = [(n, stars) for n, waiver, stars in valid if has_code(finding, waiver.code, whole=True)]
        fitting = next((n for n, stars in by_code[key] if stars.names(finding.address)), None)
        if fitting is None:
            counted.append(finding)
        else:
            used.add(fitting)
            waived.append(Waived(finding, waivers[fitting]))
    unused = [(number, waiver) for number, waiver, _ in valid if number not in used and waiver.code not in elsewhere]
    told += _unused(unused, place, firm)
    return Accepted(counted=counted, waived=waived, told=told)


def _ended(waiver: Waiver, at: Where | None, today: date) -> Diagnostic | None:
    name = f"The waiver of {waiver.code} at {waiver.address}"
    try:
        last = date.fromisoformat(waiver.expires)
    except ValueError:
        return of("WAIVER003", f"{name} expires on {waiver.expires}, which is no day", at=at)
    if last >= today:
        return None
    days = (today - last).days
    evidence = (f"accepted by {waiver.owner}: {waiver.reason}",)
    message = f"{name} expired on {waiver.expires}, {days:,} day{'s' if days > 1 else ''} ago"
    return of("WAIVER001", message, at=at, evidence=evidence)


def _unused(waivers: Sequence[tuple[int, Waiver]], place: Where | None, firm: Sequence[str]) -> Iterator[Diagnostic]:
    for number, waiver in waivers:
        at = within(place, "waivers", str(number))
        message = f"Nothing at {waiver.address} has the finding {waiver.code} that {waiver.owner} accepts"
        hint = "what cannot be read cannot be waived" if waiver.code in firm else ""
        yield of("WAIVER002", message, at=at, hint=hint)
