"""Known findings: what was there when a repository took up its rules, as it is saved in one file of JSON."""

import msgspec

from crmgov.model.diagnostics import Severity

FORMAT = "crmgov-known/1"


class KnownFinding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A finding, or several of the same sort at the same address, told without numbers and places.

    ``amount`` is the most that was known of what a budget limits, where that is what was found.
    """

    code: str
    address: str
    message: str
    severity: Severity
    count: int
    amount: int | None = None


class KnownFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The findings that are known of one source, in the order of code, address and message."""

    format: str = FORMAT
    source: str
    findings: tuple[KnownFinding | None, ...] = ()
    """The last is always null: so each finding's line ends in a comma, and one that goes or comes touches no other."""
