"""Desired, live and baseline compared, resource by resource. Pure.

Equal digests on both sides of the baseline settle a resource without decoding it, so an unchanged tree of a hundred
thousand resources is compared at the speed of two dictionaries.
"""

from collections.abc import Mapping

import msgspec

from crmgov.diff.inputs import Inputs, marked, source_body
from crmgov.diff.renames import after_renames, find_renames
from crmgov.diff.routes import States, Verdict, judge
from crmgov.model.address import parse
from crmgov.model.baseline import Baseline, Head
from crmgov.model.canonical import Body, decode
from crmgov.model.flat import Flat, flatten
from crmgov.model.snapshot import kind_of
from crmgov.model.translate import Renames


class Comparison(msgspec.Struct):
    """Every governed resource in one of these; all addresses are native.

    ``live_address`` gives the live spelling where the CRM folds names. ``missing`` are gone live though this tree holds
    them; ``conflicts`` too, but desired moved as well. ``gone`` are in the ledger and live, but not in the tree.
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
    live_address: dict[str, str] = {}


def three_way(inputs: Inputs) -> Comparison:
    """Compare all resources. Declared renames are taken as done first, so that only what else differs is compared."""
    result = Comparison()
    inputs = msgspec.structs.replace(inputs, marked=marked(inputs))
    renamed = find_renames(inputs)
    if renamed:
        result.renamed = {new: old for old, new in renamed.items()}
        inputs = after_renames(inputs, Renames(renamed))
    live_of = _Matcher(inputs)
    matched: set[str] = set()
    heads = inputs.baseline.heads
    live_digests = inputs.live.digests
    looked_into = inputs.marked or frozenset()
    for native, digest in inputs.desired.snapshot.digests.items():
        head = heads.get(native)
        live_digest = live_digests.get(native)
        if live_digest is not None:
            matched.add(native)
            if native not in looked_into and _settled(head, digest, live_digest):
                _note(head, native, digest, result)
                continue
        found = native if live_digest is not None else live_of(native)
        if found is not None:
            matched.add(found)
            if found != native:
                result.live_address[native] = found
        _compare_one(inputs, native, found, result)
    _compare_rest(inputs, matched, result)
    return result


class _Matcher:
    """Finds the live spelling of a native address; the folded index is built when first needed."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._folded: dict[str, str] | None = None

    def __call__(self, native: str) -> str | None:
        if self._folded is None:
            self._folded = {self._inputs.same(address): address for address in self._inputs.live.digests}
        return self._folded.get(self._inputs.same(native))


def _settled(head: Head | None, desired: str, live: str) -> bool:
    """Whether digests alone show that nothing is to be done: both sides are as recorded, or live is as desired."""
    return desired == live or (head is not None and head.desired == desired and head.observed == live)


def _note(head: Head | None, native: str, desired: str, result: Comparison) -> None:
    if head is None:
        result.adopted.append(native)
    elif head.desired != desired:
        result.converged.append(native)


def _compare_one(inputs: Inputs, native: str, found: str | None, result: Comparison) -> None:
    source = source_body(inputs, native)
    head = inputs.baseline.heads.get(native)
    lifecycle = source.get("lifecycle")
    if isinstance(lifecycle, dict) and lifecycle.get("status") == "released":
        if head is not None:
            result.released.append(native)
        return
    if found is not None:
        _compare_existing(inputs, native, found, source, result)
        return
    if head is not None and head.observed:
        moved = head.desired != inputs.desired.snapshot.digests[native]
        (result.missing_conflicts if moved else result.missing).append(native)
    else:
        result.added.append(native)


def _compare_existing(inputs: Inputs, native: str, found: str, source: Body, result: Comparison) -> None:
    head = inputs.baseline.heads.get(native)
    verdict = _judge(inputs, native, found, source)
    if head is None:
        result.adopted.append(native)
    if verdict.intents or verdict.drifts or verdict.conflicts or verdict.unresettable:
        result.modified[native] = verdict
    elif head is not None and head.desired != inputs.desired.snapshot.digests[native]:
        result.converged.append(native)


def _judge(inputs: Inputs, native: str, found: str, source: Body) -> Verdict:
    kind = kind_of(native)
    last, observed = last_states(inputs.baseline, native, kind)
    return judge(
        States(
            kind=kind,
            desired=flatten(kind, inputs.desired.snapshot.body(native)),
            live=flatten(kind, inputs.live.body(found)),
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


def _compare_rest(inputs: Inputs, matched: set[str], result: Comparison) -> None:
    """What the ledger or the environment holds and the tree does not."""
    desired: Mapping[str, str] = inputs.desired.snapshot.digests
    live = inputs.live.digests
    for native in inputs.baseline.heads:
        if native in desired:
            continue
        if native in live:
            result.gone.append(native)
            matched.add(native)
        elif unread(inputs, native):
            result.unread.append(native)
        else:
            result.forgotten.append(native)
    kinds = inputs.desired.snapshot.coverage.kinds
    result.unmanaged = sum(1 for address in live if address not in matched and kind_of(address) in kinds)
