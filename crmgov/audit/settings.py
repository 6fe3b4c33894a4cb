"""The numbers an audit judges by, each with where it comes from; the Governance document may set others."""

import msgspec

PLACEHOLDERS = (
    "n/a",
    "na",
    "n.a.",
    "none",
    "-",
    "--",
    ".",
    "?",
    "x",
    "xx",
    "xxx",
    "tbd",
    "tba",
    "todo",
    "unknown",
    "null",
    "test",
)
"""What people type where they have nothing to say; compared without case and outer spaces."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What counts as little, young, recent and few."""

    minimum_records: int = 200
    """Records below which a share says nothing of a field."""
    young_days: int = 90
    """Days a field is too new to be judged."""
    recent_days: int = 90
    """Days that "recent" reaches back."""
    rare_percent: float = 10
    """Share of records filled below which a field is a candidate to hide: blank on 90% (rule 4)."""
    dead_percent: float = 1
    """Share filled below which, with nothing recent, a field is a candidate to remove."""
    silent_percent: float = 10
    """Share of the records in an automation's scope that it may pass by, or a route leave to whoever takes the rest."""
    few_values: int = 200
    """Different values up to which they are looked at one by one."""
    placeholders: tuple[str, ...] = PLACEHOLDERS
