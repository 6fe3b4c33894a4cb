"""One environment under governance: planned, applied and resumed with a ledger, each time as a new process would."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from crmgov.apply.session import RunResult
from crmgov.ledger.open import open_ledger
from crmgov.ledger.protocol import Ledger
from crmgov.model.canonical import Body
from crmgov.model.kinds.environments import Environment
from crmgov.model.plans import Plan
from crmgov.model.provider import Provider, Scope
from crmgov.model.snapshot import Snapshot
from crmgov.plan.proposals import Options
from tests.apply.world import plan_of, resumed, run, spec

Reopen = Callable[[], Provider]
"""Opens the same environment again, as another process would."""
Tree = Mapping[str, Body]
_NUMBERS = itertools.count(1)


class Site:
    """An environment and its ledger.

    ``reopen`` opens the environment; ``folder`` takes the ledger; ``files`` gives the environment's files with their
    bytes, where it consists of files, by names that begin with its own. Every tree is applied as the child of all
    that were applied before.
    """

    def __init__(self, reopen: Reopen, folder: Path, files: Callable[[], Mapping[str, bytes]] = dict) -> None:
        self.reopen = reopen
        self.folder = folder
        self.files = files
        self.place = f"sqlite:///ledger-{next(_NUMBERS)}.db"
        self.commits: list[str] = []

    def ledger(self) -> Ledger:
        """The ledger, opened anew."""
        return open_ledger(self.place, "test", self.folder)

    @contextmanager
    def opened(self) -> Iterator[tuple[Provider, Ledger]]:
        """Environment and ledger for as long as one process would hold them."""
        with closing(self.reopen()) as provider, closing(self.ledger()) as ledger:
            yield provider, ledger

    def live(self) -> Snapshot:
        """What the environment holds."""
        with closing(self.reopen()) as provider:
            return provider.read(Scope())

    def plan(self, tree: Tree, options: Options | None = None) -> Plan:
        """The plan for a tree."""
        with self.opened() as (provider, ledger):
            return plan_of(provider, ledger, tree, commit=self._commit(), descends=tuple(self.commits), options=options)

    def _commit(self) -> str:
        return f"c{len(self.commits) + 1}"

    def apply(self, plan: Plan, **more: Any) -> RunResult:
        """Apply a plan with everything allowed."""
        with self.opened() as (provider, ledger):
            return run(provider, ledger, plan, commit=self._commit(), spec=expecting(provider), **more)

    def bring(self, tree: Tree, plan: Plan | None = None) -> Plan:
        """Plan and apply a tree, which must succeed; returns the plan (or takes it, where it was made already)."""
        plan = plan or self.plan(tree)
        assert errors(plan) == []
        result = self.apply(plan)
        assert [result.status, *(d.message for d in result.diagnostics), *troubles(result)] == ["done"]
        self.commits.append(self._commit())
        return plan

    def resume(self) -> RunResult:
        """Finish what was broken off."""
        with self.opened() as (provider, ledger):
            return resumed(provider, ledger, spec=expecting(provider))

    def story(self) -> tuple[Any, ...]:
        """All that runs leave behind, but for names and times."""
        with self.opened() as (provider, ledger):
            heads = {native: (h.desired, h.observed) for native, h in ledger.baseline().heads.items()}
            live = dict(provider.read(Scope()).bodies)
            files = {name.partition("/")[2]: data for name, data in self.files().items()}
            return live, heads, list(ledger.verify()), ledger.holder(), files


Fresh = Callable[[], Site]
"""Makes a new environment with each call, holding what every environment of its sort holds."""
Effects = Callable[[Callable[[str], None]], AbstractContextManager[None]]
"""Lets a function be called at every single effect on the environment, where effects can be told apart."""


def expecting(provider: Provider) -> Environment:
    """The document of the environment behind a provider."""
    return spec(provider=provider.name, expects={"instance": provider.identity().instance})


def errors(plan: Plan) -> list[str]:
    """What forbids a plan."""
    return [f"{d.code} {d.message}" for d in plan.context.diagnostics if d.severity == "error"]


def troubles(result: RunResult) -> list[str]:
    """What went otherwise than it should, step by step."""
    return [f"{o.status}: {o.message}" for o in result.outcomes if o.status != "done"]
