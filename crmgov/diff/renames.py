"""Declared renames: found, and taken as done before anything else is compared. Pure."""

import msgspec

from crmgov.diff.inputs import Inputs, marked, source_body
from crmgov.model.address import address, parse
from crmgov.model.baseline import Baseline, Head
from crmgov.model.canonical import Body, decode, digest, encode
from crmgov.model.translate import Renames


def find_renames(inputs: Inputs) -> dict[str, str]:
    """Old native address to new one, for every declared rename that is still to be done.

    A rename is done when the new name is live; it never takes a name that the tree still uses.
    """
    found: dict[str, str] = {}
    for native in sorted(marked(inputs)):
        if native in inputs.live.digests or native not in inputs.desired.snapshot.digests:
            continue
        name = inputs.desired.names.get(native, native)
        old = _live_before(inputs, name, source_body(inputs, native))
        if old is not None:
            found.setdefault(old, native)
    return found


def _live_before(inputs: Inputs, name: str, source: Body) -> str | None:
    """The native address this resource had before, if it is still live under that name."""
    at = parse(name)
    for former in reversed(source.get("renamed_from") or []):
        old = inputs.native_name(address(at.kind, str(former), at.parent))
        if old in inputs.live.digests and old not in inputs.desired.snapshot.digests:
            return old
    return None


def after_renames(inputs: Inputs, renames: Renames) -> Inputs:
    """The same inputs with live state and baseline as they read after the renames."""
    return msgspec.structs.replace(
        inputs, live=renames.snapshot(inputs.live), baseline=_rename_baseline(inputs.baseline, renames)
    )


def _rename_baseline(baseline: Baseline, renames: Renames) -> Baseline:
    heads: dict[str, Head] = {}
    bodies: dict[str, bytes] = {}

    def moved(old: str, key: str) -> str:
        data = baseline.bodies.get(key) if key else None
        if data is None:
            return key
        at = parse(old)
        after = encode(renames.body(at.kind, decode(data), at.name if at.kind == "Object" else at.parent))
        new = digest(after)
        bodies[new] = after
        return new

    for old, head in baseline.heads.items():
        heads[renames.address(old)] = msgspec.structs.replace(
            head, desired=moved(old, head.desired), observed=moved(old, head.observed)
        )
    return Baseline(heads, bodies, exists=baseline.exists, serial=baseline.serial, chain=baseline.chain)
