"""A CRM in a file: resources with records, three ways of carrying out a batch, and somebody's hand in between.

Every effect is counted, so that a test can see one that was made twice.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from crmgov.model.canonical import Body, digest_of
from crmgov.model.diagnostics import Diagnostic, Place, Route
from crmgov.model.kinds import KINDS
from crmgov.model.operations import Batch, Operation, Outcome
from crmgov.model.provider import (
    Capabilities,
    Identity,
    InFlight,
    Normalised,
    ProviderError,
    Scope,
    ValueStore,
)
from crmgov.model.snapshot import Coverage, Gap, Origin, Snapshot
from crmgov.model.translate import Renames
from crmgov.providers.sql.capable import SqlCatalogue

Mode = Literal["atomic", "each", "forgetful"]
"""atomic: all steps in one batch with a marker. each: three steps a batch, one after the other, each marked. forgetful:
the same without any marker, as most vendors are."""
LOCAL = ("owner", "tags", "protect", "lifecycle", "renamed_from", "complete")


def problem(message: str) -> ProviderError:
    return ProviderError(Diagnostic(code="CRM001", message=message))


class FileCrm:
    """The provider. ``refuses`` names addresses whose change fails, ``alters`` bodies that are kept otherwise."""

    name = "file"

    def __init__(self, path: Path, mode: Mode = "atomic", crash: Callable[[str], None] = lambda _: None) -> None:
        self.path = path
        self.mode = mode
        self.crash = crash
        self.refuses: set[str] = set()
        self.alters: dict[str, Body] = {}
        self.gaps: tuple[Gap, ...] = ()
        self.breaks: dict[str, list[Exception]] = {}
        """Exceptions to raise, by method, one a call."""
        self.lag = 0.0
        self.stale_reads = 0
        self._old: dict[str, Any] | None = None

    # what tests do to it

    def state(self) -> dict[str, Any]:
        if not self.path.exists():
            return {"resources": {}, "records": {}, "done": {}, "effects": {}}
        return dict(json.loads(self.path.read_text()))

    def save(self, state: Mapping[str, Any]) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(state))
        new.replace(self.path)

    def by_hand(self, address: str, body: Body | None) -> None:
        state = self.state()
        if body is None:
            del state["resources"][address]
        else:
            state["resources"][address] = body
        self.save(state)

    def fill(self, address: str, rows: list[list[object]]) -> None:
        state = self.state()
        state["records"][address] = rows
        self.save(state)

    def resources(self) -> dict[str, Body]:
        return dict(self.state()["resources"])

    # the protocol

    def identity(self) -> Identity:
        self._break("identity")
        return Identity(provider="file", instance="f-1", kind="sandbox")

    def capabilities(self) -> Capabilities:
        return Capabilities(
            kinds=frozenset(KINDS), attributes={}, renames=dict.fromkeys(KINDS, "native"), lag=self.lag,
            resets={"Field": {"help": None}},
        )  # fmt: skip

    def catalogue(self) -> Any:
        return SqlCatalogue()

    def read(self, scope: Scope) -> Snapshot:
        self._break("read")
        state = self.state()
        if self.stale_reads and self._old is not None:
            self.stale_reads -= 1
            state = self._old
        wanted = scope.addresses
        chosen = {a: b for a, b in state["resources"].items() if wanted is None or a in wanted}
        return Snapshot.of("file", chosen, coverage=Coverage(kinds=frozenset(KINDS), gaps=self.gaps))

    def locate(self, address: str, route: Route) -> Place | None:
        return None

    def normalise(self, snapshot: Snapshot) -> Normalised:
        bodies = {a: {k: v for k, v in snapshot.body(a).items() if k not in LOCAL} for a in snapshot}
        return Normalised(Snapshot.of("desired", bodies), {a: a for a in bodies})

    def origin(self, address: str) -> Origin:
        return "custom"

    def same(self, address: str) -> str:
        return address.lower()

    def limits(self, snapshot: Snapshot) -> list[Diagnostic]:
        return []

    def batches(self, run: str, operations: Sequence[Operation]) -> list[Batch]:
        size = len(operations) if self.mode == "atomic" else 3
        parts = [operations[at : at + size] for at in range(0, len(operations), size)]
        return [
            Batch(run=run, number=number, operations=tuple(part), atomic=self.mode == "atomic", digest=digest_of([run, part]))
            for number, part in enumerate(parts, 1)
        ]  # fmt: skip

    def submit(self, batch: Batch, blobs: Mapping[str, bytes]) -> bytes:
        self._break("submit")
        return batch.digest.encode()

    def settle(self, batch: Batch, handle: bytes) -> list[Outcome]:
        assert handle == batch.digest.encode()
        self._break("settle")
        self._old = self.state()
        if batch.atomic:
            outcomes = self._at_once(batch)
        else:
            outcomes = [self._one(batch, operation) for operation in batch.operations]
        self._break("settled late")
        return outcomes

    def settled(self, batch: Batch, handle: bytes | None) -> list[Outcome] | None:
        self._break("settled")
        if self.mode == "forgetful":
            return None
        done = self.state()["done"]
        if all(self._mark(batch, operation) in done for operation in batch.operations):
            return [
                Outcome(step=operation.step, status=done[self._mark(batch, operation)])
                for operation in batch.operations
            ]
        return None

    def export(self, operations: Sequence[Operation], store: ValueStore) -> list[Diagnostic]:
        self._break("export")
        records = self.state()["records"]
        for operation in operations:
            rows = records.get(operation.address, []) if operation.action == "remove" else []
            if store.save(operation.address, ["id", "value"], (tuple(row) for row in rows)) != len(rows):
                return [Diagnostic(code="CRM002", message="not all values were written")]
        return []

    def close(self) -> None:
        pass

    # how it does it

    def _break(self, method: str) -> None:
        waiting = self.breaks.get(method)
        if waiting:
            raise waiting.pop(0)

    def _mark(self, batch: Batch, operation: Operation) -> str:
        return f"{batch.digest} {operation.step}"

    def _at_once(self, batch: Batch) -> list[Outcome]:
        state = self.state()
        if self._mark(batch, batch.operations[0]) in state["done"]:
            return [Outcome(step=o.step, status="done") for o in batch.operations]
        bad = [o.step for o in batch.operations if o.address in self.refuses]
        if bad:
            return [
                Outcome(step=o.step, status="failed" if o.step in bad else "not_tried", message="refused")
                for o in batch.operations
            ]
        for operation in batch.operations:
            self._change(state, operation)
            state["done"][self._mark(batch, operation)] = "done"
        self.crash(f"effect {batch.number}")
        self.save(state)
        self.crash(f"after effect {batch.number}")
        return [Outcome(step=o.step, status="done") for o in batch.operations]

    def _one(self, batch: Batch, operation: Operation) -> Outcome:
        state = self.state()
        if operation.address in self.refuses:
            return Outcome(step=operation.step, status="failed", message="refused")
        mark = self._mark(batch, operation)
        there = state["resources"].get(operation.address)
        known = there == operation.after if self.mode == "forgetful" else mark in state["done"]
        if not known:
            self._change(state, operation)
            if self.mode != "forgetful":
                state["done"][mark] = "done"
            self.crash(f"effect {operation.step}")
            self.save(state)
            self.crash(f"after effect {operation.step}")
        return Outcome(step=operation.step, status="done")

    def _change(self, state: dict[str, Any], operation: Operation) -> None:
        resources = state["resources"]
        effects = state["effects"]
        key = f"{operation.step} {operation.action} {operation.address}"
        effects[key] = effects.get(key, 0) + 1
        if operation.renamed_from:
            renames = Renames({operation.renamed_from: operation.address})
            moved = renames.snapshot(Snapshot.of("file", resources))
            state["resources"] = resources = {a: moved.body(a) for a in moved}
        if operation.after is None:
            resources.pop(operation.address, None)
            state["records"].pop(operation.address, None)
        else:
            resources[operation.address] = self.alters.get(operation.address, operation.after)


def in_flight(times: int) -> list[Exception]:
    return [InFlight() for _ in range(times)]
