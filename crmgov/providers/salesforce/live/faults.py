"""What can go wrong between crmgov and an organisation. No message holds a token, a query or a record's value."""

import re

_CODE = re.compile(r"[A-Z][A-Z_]{2,60}\Z")


class RefusedError(Exception):
    """The organisation refuses one question; others may be asked. ``code`` is its own word for why."""

    def __init__(self, code: str, told: str = "") -> None:
        self.code = code if _CODE.match(code) else ""
        super().__init__(told or (self.code.replace("_", " ").lower() if self.code else "it answers in no known form"))


class GoneError(Exception):
    """Nothing more can be asked: no connection, no right to be there, or no calls left."""


class PassingError(Exception):
    """Trouble that may pass. ``after``: seconds the other end asks to wait; ``sent`` is False where it cannot have
    heard the question.
    """

    def __init__(self, told: str, *, after: float | None = None, sent: bool = True) -> None:
        super().__init__(told)
        self.after, self.sent = after, sent
