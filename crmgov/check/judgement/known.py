"""Findings told apart: those that were known, and those that are new or worse than they were."""

import re
from collections.abc import Sequence

import msgspec

from crmgov.model.diagnostics import SEVERITIES, Diagnostic, Severity, brief
from crmgov.model.known import KnownFinding, KnownFindings

Identity = tuple[str, str, str]
"""What stays the same of a finding while lines move and numbers change: code, address, message."""

_NEVER = ("WAIVER",)
"""Codes of findings that nobody can get used to: a waiver that has ended is dealt with."""
_FILE = re.compile(r"[^\s\"'()]{1,200}\.(?:ya?ml|xml|json|csv|zip)(?::\d+)*\b")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,.]*(?!\w)")
_SEVERAL = re.compile(r"# (\w+)s\b")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Findings beside what was known of them.

    ``new`` are those nobody knew, ``worse`` those that are more, or more serious, than was known; ``left`` is what is
    still known: never more than before.
    """

    new: list[Diagnostic]
    worse: list[Diagnostic]
    known: list[Diagnostic]
    left: KnownFindings


def identity(finding: Diagnostic) -> Identity:
    """What a finding is known by. One without an address is known by the file it stands in."""
    text = _NUMBER.sub("#", _FILE.sub("file", brief(finding.message, 500)))
    place = finding.address or (finding.at.file if finding.at is not None else "")
    return finding.code, place, brief(_SEVERAL.sub(r"# \1", text), 300)


def noted(findings: Sequence[Diagnostic], source: str) -> KnownFindings:
    """All these findings as known ones."""
    return _written(_grouped(findings), source)


def told_apart(findings: Sequence[Diagnostic], known: KnownFindings) -> Told:
    """Findings, in the order given, compared with what is known.

    Of several that nobody could tell apart, the last ones are worse where there are more than was known.
    """
    grouped = _grouped(findings)
    before: dict[Identity, KnownFinding] = {}
    for row in known.findings:
        if row is not None and row.count > 0:
            key = (row.code, row.address, row.message)
            before[key] = max(before.get(key, row), row, key=lambda one: one.count)
    new, worse, same = [], [], []
    left: dict[Identity, KnownFinding] = {}
    for key, found in grouped.items():
        row = before.get(key)
        if row is None:
            new += found
            continue
        graver = [one for one in found if _rank(one.severity) < _rank(row.severity)]
        others = [one for one in found if _rank(one.severity) >= _rank(row.severity)]
        grown = [one for one in others if _grew(one, row)]
        meant = [one for one in others if not _grew(one, row)]
        worse += [_with(one, f"known as {_a(row.severity)}, {_a(one.severity)} now") for one in graver]
        worse += [_with(one, f"{row.amount:,} known, {one.amount:,} now") for one in grown]
        worse += [_with(one, f"{row.count:,} known here, {len(found):,} now") for one in meant[row.count :]]
        same += meant[: row.count]
        least = row.severity if graver else _worst(found)
        most = _amount(found) if row.amount is None else min(row.amount, _amount(found) or row.amount)
        left[key] = msgspec.structs.replace(row, count=min(row.count, len(found)), severity=least, amount=most)
    beside = [finding for finding in findings if finding.code.startswith(_NEVER)]
    return Told(new=new + beside, worse=worse, known=same, left=_sorted(left, known.source))


def _with(finding: Diagnostic, evidence: str) -> Diagnostic:
    return msgspec.structs.replace(finding, evidence=(*finding.evidence, evidence))


def _grew(finding: Diagnostic, row: KnownFinding) -> bool:
    """Whether there is more of what a budget limits than was known."""
    return finding.amount is not None and row.amount is not None and finding.amount > row.amount


def _amount(findings: Sequence[Diagnostic]) -> int | None:
    return max((one.amount for one in findings if one.amount is not None), default=None)


def _a(severity: Severity) -> str:
    return f"an {severity}" if severity == "error" else f"a {severity}"


def _grouped(findings: Sequence[Diagnostic]) -> dict[Identity, list[Diagnostic]]:
    grouped: dict[Identity, list[Diagnostic]] = {}
    for finding in findings:
        if not finding.code.startswith(_NEVER):
            grouped.setdefault(identity(finding), []).append(finding)
    return grouped


def _written(grouped: dict[Identity, list[Diagnostic]], source: str) -> KnownFindings:
    rows = {
        key: KnownFinding(
            code=key[0], address=key[1], message=key[2], severity=_worst(found), count=len(found), amount=_amount(found)
        )
        for key, found in grouped.items()
    }
    return _sorted(rows, source)


def _sorted(rows: dict[Identity, KnownFinding], source: str) -> KnownFindings:
    return KnownFindings(source=source, findings=(*(rows[key] for key in sorted(rows)), None))


def _worst(findings: Sequence[Diagnostic]) -> Severity:
    return min((finding.severity for finding in findings), key=_rank)


def _rank(severity: Severity) -> int:
    """The place of a severity: the most serious first."""
    return SEVERITIES.index(severity)
