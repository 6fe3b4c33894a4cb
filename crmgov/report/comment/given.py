"""What the comment is made from."""

from collections.abc import Mapping
from typing import Any

import msgspec

from crmgov.model.plans import Plan

FORMAT = "crmgov-findings/1"


class NotFindings(ValueError):  # noqa: N818 - says what the file is not
    """The file holds no findings this version reads; the message says why."""


class FindingPlace(msgspec.Struct, frozen=True):
    """Where a finding is."""

    file: str = ""
    line: int = 0


class Finding(msgspec.Struct, frozen=True):
    """One finding, as far as the comment tells of it. ``known``: it was there before, and is accepted for now."""

    code: str
    severity: str
    message: str
    place: FindingPlace | None = None
    address: str = ""
    mend: str = ""
    known: bool = False


class Checked(msgspec.Struct, frozen=True):
    """What ``validate --format json`` found."""

    findings: tuple[Finding, ...] = ()
    known: int = 0

    def of(self, severity: str) -> list[Finding]:
        """New findings of one severity."""
        return [one for one in self.findings if one.severity == severity and not one.known]


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


def findings_of(data: bytes) -> Checked:
    """Findings as ``validate --format json`` writes them. Raises NotFindings."""
    try:
        head = msgspec.json.decode(data)
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise NotFindings("it was not written by validate --format json")
        found = msgspec.convert(head.get("findings"), type=tuple[Finding, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotFindings(f"it is damaged: {error}") from error
    return Checked(found, _known(head, found))


def _known(head: dict[str, Any], found: tuple[Finding, ...]) -> int:
    """How many are known: as the file says, or as its findings are marked."""
    told = head.get("known")
    return told if isinstance(told, int) and not isinstance(told, bool) else sum(1 for one in found if one.known)
