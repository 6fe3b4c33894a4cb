"""Two states compared, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from crmgov.model.changes import Change
from crmgov.model.flat import build
from crmgov.model.snapshot import kind_of
from crmgov.report.changes import gist, lines, title
from crmgov.report.plain import number
from crmgov.report.text import clean, count, fenced

SHOWN = 60
"""Changes on the first screen."""
FORMAT = "crmgov-diff/1"
_SIGN = {"add": "+", "remove": "-", "modify": "~"}


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """Files that differ between two revisions without a change of what is governed."""

    ungoverned: Mapping[str, int] = {}
    """By the vendor's name of a type that is not governed: how many files differ."""
    alike: int = 0
    """Files of governed types that differ in form alone, or in what is not held of them."""


def render(
    changes: Sequence[Change], form: str, *, left: str, right: str, full: bool, beside: Beside | None = None
) -> str:
    """What ``right`` has that ``left`` has not, as ``human`` text, ``markdown`` or ``json``.

    ``beside`` is known of two revisions alone, and goes into ``json`` with them; the other forms are told of it apart.
    """
    if form == "json":
        data: dict[str, object] = {"format": FORMAT, "before": left, "after": right, "changes": list(changes)}
        data |= {} if beside is None else {"ungoverned": beside.ungoverned, "alike": beside.alike}
        return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2).decode() + "\n"
    text = "\n".join(_text(changes, left, right, full=full)) + "\n"
    return fenced(text, "diff") if form == "markdown" else text


def _text(changes: Sequence[Change], left: str, right: str, *, full: bool) -> list[str]:
    by = Counter(str(change.action) for change in changes)
    head = f"{clean(left)} -> {clean(right)}: "
    if not changes:
        return [head + "no difference"]
    told = [head + f"{number(by['add'])} added, {number(by['modify'])} changed, {number(by['remove'])} removed"]
    for change in changes if full else changes[:SHOWN]:
        told.extend(_change(change, full=full))
    if not full and len(changes) > SHOWN:
        told.append(f"and {count(len(changes) - SHOWN, 'more change')} (--full)")
    return told


def _change(change: Change, *, full: bool) -> list[str]:
    kind = kind_of(change.address)
    if change.action == "modify":
        inner = lines(kind, change.changes)
        most = len(inner) if full else 6
        more = [f"    and {len(inner) - most} more (--full)"] if len(inner) > most else []
        return [f"~ {title(change.address)}", *(f"    {line}" for line in inner[:most]), *more]
    values = {c.route: c.after if change.action == "add" else c.before for c in change.changes}
    body = build(kind, values)
    return [f"{_SIGN[change.action]} {title(change.address, body)} {gist(change.address, body)}".rstrip()]
