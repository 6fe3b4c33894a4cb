"""A small world for planning: plain snapshots on both sides, no provider needed."""

from collections.abc import Mapping

from crmgov.diff.inputs import Inputs
from crmgov.model.baseline import Baseline, Head, History
from crmgov.model.canonical import Body, digest, encode
from crmgov.model.evidence import Evidence
from crmgov.model.kinds import KINDS
from crmgov.model.normal import canonical_body
from crmgov.model.plans import Context, Plan
from crmgov.model.provider import Capabilities, Identity, Normalised
from crmgov.model.snapshot import Coverage, Snapshot, kind_of
from crmgov.plan.make import Target, complete, draft
from crmgov.plan.proposals import Draft, Options

LOCAL = ("owner", "tags", "protect", "lifecycle", "renamed_from", "complete")
CAPABILITIES = Capabilities(
    kinds=frozenset(KINDS),
    attributes={},
    renames=dict.fromkeys(KINDS, "native"),
    resets={"Field": {"required": False, "help": None}},
)
TARGET = Target(
    environment="production",
    identity=Identity(provider="sql", instance="1", kind="production"),
    protected=False,
    provider_version=1,
    chain="",
)
ALL_KNOWN = History(commit="c2", descent={"c1": "descends"})


def tree(resources: Mapping[str, Body], coverage: Coverage | None = None) -> Snapshot:
    bodies = {a: canonical_body(kind_of(a), body) for a, body in resources.items()}
    return Snapshot.of("tree", bodies, coverage=coverage)


def stored(source: Snapshot) -> Normalised:
    bodies = {a: {k: v for k, v in source.body(a).items() if k not in LOCAL} for a in source}
    return Normalised(Snapshot.of("desired", bodies), {a: a for a in bodies})


def applied(desired: Mapping[str, Body], live: Mapping[str, Body], **head: object) -> Baseline:
    """The baseline after ``desired`` was applied by commit c1 and ``live`` was read back."""
    wanted, seen = stored(tree(desired)).snapshot, tree(live)
    heads = {
        a: Head(
            address=a, desired=wanted.digests[a], observed=seen.digests.get(a, ""), commit="c1", author="ana", **head
        )
        for a in wanted
    }
    return Baseline(heads, {**{digest(b): b for b in wanted.bodies.values()}, **{digest(b): b for b in seen.bodies.values()}}, exists=True)  # fmt: skip


def drafted(
    desired: Mapping[str, Body],
    live: Mapping[str, Body],
    baseline: Baseline | None = None,
    history: History = ALL_KNOWN,
    options: Options | None = None,
    *,
    coverage: Coverage | None = None,
) -> Draft:
    return draft(inputs_of(desired, live, baseline, coverage), history, options or Options())


def inputs_of(
    desired: Mapping[str, Body],
    live: Mapping[str, Body],
    baseline: Baseline | None = None,
    coverage: Coverage | None = None,
) -> Inputs:
    """What is compared, everything by the name it has in the repository."""
    source = tree(desired)
    return Inputs(
        desired=stored(source),
        source=source,
        live=tree(live, coverage),
        baseline=baseline or Baseline(),
        capabilities=CAPABILITIES,
        native_name=lambda name: name,
        same=str.lower,
    )


def finished(result: Draft, counts: Mapping[str, int] | None = None) -> Plan:
    """The plan, every question answered with the count for its type (default 0)."""
    answers = [Evidence(exactness="value", count=(counts or {}).get(q.type, 0), of=10) for q in result.questions]
    context = Context(tool="0", created="2026-01-01T00:00:00Z", commit="c2", author="ana")
    return complete(result, answers, TARGET, context, desired={}, blobs={}, recover={})


def lines(result: Draft) -> list[str]:
    """Proposals in one line each: action, address, routes."""
    return [
        f"{step.action} {step.address} "
        + ",".join("/".join(change.route).replace("\0", "$") for change in step.changes)
        for step in sorted(result.proposals, key=lambda step: step.native)
    ]


def bytes_of(body: Body) -> bytes:
    return encode(body)
