"""Audits kept in the ledger of an environment: read for comparison, and added to."""

import datetime as dt
from contextlib import closing
from typing import NamedTuple

from crmgov.audit.aggregates import Aggregates, aggregates, read, written
from crmgov.audit.run import Audit
from crmgov.cli.app import App
from crmgov.cli.revision import history
from crmgov.cli.trouble import Stop, stop
from crmgov.cli.workspace import Workspace
from crmgov.ledger.entries import AuditRecorded, Entry
from crmgov.ledger.errors import LedgerError
from crmgov.model.audits import Past
from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Diagnostic, brief

MOST = 24
"""Earlier audits that are looked at: two years of monthly ones."""


class Kept(NamedTuple):
    """Earlier audits of one environment, oldest first, up to the one that is compared with, which is the last."""

    audits: tuple[Aggregates, ...] = ()

    @property
    def last(self) -> Aggregates | None:
        """The audit that is compared with."""
        return self.audits[-1] if self.audits else None

    def past(self) -> dict[str, tuple[Past, ...]]:
        """By address of a field, its shares in each of these audits."""
        found: dict[str, list[Past]] = {}
        for one in self.audits:
            for address, held in one.fields.items():
                found.setdefault(address, []).append(Past(time=one.time, filled=held.filled, recent=held.recent))
        return {address: tuple(past) for address, past in found.items()}


def kept(workspace: Workspace, environment: str | None, against: str | None) -> Kept:
    """The earlier audits; ``against`` is a day or a run: the last audit up to that day's end, or before that run.

    Ends the verb where it names neither. A ledger that cannot be read holds none: comparing is not what was asked for.
    """
    if environment is None:
        return Kept()
    try:
        with closing(workspace.ledger(environment)) as ledger:
            entries = list(ledger.entries())
            chosen = _before(entries, against) if against else entries
            named = [one.what.figures for one in chosen if isinstance(one.what, AuditRecorded)]
            found = [read(ledger.body(name)) for name in named[-MOST:]]
    except (LedgerError, KeyError) as error:
        if against and isinstance(error, LedgerError):
            raise Stop(2, [error.diagnostic]) from error
        return Kept()
    return Kept(tuple(one for one in found if one is not None))


def _before(entries: list[Entry], against: str) -> list[Entry]:
    """The entries up to the end of a day, or before the first of a run."""
    try:
        end = (dt.date.fromisoformat(against) + dt.timedelta(days=1)).isoformat()
        return [entry for entry in entries if entry.at < end]
    except (ValueError, OverflowError):
        first = next((number for number, entry in enumerate(entries) if entry.run.startswith(against)), None)
    if first is None:
        raise stop("CLI006", f"No run and no day is called {brief(against)}", mend="Name one of crmgov history.")
    return entries[:first]


def keep(
    app: App, workspace: Workspace, environment: str, audit: Audit, findings: list[Diagnostic], held_in: str
) -> None:
    """Add an audit to the ledger of an environment something was applied to. Where that cannot be, a note says so."""
    now = dt.datetime.now(dt.UTC)
    time = now.isoformat(timespec="seconds").replace("+00:00", "Z")
    commit = history(workspace.root, ()).commit
    data = written(aggregates(audit, findings, audit.scorecard, time=time, source=held_in, commit=commit))
    try:
        with closing(workspace.ledger(environment)) as ledger:
            if ledger.identity() is not None:
                ledger.note(AuditRecorded(figures=digest(data)), data, run=now.strftime("audit-%Y%m%dT%H%M%S"), at=time)
    except LedgerError as error:
        told = error.diagnostic
        app.note(f"Not kept for comparison: {told.message}" + (f". {told.mend}" if told.mend else ""))
