"""A policy as it stands in the repository, and how it speaks."""

from typing import NamedTuple

from crmgov.model.diagnostics import Diagnostic, Related, Severity, Where, of
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Policy
from crmgov.model.snapshot import Snapshot

OVER_PLANS = frozenset({"POLICY102", "POLICY103"})
"""The codes of what is told of plans alone."""


class Law(NamedTuple):
    """One policy, with its address and place."""

    address: str
    policy: Policy
    place: Where | None

    @property
    def name(self) -> str:
        """The policy's name."""
        return self.address.partition("/")[2]

    @property
    def off(self) -> bool:
        """Whether it is switched off."""
        return given(self.policy.severity, "error") == "off"

    def told(
        self, code: str, message: str, *, at: Where | None, address: str, evidence: tuple[str, ...] = (),
        amount: int | None = None,
    ) -> Diagnostic:  # fmt: skip
        """A finding of the policy, in its own words where it has some for why and how to mend."""
        stated = self.policy.severity
        severity: Severity = stated if stated in ("error", "warning", "note") else "error"
        return of(
            code, f"{message} ({self.name})", at=at or self.place, address=address, evidence=evidence,
            detail=given(self.policy.description, ""), mend=given(self.policy.help, ""), policy=self.address,
            severity=severity, amount=amount,
            related=(Related("Policy at", self.place),) if self.place is not None else (),
        )  # fmt: skip


def laws(snapshot: Snapshot) -> list[Law]:
    """The policies a snapshot holds, in its order."""
    found = []
    for address, _ in snapshot.of_kind("Policy"):
        policy = snapshot.spec(address)
        assert isinstance(policy, Policy)
        found.append(Law(address, policy, snapshot.places.get(address)))
    return found


def speaks_of_plans(law: Law) -> bool:
    """Whether a policy is asked of plans."""
    return given(law.policy.forbid, None) is not None or given(law.policy.limit, None) is not None


def told_in_plans(snapshot: Snapshot) -> frozenset[str]:
    """Codes, and addresses of policies, of which findings stand in plans and not in the validation of a tree."""
    return OVER_PLANS | {law.address for law in laws(snapshot) if speaks_of_plans(law)}
