"""Elements of JSON as rows: keys to texts, whatever is nested in them."""

import json
from collections.abc import Mapping
from typing import Any

_BESIDE = ("attributes", "@odata.etag")
"""What vendors' interfaces add to each element."""
_DEEPEST = 4


def _constant(name: str) -> str | None:
    return None if name == "NaN" else name


DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_constant)
"""Numbers stay as they are written, however long. What is no number is how programs write a blank one."""


class Nested:
    """Stands for a value that is no plain one: an object, or a list of more than plain values.

    ``parted``: what it holds goes by paths of its own too.
    """

    __slots__ = ("parted", "value")

    def __init__(self, value: object, *, parted: bool = False) -> None:
        self.value, self.parted = value, parted


Row = Mapping[str, str | Nested | None]


def flat(element: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, str | Nested | None]:
    """Keys to texts; what is nested goes by its path and its key, several plain values are one text."""
    found: dict[str, str | Nested | None] = {}
    for key, value in element.items():
        if key in _BESIDE:
            continue
        if isinstance(value, dict):
            if parted := depth < _DEEPEST:
                found |= flat(value, f"{before}{key}.", depth + 1)
            found[before + key] = Nested(value, parted=parted) if value else None
        elif isinstance(value, list):
            found[before + key] = _several([one for one in value if one is not None])
        else:
            found[before + key] = _text(value)
    return found


def told(value: str | Nested | None) -> str | None:
    """A value of a row as text; a nested one as it stands in the file."""
    if not isinstance(value, Nested):
        return value
    return json.dumps(value.value, ensure_ascii=False).encode("utf-8", "replace").decode()


class Keys:
    """The keys of all elements. A key is no column where all it ever holds are objects: their parts have columns."""

    def __init__(self) -> None:
        self._seen: dict[str, None] = {}
        self._plain: set[str] = set()
        self._parted: set[str] = set()

    def take(self, row: Row) -> None:
        """Take the keys of one element into account."""
        self._seen.update(dict.fromkeys(row))
        for key, value in row.items():
            if value:
                (self._parted if isinstance(value, Nested) and value.parted else self._plain).add(key)

    def columns(self) -> list[str]:
        """The keys that are columns, in the order in which they came."""
        return [key for key in self._seen if key in self._plain or key not in self._parted]


def _several(values: list[Any]) -> str | Nested | None:
    if all(isinstance(one, str | bool) for one in values):
        return ";".join(_text(one) or "" for one in values) or None
    return Nested(values)


def _text(value: str | bool | None) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else value.encode("utf-8", "replace").decode()
