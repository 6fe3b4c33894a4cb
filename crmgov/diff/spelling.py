"""Names as the environment spells them: where a CRM ignores case, one thing has many spellings. Pure."""

import msgspec

from crmgov.diff.inputs import Inputs, source_body
from crmgov.model.address import address, parse
from crmgov.model.snapshot import kind_of
from crmgov.model.translate import Renames


def as_live(inputs: Inputs) -> Inputs:
    """The same inputs with desired state spelt as live, and what is not live as the ledger spells it.

    Otherwise a name written with other capitals would be one thing to add and another to remove. Idempotent.
    """
    if inputs.spelt:
        return inputs
    spelt = _spellings(inputs)
    if not spelt:
        return msgspec.structs.replace(inputs, spelt=True)
    renames = Renames(spelt)
    desired = inputs.desired
    return msgspec.structs.replace(
        inputs,
        spelt=True,
        desired=desired._replace(
            snapshot=renames.snapshot(desired.snapshot),
            names={renames.address(native): name for native, name in desired.names.items()},
        ),
        marked=None if inputs.marked is None else frozenset(renames.address(native) for native in inputs.marked),
    )


def _spellings(inputs: Inputs) -> dict[str, str]:
    """Desired addresses that live or the ledger holds in another spelling, to that spelling."""
    desired, live = inputs.desired.snapshot.digests, inputs.live.digests
    if desired.keys() <= live.keys():
        return {}
    strange = [native for native in desired if native not in live]
    same = inputs.same
    known = {same(native): native for native in inputs.baseline.heads if native not in live}
    known |= {same(native): native for native in live if native not in desired}
    found: dict[str, str] = {}
    for native in strange:
        spelling = known.get(same(native), native)
        if spelling not in (native, *found.values()) and not _renamed_in_place(inputs, native, spelling):
            found[native] = spelling
    return found


def _renamed_in_place(inputs: Inputs, native: str, spelling: str) -> bool:
    """Whether the document asks for the new spelling, by a rename the provider can make."""
    if inputs.capabilities.renames.get(kind_of(native), "none") != "native":
        return False
    at = parse(inputs.desired.names.get(native, native))
    formers = source_body(inputs, native).get("renamed_from") or []
    return any(inputs.native_name(address(at.kind, str(former), at.parent)) == spelling for former in formers)
