"""A run's work: its batches, and how far each has come according to the journal."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crmgov.apply import codes
from crmgov.apply.states import name_before, needed_steps, object_renames, own_steps
from crmgov.ledger.entries import (
    BatchIntent,
    BatchSettled,
    BatchSubmitted,
    Entry,
    ExportRecorded,
    HeadsChanged,
    RunOpened,
)
from crmgov.ledger.protocol import Ledger
from crmgov.model.baseline import Head
from crmgov.model.canonical import digest, encode
from crmgov.model.diagnostics import of
from crmgov.model.operations import Batch, Operation, Outcome, OutcomeStatus
from crmgov.model.plans import Core, Record, Step
from crmgov.model.provider import Provider, ProviderError
from crmgov.model.snapshot import Snapshot
from crmgov.plan.operations import operation, renames_of

EFFECTIVE: frozenset[OutcomeStatus] = frozenset({"done", "altered", "cannot_undo"})
"""Outcomes after which a step's change is known to be there."""


class Progress(msgspec.Struct):
    """How far one batch has come. ``read`` says that it was read back and its heads are written."""

    intent: bool = False
    handle: bytes | None = None
    outcomes: tuple[Outcome, ...] | None = None
    read: bool = False


class Work:
    """Everything a run knows of itself.

    ``heads`` are those from before the run, ``keep`` native addresses whose heads keep their commit. ``observed`` holds
    digests of what was read back in this run by native address (empty: nothing was there).
    """

    def __init__(
        self,
        core: Core,
        batches: Sequence[Batch],
        heads: Mapping[str, Head],
        *,
        commit: str,
        author: str,
        keep: Iterable[str] = (),
    ) -> None:
        self.core = core
        self.batches = batches
        self.heads = heads
        self.commit = commit
        self.author = author
        self.keep = frozenset(keep)
        self.steps: dict[int, Step] = {step.id: step for step in core.steps}
        self.records: dict[str, Record] = {record.native: record for record in core.records}
        self.progress = [Progress() for _ in batches]
        self.outcomes: dict[int, Outcome] = {}
        self.observed: dict[str, str] = {}
        self.exports: list[ExportRecorded] = []
        self.removals = [step for step in core.steps if step.uses]
        self.name_before = name_before(core)
        self._own = own_steps(core)
        self._renamed = object_renames(core)

    def settle(self, outcomes: Iterable[Outcome]) -> None:
        """Note what became of steps."""
        self.outcomes |= {outcome.step: outcome for outcome in outcomes}

    def effective(self, steps: Iterable[int]) -> bool:
        """Whether all these steps are known to have taken effect."""
        return all(step in self.outcomes and self.outcomes[step].status in EFFECTIVE for step in steps)

    def blocked(self, batch: Batch) -> list[int]:
        """Steps outside the batch that its steps need and that did not take effect."""
        inside = {item.step for item in batch.operations}
        needed = {other for item in batch.operations for other in self.steps[item.step].after} - inside
        return sorted(other for other in needed if not self.effective([other]))

    def needed(self, record: Record) -> list[int]:
        """The steps that must have taken effect before a record holds."""
        return needed_steps(record, self._own, self._renamed)

    def owners(self, native: str) -> list[int]:
        """The steps that make, change or take away what has this address."""
        return self._own.get(native, [])

    def follow(self, entries: Iterable[Entry]) -> None:
        """Take over what the journal says of this run."""
        for entry in entries:
            what = entry.what
            if isinstance(what, BatchIntent):
                self.progress[what.batch].intent = True
            elif isinstance(what, BatchSubmitted):
                self.progress[what.batch].handle = what.handle
            elif isinstance(what, BatchSettled):
                self.progress[what.batch].outcomes = what.outcomes
                self.settle(what.outcomes)
            elif isinstance(what, ExportRecorded):
                self.exports.append(what)
            elif isinstance(what, HeadsChanged) and what.batch is not None:
                self.progress[what.batch].read = True
                self.settle(what.outcomes)
                self.observed |= what.seen


def grouped(core: Core, live: Snapshot, provider: Provider, run: str) -> list[Batch]:
    """A plan's steps as batches, in the provider's grouping; raises ``ProviderError`` where that
    lost the order, or where the steps make no sense.
    """
    try:
        renames = renames_of(core)
        operations: list[Operation] = [operation(step, live, renames) for step in core.steps]
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        # A plan made by this version never comes here; one that somebody forged may hold anything.
        raise ProviderError(of(codes.EDITED, "The plan's steps cannot be made from what is live")) from error
    batches = provider.batches(run, operations) if operations else []
    if [item.step for batch in batches for item in batch.operations] != [item.step for item in operations]:
        raise ProviderError(of(codes.BROKEN_GROUPS, f"{provider.name} gave back other steps than it was given"))
    return batches


def stored(core: Core, batches: Sequence[Batch]) -> tuple[str, tuple[str, ...], dict[str, bytes]]:
    """The bodies that a resume needs: digest of the core without its bodies, digests of the batches, and all bytes."""
    slim = encode(msgspec.structs.replace(core, desired={}))
    bodies = {name: encode(body) for name, body in core.desired.items()}
    texts = [encode(batch) for batch in batches]
    names = [digest(text) for text in texts]
    bodies |= {digest(slim): slim, **dict(zip(names, texts, strict=True))}
    return digest(slim), tuple(names), bodies


def restored(opened: RunOpened, ledger: Ledger) -> tuple[Core, list[Batch]]:
    """The plan's core (without bodies) and the batches of a run that was opened before."""
    core = msgspec.json.decode(ledger.body(opened.core), type=Core)
    return core, [msgspec.json.decode(ledger.body(name), type=Batch) for name in opened.batches]
