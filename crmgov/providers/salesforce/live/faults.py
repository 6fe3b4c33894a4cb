"""What can go wrong between crmgov and an organisation. No message holds a token, a query or a record's value."""

import re

_CODE = re.compile(r"[A-Z][A-Z_]{2,60}\Z")


_WORDS = {
    "INVALIDENTITY": "records of this object are not given as a copy",
    "INVALID_TYPE": "there is no such object for this user",
    "INVALID_FIELD": "a field is not there, or hidden from this user",
    "MALFORMED_QUERY": "it does not understand the question",
    "QUERY_TIMEOUT": "it took too long",
    "INSUFFICIENT_ACCESS": "this user has no right to it",
    "API_DISABLED_FOR_ORG": "its interface is switched off (API Enabled)",
    "API_ERROR": "it does not take the question",
    "API_CURRENTLY_DISABLED": "its interface is switched off for this user (API Enabled)",
}
"""What the vendor's words for trouble mean to a person; others are told as they are."""


class RefusedError(Exception):
    """The organisation refuses one question; others may be asked. ``code`` is its own word for why."""

    def __init__(self, code: str, told: str = "") -> None:
        self.code = code if _CODE.match(code) else ""
        own = _WORDS.get(self.code) or self.code.replace("_", " ").lower() or "it answers in no known form"
        super().__init__(told or own)


class GoneError(Exception):
    """Nothing more can be asked: no connection, no right to be there, or no calls left."""


class PassingError(Exception):
    """Trouble that may pass. ``after``: seconds the other end asks to wait; ``sent`` is False where it cannot have
    heard the question.
    """

    def __init__(self, told: str, *, after: float | None = None, sent: bool = True) -> None:
        super().__init__(told)
        self.after, self.sent = after, sent
