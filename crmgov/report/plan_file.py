"""Saved plans: written whole or not at all, read with care."""

from pathlib import Path

import msgspec

from crmgov.model.plans import FORMAT, Plan
from crmgov.write.atomic import replace_file

LIMIT = 512 * 1024 * 1024
"""Most bytes of a plan that are read."""


class NotAPlan(ValueError):  # noqa: N818 - says what the file is not
    """The file is no plan this version reads; the message says why."""


def write_plan(path: Path, plan: Plan) -> None:
    """Save a plan as one line of JSON with keys in order."""
    replace_file(path, _bytes(plan))


def _bytes(plan: Plan) -> bytes:
    return msgspec.json.encode(plan, order="deterministic") + b"\n"


def read_plan(path: Path) -> Plan:
    """Read a saved plan, edited or not; :meth:`Plan.intact` tells. Raises NotAPlan and OSError."""
    return _decoded(_data(path))


def read_exactly(path: Path) -> Plan:
    """Read a plan that is byte for byte as it was saved. Raises NotAPlan and OSError.

    Digests cover what a plan says; this covers the rest: keys nobody knows, spaces, other spellings of a value.
    """
    data = _data(path)
    plan = _decoded(data)
    if not plan.intact() or _bytes(plan) != data:
        raise NotAPlan("it was edited or damaged after it was made")
    return plan


def _data(path: Path) -> bytes:
    if path.stat().st_size > LIMIT:
        raise NotAPlan(f"it is larger than {LIMIT} bytes")
    return path.read_bytes()


def _decoded(data: bytes) -> Plan:
    try:
        head = msgspec.json.decode(data)
        if not isinstance(head, dict) or "format" not in head:
            raise NotAPlan("it is not a plan")
        if head["format"] != FORMAT:
            raise NotAPlan(f"its format is {head['format']!r}, this version reads {FORMAT}")
        return msgspec.json.decode(data, type=Plan)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise NotAPlan(f"it is damaged: {error}") from error
