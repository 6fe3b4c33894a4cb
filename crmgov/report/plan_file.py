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
    replace_file(path, msgspec.json.encode(plan, order="deterministic") + b"\n")


def read_plan(path: Path) -> Plan:
    """Read a saved plan, edited or not; :meth:`Plan.intact` tells. Raises NotAPlan and OSError."""
    if path.stat().st_size > LIMIT:
        raise NotAPlan(f"it is larger than {LIMIT} bytes")
    data = path.read_bytes()
    try:
        head = msgspec.json.decode(data)
        if not isinstance(head, dict) or "format" not in head:
            raise NotAPlan("it is not a plan")
        if head["format"] != FORMAT:
            raise NotAPlan(f"its format is {head['format']!r}, this version reads {FORMAT}")
        return msgspec.json.decode(data, type=Plan)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise NotAPlan(f"it is damaged: {error}") from error
