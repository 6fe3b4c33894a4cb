"""Texts that look like credentials, looked for before anything read from outside is written where git keeps it.

Only forms that are hardly ever anything else: issuers' own prefixes, keys in PEM, passwords within URLs. What is found
is named by its sort and never repeated.
"""

import re
from typing import NamedTuple


class _Form(NamedTuple):
    """One form: its sort in words, texts of which it holds one, and the form itself."""

    sort: str
    hints: tuple[bytes, ...]
    pattern: re.Pattern[bytes]


def _form(sort: str, hints: str, pattern: str) -> _Form:
    return _Form(sort, tuple(hint.encode() for hint in hints.split("|")), re.compile(pattern.encode()))


_FORMS = (
    _form("a private key", "PRIVATE KEY-", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    _form("an AWS access key", "AKIA|ASIA", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    _form(
        "a GitHub token", "ghp_|gho_|ghu_|ghs_|ghr_|github_pat_",
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})",
    ),
    _form("a Slack token", "xox", r"\bxox[abeoprs]-[0-9A-Za-z-]{20}"),
    _form("a Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9_/]{30}"),
    _form("a Stripe key", "k_live_", r"\b[rs]k_live_[0-9A-Za-z]{20}"),
    _form("a Google key", "AIza", r"\bAIza[0-9A-Za-z_-]{35}"),
    _form("a HubSpot token", "pat-", r"\bpat-(?:na|eu)[0-9]-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"),
    _form("a SendGrid key", "SG.", r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    _form("a Mailchimp key", "-us", r"\b[0-9a-f]{32}-us[0-9]{1,2}\b"),
    _form("a Salesforce session", "!", r"\b00D[A-Za-z0-9]{12,15}![A-Za-z0-9_.]{60}"),
    _form("a signed token", "eyJ", r"\beyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16}"),
    _form(
        "an authorisation header", "earer |asic |EARER |ASIC ",
        r"(?i:\bauthorization\W{1,4}(?:bearer|basic)\s+[A-Za-z0-9+/_.=-]{16})",
    ),
    _form("a password in a URL", "@", r"://[^\s/:@\"'<>{}$]+:(?![$<{*])[^\s/:@\"'<>{}]{3,}@[A-Za-z0-9]"),
)  # fmt: skip


def credentials(data: bytes) -> list[str]:
    """The sorts of credentials that a text seems to hold, each once."""
    return [
        form.sort
        for form in _FORMS
        if any(hint in data for hint in form.hints) and form.pattern.search(data) is not None
    ]
