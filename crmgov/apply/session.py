"""What an apply works with, and how it speaks to the outside."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from crmgov.apply import codes
from crmgov.apply.places import NoPlace, Place
from crmgov.ledger.entries import ExportRecorded
from crmgov.ledger.holder import Holder
from crmgov.ledger.protocol import Ledger
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.kinds.environments import Environment
from crmgov.model.operations import Outcome
from crmgov.model.provider import Provider

Status = Literal["done", "failed", "conflict", "refused", "locked", "unable", "interrupted", "nothing"]
"""done: every step took effect. failed: some did not. conflict: stopped because something else changed live state.
refused: by a guard, nothing was changed. locked: another run holds the lock. unable: the outside could not be read,
nothing was changed. interrupted: the run is still open and must be resumed. nothing: there was nothing to resume."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Progress of a run. ``batch`` counts from 1 up to ``batches``."""

    what: Literal["checking", "locked", "opened", "batch", "exported", "waiting", "settled", "closed"]
    batch: int = 0
    batches: int = 0
    outcomes: tuple[Outcome, ...] = ()
    text: str = ""


class RunResult(msgspec.Struct, frozen=True, kw_only=True):
    """How an apply or a resume ended. ``stage`` names the guard that refused; ``holder`` who holds the lock."""

    run: str
    status: Status
    stage: str = ""
    outcomes: tuple[Outcome, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    exports: tuple[ExportRecorded, ...] = ()
    holder: Holder | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Steps by outcome."""
        return count(self.outcomes)


def count(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Steps by outcome; what there is none of is left out."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[outcome.status] = counts.get(outcome.status, 0) + 1
    return counts


def _silent(_: Event) -> None:
    pass


def _never(_: str) -> None:
    pass


class Session:
    """One process's attempt at a run: whom it talks to, who it is, and when it began.

    ``holder`` names the run and this process. ``now`` is the moment of the start (with a time zone); later moments are
    counted from it. ``place`` is where values go before they are destroyed. ``report`` is told of progress and can not
    disturb the run. ``crash`` is called before and after every entry of the journal and around every effect; tests end
    the process there. ``wait`` lets seconds pass; ``patience`` is how many are spent on work still in flight.
    """

    def __init__(
        self,
        *,
        provider: Provider,
        ledger: Ledger,
        environment: str,
        spec: Environment,
        holder: Holder,
        now: datetime,
        place: Place | NoPlace | None = None,
        report: Callable[[Event], None] = _silent,
        crash: Callable[[str], None] = _never,
        wait: Callable[[float], None] = time.sleep,
        patience: float = 900.0,
    ) -> None:
        self.provider = provider
        self.ledger = ledger
        self.environment = environment
        self.spec = spec
        self.holder = holder
        self.now = now
        self.place = place or NoPlace("the environment names none")
        self.crash = crash
        self.wait = wait
        self.patience = patience
        self.problems: list[Diagnostic] = []
        self._report = report
        self._begun = time.monotonic()

    @property
    def run(self) -> str:
        """The run's name."""
        return self.holder.run

    def at(self) -> str:
        """This moment, as entries hold it."""
        moment = self.now + timedelta(seconds=time.monotonic() - self._begun)
        return moment.isoformat(timespec="milliseconds")

    def tell(self, event: Event) -> None:
        """Report progress; what goes wrong in that is noted once and disturbs nothing."""
        try:
            self._report(event)
        except Exception as error:  # report code can never change a run's outcome
            if not self.problems:
                self.problems.append(of(codes.REPORT_FAILED, f"Progress could not be shown: {type(error).__name__}"))

    def result(
        self,
        status: Status,
        *diagnostics: Diagnostic,
        stage: str = "",
        outcomes: Sequence[Outcome] = (),
        exports: Sequence[ExportRecorded] = (),
        holder: Holder | None = None,
    ) -> RunResult:
        """The result of this session."""
        return RunResult(
            run=self.run,
            status=status,
            stage=stage,
            outcomes=tuple(outcomes),
            diagnostics=(*diagnostics, *self.problems),
            exports=tuple(exports),
            holder=holder,
        )
