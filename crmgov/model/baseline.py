"""What the ledger says of an environment, as a value."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Protocol

import msgspec

from crmgov.model.canonical import digest_of


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The last word on one resource.

    ``address`` is its address in the repository (the mapping's key is the native one). ``desired`` and ``observed`` are
    digests of normalised bodies: what an apply last wanted, and what it last read back; empty where there was none.
    ``commit`` is the commit in which the resource was last held by a tree that was applied; ``run`` that run.
    """

    address: str
    desired: str = ""
    observed: str = ""
    commit: str = ""
    author: str = ""
    run: str = ""
    protect: tuple[str, ...] = ()
    """What the applied document's ``protect`` said; a protected change is refused until an apply without it. The entry
    ``until:YYYY-MM-DD`` is its ``remove_after``: it is not removed up to that day."""

    @property
    def digest(self) -> str:
        """What a plan that rests on this head names it by; commit and run may move on without the head moving."""
        return digest_of((self.address, self.desired, self.observed, self.protect))


class Brief(Protocol):
    """What most comparisons need of a head. An empty ``address`` is the native one."""

    @property
    def address(self) -> str:
        """Its address in the repository."""
        ...

    @property
    def desired(self) -> str:
        """The digest of what was wanted last."""
        ...

    @property
    def observed(self) -> str:
        """The digest of what was read back last."""
        ...

    @property
    def protect(self) -> tuple[str, ...]:
        """What the applied document protected."""
        ...


class Baseline:
    """All heads of one environment by native address; ``bodies`` gives the canonical bytes behind a digest.

    ``exists`` is false where the environment was never applied to. ``serial`` counts the ledger's entries and
    ``chain`` is the digest of the last one.
    """

    def __init__(
        self,
        heads: Mapping[str, Head] | None = None,
        bodies: Mapping[str, bytes] | None = None,
        *,
        exists: bool = False,
        serial: int = 0,
        chain: str = "",
    ) -> None:
        self.heads = heads or {}
        self.bodies = bodies or {}
        self.exists = exists
        self.serial = serial
        self.chain = chain

    @property
    def brief(self) -> Mapping[str, Brief]:
        """The heads as they are soonest had."""
        return self.heads

    @cached_property
    def commits(self) -> frozenset[str]:
        """The commits that heads name."""
        return frozenset(head.commit for head in self.heads.values() if head.commit)


Descent = Literal["descends", "unrelated", "unknown"]
"""How the planned commit stands to an earlier one: it descends from it (or is it), it does not, or the history here is
too short to know."""


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The planned commit and how it stands to the commits the baseline names."""

    commit: str = ""
    author: str = ""
    uncommitted: bool = False
    descent: dict[str, Descent] = {}
    remedy: str = ""
    """What to do where something is unknown, such as ``git fetch --unshallow``."""
