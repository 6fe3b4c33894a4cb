"""The runs of an environment in words."""

from collections.abc import Sequence

import msgspec

from crmgov.ledger.entries import (
    AuditRecorded,
    Entry,
    ExportPurged,
    ExportRecorded,
    HeadsChanged,
    LockTaken,
    RunClosed,
    RunOpened,
)
from crmgov.report.text import clean, count

FORMAT = "crmgov-history/1"
SHOWN = 20
"""Runs on the first screen."""


class Run(msgspec.Struct, kw_only=True):
    """One run, summed up from its entries."""

    run: str
    began: str
    commit: str = ""
    author: str = ""
    by: str = ""
    plan: str = ""
    steps: int = 0
    ended: str = ""
    status: str = "open"
    counts: dict[str, int] = {}
    adopted: int = 0
    exports: list[str] = []
    purged: list[str] = []
    takeovers: int = 0


def runs(entries: Sequence[Entry]) -> list[Run]:
    """All runs, newest first."""
    found: dict[str, Run] = {}
    for entry in entries:
        if isinstance(entry.what, AuditRecorded):
            continue
        run = found.setdefault(entry.run, Run(run=entry.run, began=entry.at))
        what = entry.what
        if isinstance(what, RunOpened):
            run.commit, run.author, run.plan, run.steps = what.commit, what.author, what.plan, what.steps
            run.by = what.holder.user
        elif isinstance(what, RunClosed):
            run.ended, run.status, run.counts = entry.at, what.status, what.counts
        elif isinstance(what, HeadsChanged):
            run.adopted += len(what.set) if what.batch is None else 0
        elif isinstance(what, ExportRecorded):
            run.exports = [*run.exports, what.file]
        elif isinstance(what, ExportPurged):
            run.purged = [*run.purged, what.file]
        elif isinstance(what, LockTaken):
            run.takeovers += 1
    return list(reversed(found.values()))


def render(environment: str, entries: Sequence[Entry], form: str, *, full: bool) -> str:
    """The history as ``human`` text or ``json``."""
    told = runs(entries)
    if form == "json":
        data = {"format": FORMAT, "environment": environment, "runs": told}
        return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2).decode() + "\n"
    if not told:
        return f"{clean(environment)}: nothing was applied from here yet\n"
    lines = [f"{clean(environment)}: {count(len(told), 'run')}"]
    for run in told if full else told[:SHOWN]:
        lines.extend(_lines(run))
    if not full and len(told) > SHOWN:
        lines.append(f"and {count(len(told) - SHOWN, 'earlier run')} (--full)")
    return "\n".join(lines) + "\n"


def _lines(run: Run) -> list[str]:
    commit = f" config {run.commit[:7]}" if run.commit else " config not in git"
    author = f" ({clean(run.author)})" if run.author else ""
    outcome = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in run.counts.items() if number)
    told = [f"{run.began[:16].replace('T', ' ')}  {clean(run.run)}  {run.status:<9}{commit}{author}"]
    detail = outcome or ("nothing to change" if run.status == "done" else count(run.steps, "step"))
    if run.adopted:
        detail += f", {run.adopted:,} recorded in the ledger"
    told.append(f"    {detail}")
    told += [f"    values exported to {clean(file)}" for file in run.exports]
    told += [f"    exported values removed after their time: {clean(file)}" for file in run.purged]
    if run.status == "open":
        told.append("    not finished: crmgov apply --resume finishes it")
    return told
