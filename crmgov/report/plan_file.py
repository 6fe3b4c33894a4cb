"""Saved plans: written whole or not at all, read with care."""

from pathlib import Path

import msgspec

from crmgov.load.saved import TOO_DEEP, UnfitError, oddity, saved_bytes
from crmgov.model.diagnostics import brief
from crmgov.model.plan_faults import plan_faults
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
    """Read a saved plan, edited or not; :meth:`Plan.intact` tells. Raises NotAPlan."""
    return _sound(_decoded(_data(path)))


def read_exactly(path: Path) -> Plan:
    """Read a plan that is byte for byte as it was saved. Raises NotAPlan.

    Digests cover what a plan says; this covers the rest: keys nobody knows, spaces, other spellings of a value.
    """
    data = _data(path)
    plan = _decoded(data)
    if not plan.intact() or _bytes(plan) != data:
        raise NotAPlan("it was edited or damaged after it was made")
    return _sound(plan)


def _sound(plan: Plan) -> Plan:
    faults = plan_faults(plan)
    if faults:
        raise NotAPlan(f"it was not written by crmgov: {faults[0]}")
    return plan


def _data(path: Path) -> bytes:
    try:
        return saved_bytes(path, LIMIT)
    except UnfitError as error:
        raise NotAPlan(str(error)) from error


def _decoded(data: bytes) -> Plan:
    try:
        head = msgspec.json.decode(data)
        if not isinstance(head, dict) or "format" not in head:
            raise NotAPlan("it is not a plan")
        if head["format"] != FORMAT:
            raise NotAPlan(f"its format is {brief(str(head['format']))}, this version reads {FORMAT}")
        odd = oddity(head)
        if odd:
            raise NotAPlan(odd)
        return msgspec.json.decode(data, type=Plan)
    except RecursionError as error:
        raise NotAPlan(TOO_DEEP) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAPlan(f"it is damaged: {error}") from error
