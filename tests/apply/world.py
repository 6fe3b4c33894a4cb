"""Plans for the CRM in a file, made as the command line makes them, and runs of them."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from crmgov.apply.resume import resume
from crmgov.apply.session import RunResult, Session
from crmgov.apply.start import apply_plan
from crmgov.diff.inputs import Inputs
from crmgov.ledger.holder import this_process
from crmgov.ledger.open import open_ledger
from crmgov.ledger.protocol import Ledger
from crmgov.model.baseline import History
from crmgov.model.canonical import Body
from crmgov.model.evidence import Evidence
from crmgov.model.kinds.environments import Environment
from crmgov.model.normal import canonical_body
from crmgov.model.plans import HAZARDS, Context, Plan
from crmgov.model.provider import Provider, Scope
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.plan.make import Target, complete, draft
from crmgov.plan.proposals import Options

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ALL = tuple((hazard, None) for hazard in HAZARDS)
_NUMBERS = itertools.count(1)

Tree = Mapping[str, Body]

FIRST: Tree = {
    "Object/Lead": {"label": "Lead"},
    "Field/Lead.Region": {"type": "text", "label": "Region", "length": 40},
    "Field/Lead.Source": {"type": "text", "label": "Source"},
    "Role/Sales": {"label": "Sales"},
}
SECOND: Tree = {
    "Object/Lead": {"label": "Prospect"},
    "Field/Lead.Region": {"type": "text", "label": "Area", "length": 60},
    "Field/Lead.Tier": {"type": "text", "label": "Tier"},
    "Role/Sales": {"label": "Sales"},
    "Role/Support": {"label": "Support", "parent": "Sales"},
}


def spec(**more: Any) -> Environment:
    """An environment's document."""
    body = {"provider": "sql", "connection": {}, "expects": {"instance": "f-1"}} | more
    return msgspec.convert(body, Environment)


def plan_of(crm: Provider, ledger: Ledger, tree: Tree, *, commit: str = "c1", descends: tuple[str, ...] = (),
            options: Options | None = None, **context: Any) -> Plan:  # fmt: skip
    """A plan for a tree against what is live and what the ledger says."""
    source = Snapshot.of("tree", {a: canonical_body(kind_of(a), dict(body)) for a, body in tree.items()})
    desired = crm.normalise(source)
    baseline = ledger.baseline()
    inputs = Inputs(
        desired=desired, source=source, live=crm.read(Scope()), baseline=baseline, capabilities=crm.capabilities(),
        native_name=lambda name: name, same=crm.same, catalogues=(crm.catalogue(),),
    )  # fmt: skip
    descent = {head.commit: "unrelated" for head in baseline.heads.values()}
    descent |= dict.fromkeys((*descends, commit), "descends")
    history = History(commit=commit, author="ana", descent=descent)  # type: ignore[arg-type]
    drafted = draft(inputs, history, options or Options())
    answers = [Evidence(exactness="value", count=1, of=1) for _ in drafted.questions]
    return complete(
        drafted,
        answers,
        Target(environment="test", identity=crm.identity(), protected=False, provider_version=1, chain=baseline.chain),
        Context(**{"tool": "0", "created": "2026-03-04T12:00:00Z", "commit": commit, "author": "ana", **context}),
        desired={desired.snapshot.digests[a]: desired.snapshot.body(a) for a in desired.snapshot},
        blobs={},
        recover={},
    )


def session_of(crm: Provider, ledger: Ledger, **more: Any) -> Session:
    """A session of this process under a new run's name."""
    given: dict[str, Any] = {
        "environment": "test",
        "spec": spec(),
        "holder": this_process(more.pop("run", f"run-{next(_NUMBERS)}")),
        "now": NOW,
        "wait": lambda _: None,
    }
    return Session(provider=crm, ledger=ledger, **(given | more))


def run(crm: Provider, ledger: Ledger, plan: Plan, *, allow: Any = ALL, commit: str = "c1", **more: Any) -> RunResult:
    """Apply a plan with everything allowed."""
    return apply_plan(plan, session_of(crm, ledger, **more), allow=allow, commit=commit, author="ana")


def brought(crm: Provider, ledger: Ledger, tree: Tree, *, commit: str = "c1", **more: Any) -> RunResult:
    """Plan and apply a tree that descends from whatever was applied before."""
    commits = tuple({head.commit for head in ledger.baseline().heads.values()})
    return run(crm, ledger, plan_of(crm, ledger, tree, commit=commit, descends=commits), commit=commit, **more)


def resumed(crm: Provider, ledger: Ledger, take: str = "", **more: Any) -> RunResult:
    """Finish whatever was broken off."""
    return resume(session_of(crm, ledger, **more), take=take)


def codes(result: RunResult) -> list[str]:
    return [diagnostic.code for diagnostic in result.diagnostics]


def sqlite(folder: Path) -> Ledger:
    return open_ledger("sqlite:///ledger.db", "test", folder)
