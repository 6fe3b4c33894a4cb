"""Severities of the repository's own: findings counted otherwise by code, path, kind, owner or address."""

from collections.abc import Collection, Iterator, Sequence

import msgspec

from crmgov.check.judgement import codes  # noqa: F401 - declares the codes used here
from crmgov.check.judgement.owners import Owners
from crmgov.check.judgement.stars import Stars
from crmgov.model.diagnostics import Diagnostic, Where, brief, of
from crmgov.model.gitignore import Rules
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Governance, Severities

POLICY = "Policy/"
"""How a code begins that stands for a policy: its address."""


class Severity:
    """One entry of the Governance document's ``severities``."""

    def __init__(self, entry: Severities) -> None:
        self.severity = entry.severity
        self.code = entry.code
        self._kind = given(entry.kind, "")
        self._owner = given(entry.owner, "")
        path, address = given(entry.path, ""), given(entry.address, "")
        self._path = Rules([path]) if path else None
        self._address = Stars(address) if address else None

    def fits(self, finding: Diagnostic, owners: Owners) -> bool:
        """Whether all that the entry says is true of a finding."""
        file = finding.at.file if finding.at is not None else ""
        return (
            has_code(finding, self.code)
            and (not self._kind or finding.address.partition("/")[0] == self._kind)
            and (self._address is None or self._address.names(finding.address))
            and (self._path is None or (bool(file) and self._path.file(file)))
            and (not self._owner or owners.of(finding.address, file) == self._owner)
        )


def has_code(finding: Diagnostic, code: str, *, whole: bool = False) -> bool:
    """Whether a finding has a code, or one that begins so unless ``whole``; ``Policy/Name`` is that policy's."""
    if code.startswith(POLICY):
        return finding.policy == code
    return finding.code == code if whole else finding.code.startswith(code)


def weighed(
    findings: Sequence[Diagnostic], entries: Sequence[Severities], owners: Owners
) -> tuple[list[Diagnostic], int]:
    """Findings with the severities they have here, and how many are switched off. The last entry that fits counts."""
    rules = [Severity(entry) for entry in reversed(entries)]
    by_code: dict[tuple[str, str], list[Severity]] = {}
    kept, off = [], 0
    for finding in findings:
        key = (finding.code, finding.policy)
        if key not in by_code:
            by_code[key] = [rule for rule in rules if has_code(finding, rule.code)]
        severity = next((rule.severity for rule in by_code[key] if rule.fits(finding, owners)), finding.severity)
        if severity == "off":
            off += 1
        elif severity == finding.severity:
            kept.append(finding)
        else:
            kept.append(msgspec.structs.replace(finding, severity=severity))
    return kept, off


def unknown(governance: Governance, place: Where | None, known: Collection[str]) -> Iterator[Diagnostic]:
    """Entries that nothing fits: for codes or kinds there are not, with paths that are no pattern.

    ``known`` are all codes and the addresses of all policies.
    """
    for number, entry in enumerate(given(governance.severities, [])):
        route = ("severities", str(number))
        if not is_known(entry.code, known):
            yield of("SEVERITY001", f'No code begins with "{brief(entry.code)}"', at=within(place, *route, "code"))
        kind = given(entry.kind, "")
        if kind and kind not in KINDS:
            yield of("SEVERITY001", f"There is no kind {brief(kind)}", at=within(place, *route, "kind"))
        path = given(entry.path, "")
        # Alone, a comment or an exception fits no file.
        wrong = [path] if path.startswith(("#", "!")) else Rules([path]).refused
        yield from _unfollowed(wrong, within(place, *route, "path"))
    for name, area in given(governance.areas, {}).items():
        yield from _unfollowed(Rules(given(area.paths, [])).refused, within(place, "areas", name, "paths"))


def _unfollowed(patterns: Sequence[str], at: Where | None) -> Iterator[Diagnostic]:
    for pattern in patterns:
        yield of("SEVERITY002", f"{brief(pattern)} cannot be followed", at=at)


def is_known(code: str, known: Collection[str]) -> bool:
    """Whether anything has a code, or one that begins so."""
    return code in known if code.startswith(POLICY) else any(one.startswith(code) for one in known)


def within(place: Where | None, *route: str) -> Where | None:
    """A place below that of a document."""
    return None if place is None else Where(place.file, place.document, (*place.route, *route))
