"""Desired, live and baseline compared, resource by resource. Pure.

Equal digests on both sides of the baseline settle a resource without decoding it, so an unchanged tree of a hundred
thousand resources is compared at the speed of two dictionaries.
"""

from collections.abc import Mapping, Sequence

import msgspec

from crmgov.diff.inputs import Inputs, marked, source_body
from crmgov.diff.renames import after_renames, find_renames
from crmgov.diff.routes import States, Verdict, judge
from crmgov.model.address import parse
from crmgov.model.baseline import Baseline
from crmgov.model.canonical import Body, decode
from crmgov.model.flat import Flat, flatten
from crmgov.model.snapshot import kind_of
from crmgov.model.translate import Renames


class Comparison(msgspec.Struct):
    """Every governed resource in one of these; all addresses are native.

    ``missing`` are gone live though this tree holds them; ``missing_conflicts`` too, but desired moved as well.
    ``gone`` are in the ledger and live, but not in the tree.
    """

    added: list[str] = []
    modified: dict[str, Verdict] = {}
    renamed: dict[str, str] = {}
    """New native address to the old one; what else changes there stands in ``modified``."""
    missing: list[str] = []
    missing_conflicts: list[str] = []
    gone: list[str] = []
    forgotten: list[str] = []
    unread: list[str] = []
    """In the ledger, not in the tree, and where live was not read: nothing is known of them."""
    released: list[str] = []
    adopted: list[str] = []
    converged: list[str] = []
    """Desired moved, and live already is as desired: only the ledger changes."""
    unmanaged: int = 0
    open: list[str] = []
    """What is not as the ledger says, or about which the ledger or the document says something of its own."""


def three_way(inputs: Inputs) -> Comparison:
    """Compare all resources, spelt as live spells them (see ``spelling``). Declared renames are taken as done first, so
    that only what else differs is compared.
    """
    result = Comparison()
    inputs = msgspec.structs.replace(inputs, marked=marked(inputs))
    renamed = find_renames(inputs)
    if renamed:
        result.renamed = {new: old for old, new in renamed.items()}
        inputs = after_renames(inputs, Renames(renamed))
    live, desired = inputs.live.digests, inputs.desired.snapshot.digests
    names, looked_into = inputs.desired.names, inputs.marked or frozenset()
    heads = inputs.baseline.brief
    special = looked_into | {native for native, name in names.items() if name != native}
    # Nearly everything is as it was, so that is told apart first.
    unlike = [
        native
        for native, digest, head, there in zip(
            desired, desired.values(), map(heads.get, desired), map(live.get, desired), strict=True
        )
        if head is None or head.desired != digest or head.observed != there
        or head.protect or head.address or native in special
    ]  # fmt: skip
    for native in unlike:
        head = heads.get(native)
        settled = head is not None and head.desired == desired[native] and head.observed == live.get(native)
        if head is None or not settled or native in looked_into:
            result.open.append(native)
            _compare_one(inputs, native, result)
        elif head.protect or (head.address or native) != names.get(native, native):
            result.open.append(native)
    _compare_rest(inputs, unlike, result)
    return result


def _compare_one(inputs: Inputs, native: str, result: Comparison) -> None:
    source = source_body(inputs, native) if native in (inputs.marked or ()) else {}
    head = inputs.baseline.heads.get(native)
    lifecycle = source.get("lifecycle")
    if isinstance(lifecycle, dict) and lifecycle.get("status") == "released":
        if head is not None:
            result.released.append(native)
        return
    if native in inputs.live.digests:
        _compare_existing(inputs, native, source, result)
        return
    if head is not None:
        moved = head.desired != inputs.desired.snapshot.digests[native]
        (result.missing_conflicts if moved else result.missing).append(native)
    else:
        result.added.append(native)


def _compare_existing(inputs: Inputs, native: str, source: Body, result: Comparison) -> None:
    head = inputs.baseline.heads.get(native)
    desired = inputs.desired.snapshot.digests[native]
    if native not in (inputs.marked or ()) and desired == inputs.live.digests[native]:
        if head is None:
            result.adopted.append(native)
        elif head.desired != desired:
            result.converged.append(native)
        return
    verdict = _judge(inputs, native, source)
    if head is None:
        result.adopted.append(native)
    if verdict.intents or verdict.drifts or verdict.conflicts or verdict.unresettable:
        result.modified[native] = verdict
    elif head is not None and head.desired != inputs.desired.snapshot.digests[native]:
        result.converged.append(native)


def _judge(inputs: Inputs, native: str, source: Body) -> Verdict:
    kind = kind_of(native)
    last, observed = last_states(inputs.baseline, native, kind)
    return judge(
        States(
            kind=kind,
            desired=flatten(kind, inputs.desired.snapshot.body(native)),
            live=flatten(kind, inputs.live.body(native)),
            last=last,
            observed=observed,
            complete=bool(source.get("complete")),
            resets=dict(inputs.capabilities.resets.get(kind, {})),
        )
    )


def last_states(baseline: Baseline, native: str, kind: str) -> tuple[Flat | None, Flat | None]:
    """Desired last and observed last at a native address, as routes; None where nothing was recorded."""
    head = baseline.heads.get(native)
    if head is None or not head.desired:
        return None, None
    observed = baseline.bodies.get(head.observed) if head.observed else b"{}"
    last = baseline.bodies.get(head.desired)
    if last is None or observed is None:
        return None, None
    return flatten(kind, decode(last)), flatten(kind, decode(observed))


def unread(inputs: Inputs, native: str) -> str:
    """Why it is not known whether something is there live; empty where it is known."""
    at = parse(native)
    return inputs.live.coverage.gap(at.kind, at.parent)


def _compare_rest(inputs: Inputs, unlike: Sequence[str], result: Comparison) -> None:
    """What the ledger or the environment holds and the tree does not. Desired ones not ``unlike`` are in all three."""
    desired: Mapping[str, str] = inputs.desired.snapshot.digests
    live, heads = inputs.live.digests, inputs.baseline.brief
    for native in sorted(_beyond(heads, desired, unlike)):
        if native in live:
            result.gone.append(native)
        elif unread(inputs, native):
            result.unread.append(native)
        else:
            result.forgotten.append(native)
    kinds = inputs.desired.snapshot.coverage.kinds
    strange = _beyond(live, desired, unlike)
    result.unmanaged = sum(1 for native in strange if native not in heads and kind_of(native) in kinds)


def _beyond(held: Mapping[str, object], desired: Mapping[str, object], unlike: Sequence[str]) -> set[str]:
    """What is held beyond what is desired; counted before it is looked for, as there mostly is nothing."""
    shared = len(desired) - sum(1 for native in unlike if native not in held)
    return held.keys() - desired.keys() if shared < len(held) else set()
