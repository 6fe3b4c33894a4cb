"""What a three-way comparison is made from."""

import re
from collections.abc import Callable

import msgspec

from crmgov.model.baseline import Baseline
from crmgov.model.canonical import Body
from crmgov.model.provider import Capabilities, Catalogue, Normalised
from crmgov.model.snapshot import Snapshot


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared. ``source`` is the tree in the repository's own names, with what no provider stores.

    ``native_name`` gives the native address of a name a resource had before (for renames); ``same`` folds addresses.
    ``catalogues`` hold what the CRM ships of its own, over which names may lead.
    """

    desired: Normalised
    source: Snapshot
    live: Snapshot
    baseline: Baseline
    capabilities: Capabilities
    native_name: Callable[[str], str]
    same: Callable[[str], str]
    catalogues: tuple[Catalogue, ...] = ()
    marked: frozenset[str] | None = None
    """Native addresses whose document says something of itself (see MARKS), where somebody kept them."""
    spelt: bool = False
    """Whether desired state is spelt as live already (see ``spelling``)."""


MARKS = re.compile(rb'"(?:lifecycle|renamed_from|protect|complete)"')
"""What a document says of its own governance; few do."""


def marked(inputs: Inputs) -> frozenset[str]:
    """The native addresses whose document says how it is governed; only these need to be looked into."""
    if inputs.marked is not None:
        return inputs.marked
    bodies, names = inputs.source.bodies, inputs.desired.names
    search = MARKS.search
    return frozenset(
        native for native in inputs.desired.snapshot.digests if search(bodies.get(names.get(native, native), b""))
    )


def source_body(inputs: Inputs, native: str) -> Body:
    """The document behind a native address, in the repository's own form; empty where there is none."""
    name = inputs.desired.names.get(native, native)
    return inputs.source.body(name) if name in inputs.source.digests else {}
