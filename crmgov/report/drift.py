"""Drift in words."""

from collections.abc import Sequence

import msgspec

from crmgov.model.plans import Deviation
from crmgov.model.snapshot import kind_of
from crmgov.report.changes import lines, title
from crmgov.report.text import clean, count, fenced

FORMAT = "crmgov-drift/1"
SHOWN = 60
"""Resources on the first screen."""


def render(found: Sequence[Deviation], form: str, *, environment: str, known: bool, full: bool) -> str:
    """Drift of one environment as ``human`` text, ``markdown`` or ``json``. ``known``: something was applied before."""
    if form == "json":
        data = {"format": FORMAT, "environment": environment, "known": known, "drift": list(found)}
        return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2).decode() + "\n"
    text = "\n".join(_text(found, environment, known=known, full=full)) + "\n"
    return fenced(text, "diff") if form == "markdown" else text


def _text(found: Sequence[Deviation], environment: str, *, known: bool, full: bool) -> list[str]:
    name = clean(environment)
    if not known:
        return [f"{name}: nothing was applied from here yet, so nothing can have drifted"]
    if not found:
        return [f"{name}: no drift; everything governed is as it was after the last apply"]
    told = [f"{name}: {count(len(found), 'resource')} changed by hand since the last apply"]
    for deviation in found if full else found[:SHOWN]:
        told.append(f"! {title(deviation.address)}" + (f" {clean(deviation.text)}" if deviation.text else ""))
        told.extend(f"    {line}" for line in lines(kind_of(deviation.native), deviation.changes))
        if deviation.sort == "conflict":
            told.append("    also changed in the configuration: settle it with plan --take yaml|live")
    if not full and len(found) > SHOWN:
        told.append(f"and {count(len(found) - SHOWN, 'more resource')} (--full)")
    first = found[0].address
    told.append(f"Keep it: crmgov pull {name} --only '{first}'. Undo it: crmgov plan {name} --revert '{first}'.")
    return told
