"""The saved plan: what one apply would do to one environment.

``core`` is byte-identical for the same inputs and is what approvals sign; ``context`` is what people want to know
beside it. Nothing in a plan is a secret or a record's value.
"""

from typing import Literal

import msgspec

from crmgov.model.canonical import Body, digest_of
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import Evidence
from crmgov.model.operations import Action, RouteChange
from crmgov.model.provider import Identity

FORMAT = "crmgov-plan/1"

HAZARDS: dict[str, str] = {
    "data-loss": "values in records are destroyed",
    "records-invalidated": "records that exist can no longer be saved as they are",
    "access-widened": "somebody can see or do more than before",
    "automation-stopped": "something the CRM did by itself no longer happens",
    "values-rewritten": "values in records are converted or replaced",
    "overwrites-live": "live values that were never applied from here are overwritten",
    "breaks-use": "something that is not in this plan uses what changes",
}
"""Classes of harm. A step with any of them is applied only when it was accepted."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One ordered change of one resource.

    ``address`` is the repository's, ``native`` the environment's. ``fingerprint`` is the digest of the live body the
    step rests on (empty: nothing is there); ``uses`` that of what uses it, where the step removes or narrows.
    """

    id: int
    action: Action
    address: str
    native: str
    changes: tuple[RouteChange, ...] = ()
    renamed_from: str = ""
    fingerprint: str = ""
    uses: dict[str, str] = {}
    hazards: tuple[str, ...] = ()
    after: tuple[int, ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger will hold of a resource whose head changes: adopted, changed, released, re-bound or removed."""

    native: str
    address: str
    action: Literal["adopt", "desire", "release", "rebind", "forget"]
    desired: str = ""
    protect: tuple[str, ...] = ()
    head: str = ""
    """``Head.digest`` of the head this rests on; empty where there was none."""
    fingerprint: str = ""
    """Digest of the live body an adoption, or a new desire without a step, rests on; steps have their own."""


class Core(msgspec.Struct, frozen=True, kw_only=True):
    """What is applied, and what it rests on."""

    environment: str
    identity: Identity
    protected: bool
    provider_version: int
    chain: str
    """The digest of the ledger's last entry; empty for an environment that was never applied to."""
    steps: tuple[Step, ...] = ()
    records: tuple[Record, ...] = ()
    absent: tuple[str, ...] = ()
    """Native addresses the ledger holds and this tree does not, whose removal is not proven; left as they are."""
    desired: dict[str, Body] = {}
    """Normalised desired bodies by digest, for the records."""
    blobs: dict[str, str] = {}
    """Vendor files the steps write: by BLAKE2b digest, Base64 of their bytes."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence for one hazard of a step, with the words that go with it; without a hazard it is worth knowing only."""

    hazard: str
    text: str
    evidence: Evidence


Cause = Literal["intent", "revert", "take"]
"""Why a step is in a plan: the configuration asks for it, drift is undone, or a conflict is settled for it."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What people want to know of a step."""

    step: int
    label: str = ""
    """What people call the resource, where it has a label."""
    because: Cause = "intent"
    facts: tuple[Fact, ...] = ()
    used_by: tuple[str, ...] = ()
    """What uses it once the plan is done: for removals, for values and stages that go, and for changed fields and
    picklists as long as they are few."""
    findings: tuple[str, ...] = ()
    """What validation says of a thing that is new, as ``CODE message``."""
    recover: str = ""
    commit: str = ""
    author: str = ""
    by_hand_before: tuple[str, ...] = ()
    by_hand_after: tuple[str, ...] = ()


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """Live state that differs from what was last observed, or from what was sent, and is left alone."""

    address: str
    native: str
    sort: Literal["changed", "added", "removed", "altered", "conflict", "absent"]
    changes: tuple[RouteChange, ...] = ()
    text: str = ""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is told beside the core; never decides what is applied, except that a preview is never applied."""

    tool: str
    created: str
    commit: str = ""
    author: str = ""
    uncommitted: bool = False
    source: str = ""
    preview: bool = False
    """Made against a recorded snapshot, not the live environment."""
    first: bool = False
    """The environment was never applied to."""
    about: tuple[About, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    unmanaged: int = 0
    overwritten: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    tree: str = ""
    """Digest of the configuration files the plan was made from."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it is saved."""

    core: Core
    context: Context
    format: str = FORMAT
    plan_digest: str = ""
    file_digest: str = ""

    def sealed(self) -> "Plan":
        """The same plan with its digests."""
        with_core = msgspec.structs.replace(self, plan_digest=digest_of(self.core), file_digest="")
        return msgspec.structs.replace(with_core, file_digest=digest_of(with_core))

    def intact(self) -> bool:
        """Whether the digests are those of what the plan holds."""
        return self.sealed() == self

    @property
    def empty(self) -> bool:
        """Whether nothing would change in the environment."""
        return not self.core.steps
