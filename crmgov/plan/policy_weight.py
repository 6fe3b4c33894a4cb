"""How much what policies say of a plan counts: severities and waivers of the Governance document."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from crmgov.check.judgement.owners import Owners
from crmgov.check.judgement.severities import weighed
from crmgov.check.judgement.waivers import Waived, accepted
from crmgov.check.policy.law import OVER_PLANS
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Governance
from crmgov.model.snapshot import Snapshot


def weighed_findings(
    findings: Sequence[Diagnostic], source: Snapshot, owners: Owners, today: date
) -> Iterator[Diagnostic]:
    """Findings about changes as the Governance document counts them; ``today`` decides which waivers hold.

    A waived one stays in the plan as a note, with who accepted it. What a policy could not judge stays as it is. What
    is wrong in waivers themselves is told by validation, not by a plan.
    """
    address = next((address for address, _ in source.of_kind("Governance")), "")
    governance = source.spec(address) if address else Governance()
    assert isinstance(governance, Governance)
    yield from (one for one in findings if one.code not in OVER_PLANS)
    judged = [one for one in findings if one.code in OVER_PLANS]
    kept, _ = weighed(judged, given(governance.severities, []), owners)
    stand = accepted(kept, given(governance.waivers, []), None, today=today)
    yield from stand.counted
    yield from map(_note, stand.waived)


def _note(waived: Waived) -> Diagnostic:
    by = waived.waiver
    told = f"accepted by {by.owner} until {by.expires}: {by.reason}"
    return msgspec.structs.replace(waived.finding, severity="note", evidence=(*waived.finding.evidence, told))
