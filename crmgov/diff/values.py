"""When two values at one route are the same, and how orders are merged. Pure."""

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET

from crmgov.model.flat import PRESENT


def is_empty(value: Any) -> bool:
    """Whether a value is none at all: absent, null, an empty text or an empty collection."""
    return value is UNSET or value is None or value in ("", [], {})


def same(desired: Any, live: Any) -> bool:
    """Whether the live value is what is desired. Null asks for emptiness; numbers compare by value."""
    if desired is None:
        return is_empty(live)
    if isinstance(desired, bool) or isinstance(live, bool):
        return desired is live
    return bool(desired == live)


def present(value: Any) -> bool:
    """Whether the value says that an element is there, and nothing more."""
    return isinstance(value, str) and value == PRESENT


def merge_order(desired: Sequence[str], live: Sequence[str]) -> list[str]:
    """The live order with the desired keys in their desired order.

    Live keys that are not desired keep their place behind the key they follow now; desired keys not yet live come
    behind the desired key before them.
    """
    wanted = set(desired)
    followers: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for key in live:
        if key in wanted:
            anchor = key
        else:
            followers.setdefault(anchor, []).append(key)
    merged = list(followers.get(None, []))
    for key in desired:
        merged.append(key)
        merged.extend(followers.get(key, []))
    return merged


def same_order(desired: Sequence[str], live: Sequence[str]) -> bool:
    """Whether the keys that both hold come in the same order."""
    live_keys, desired_keys = set(live), set(desired)
    return [key for key in desired if key in live_keys] == [key for key in live if key in desired_keys]
