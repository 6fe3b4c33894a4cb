"""One row of the table of governance rules: what a rule asks for, and what configuration alone cannot tell of it."""

from typing import Literal, NamedTuple

Beyond = Literal["", "evidence", "vendor", "out"]
"""What a rule needs besides configuration: nothing, record counts, the vendor's own data, or what nothing offers."""


class Row(NamedTuple):
    """A rule or lead.

    ``asks`` are our words for it. ``beyond`` says what the part that configuration cannot decide needs, ``why`` tells
    that part, or where the check ends of a rule that configuration decides. ``codes`` are findings of other checks
    that keep it too, ``like`` the numbers of rules whose codes do.
    """

    number: int
    asks: str
    beyond: Beyond = ""
    why: str = ""
    codes: tuple[str, ...] = ()
    like: tuple[int, ...] = ()
