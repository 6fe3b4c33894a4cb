"""What guards look at."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from crmgov.ledger.entries import Entry
from crmgov.model.baseline import Baseline
from crmgov.model.kinds.environments import Environment
from crmgov.model.plans import Plan
from crmgov.model.provider import Catalogue, Identity
from crmgov.model.snapshot import Snapshot

Allowed = tuple[str, str | None]
"""A hazard that is accepted, everywhere (None) or at one address."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody wants this plan applied to this environment, now."""

    plan: Plan
    environment: str
    spec: Environment
    provider: str
    now: datetime
    allow: tuple[Allowed, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What is there, under the lock.

    ``later`` are the ledger's entries since the plan was made; None where the ledger does not hold the entry the plan
    rests on. ``same`` is the provider's key for names it takes for one, ``catalogues`` hold the names
    it ships of its own.
    """

    identity: Identity
    live: Snapshot
    baseline: Baseline
    later: tuple[Entry, ...] | None
    same: Callable[[str], str]
    catalogues: tuple[Catalogue, ...] = ()
