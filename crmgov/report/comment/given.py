"""What the comment is made from."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from crmgov.model.audits import FORMAT as AUDIT
from crmgov.model.audits import AuditDocument
from crmgov.model.plans import Plan

FORMAT = "crmgov-findings/1"


class NotFindings(ValueError):  # noqa: N818 - says what the file is not
    """The file holds no findings this version reads; the message says why."""


class FindingPlace(msgspec.Struct, frozen=True):
    """Where a finding is."""

    file: str = ""
    line: int = 0


class Finding(msgspec.Struct, frozen=True):
    """One finding, as far as the comment tells of it."""

    code: str
    severity: str
    message: str
    place: FindingPlace | None = None
    address: str = ""
    mend: str = ""


class Checked(msgspec.Struct, frozen=True):
    """What ``validate --format json`` found: the findings that nobody knew or waived, and how many are known or waived.

    ``stopping`` are the severities that fail it.
    """

    findings: tuple[Finding, ...] = ()
    known: int = 0
    waived: int = 0
    stopping: tuple[str, ...] = ("error",)

    def of(self, severity: str) -> list[Finding]:
        """Findings of one severity."""
        return [one for one in self.findings if one.severity == severity]

    def wrong(self) -> list[Finding]:
        """Findings that stop a merge."""
        return [one for one in self.findings if one.severity in self.stopping]

    def doubtful(self) -> list[Finding]:
        """Other findings worth a look."""
        return [
            one for one in self.findings if one.severity in ("error", "warning") and one.severity not in self.stopping
        ]


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """One environment's plan.

    ``file`` is where it is saved; ``words`` are the vendor's names of kinds; ``approval`` says who must agree before
    it is applied, empty where nobody must.
    """

    plan: Plan
    file: str = ""
    words: Mapping[str, str] = {}
    approval: str = ""

    @property
    def name(self) -> str:
        """The environment."""
        return self.plan.core.environment


class Notices(msgspec.Struct, frozen=True, kw_only=True):
    """Who notices what: by audience a few words for each effect, and those for whom nothing changes."""

    effects: Mapping[str, tuple[str, ...]]
    nothing: tuple[str, ...] = ()


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one comment tells of. ``unplanned`` are environments no plan could be made for; ``link`` is a page of
    the host that has the whole; ``notices`` is None where the configuration at hand is not the planned one.
    """

    plans: tuple[Planned, ...]
    unplanned: tuple[str, ...] = ()
    checked: Checked | None = None
    notices: Notices | None = None
    link: str = ""


def findings_of(data: bytes, stopping: tuple[str, ...] = ("error",)) -> Checked:
    """Findings as ``validate`` or ``audit`` write them with ``--format json``. Raises NotFindings."""
    try:
        head = msgspec.json.decode(data)
        if isinstance(head, dict) and head.get("format") == AUDIT:
            return _audited(msgspec.convert(head, type=AuditDocument), stopping)
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise NotFindings("it was not written by validate --format json")
        found = msgspec.convert(head.get("findings"), type=tuple[Finding, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotFindings(f"it is damaged: {error}") from error
    return Checked(found, _length(head, "known"), _length(head, "waived"), stopping)


def _audited(document: AuditDocument, stopping: tuple[str, ...]) -> Checked:
    """What an audit found and nobody knew or waived."""
    standing = Counter(one.standing for one in document.findings)
    found = tuple(
        Finding(one.code, one.severity, one.message, FindingPlace(one.file, one.line), one.address, one.mend)
        for one in document.findings
        if one.standing == "new"
    )
    return Checked(found, standing["known"], standing["waived"], stopping)


def _length(head: dict[str, Any], key: str) -> int:
    listed = head.get(key)
    return len(listed) if isinstance(listed, list) else 0
