"""The numbers an audit judges by, each with where it comes from; the Governance document may set others."""

from collections.abc import Mapping
from typing import Any, get_type_hints

import msgspec

from crmgov.model.canonical import Body
from crmgov.model.kinds.governance import Thresholds

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
    deprecation_days: int = 90
    """Days between deprecating a field and its removal."""
    golden_percent: float = 95
    """Share of records with all must-haves below which an object is told (rule 35)."""
    idle_days: int = 14
    """Days without activity after which an open record is forgotten (rule 26)."""
    stale_days: int = 365
    """Days after which what was verified has to be verified again (rule 44)."""
    stale_percent: float = 30
    """Share of records not verified for so long above which it is told: more than decays in a year (rule 43)."""
    login_days: int = 90
    """Days without login after which an active user is told (rule 53)."""
    placeholders: tuple[str, ...] = PLACEHOLDERS
    looked_at: tuple[str, ...] = ()
    """Places that somebody vouches to have looked through for uses of fields."""


def _fits(name: str, value: Any) -> bool:
    """Whether a number lies between the limits that the model gives it."""
    limits: Mapping[str, float] = _LIMITS.get(name, {})
    return not limits or limits.get("minimum", value) <= value <= limits.get("maximum", value)


def _limits(hint: Any) -> dict[str, float]:
    extra = next((one.extra or {} for one in getattr(hint, "__metadata__", ()) if isinstance(one, msgspec.Meta)), {})
    return {end: extra[end] for end in ("minimum", "maximum") if end in extra}


_LIMITS = {name: _limits(hint) for name, hint in get_type_hints(Thresholds, include_extras=True).items()}


def settings_of(governance: Body) -> Settings:
    """What a repository's Governance document sets, the rest as shipped. What is not well formed is told elsewhere."""
    try:
        held = msgspec.convert(governance.get("audit") or {}, Thresholds)
    except msgspec.ValidationError:
        return Settings()
    stated: dict[str, Any] = {name: getattr(held, name) for name in held.__struct_fields__}
    found = {name: value for name, value in stated.items() if value is not None and value is not msgspec.UNSET}
    found = {name: value for name, value in found.items() if _fits(name, value)}
    for name in ("placeholders", "looked_at"):
        if name in found:
            found[name] = tuple(text.strip().lower() for text in found[name])
    return Settings(**found)
