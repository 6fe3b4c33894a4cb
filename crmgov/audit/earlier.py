"""What an earlier audit found, as far as a later one compares with it."""

from typing import NamedTuple


class EarlierField(NamedTuple):
    """One field at an earlier audit. ``day`` is its date, YYYY-MM-DD; ``share`` 0 to 1, None where it was not known."""

    day: str
    verdict: str
    share: float | None = None
