"""The whole judgement: severities, then waivers."""

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from crmgov.check.judgement.owners import Owners
from crmgov.check.judgement.severities import unknown, weighed
from crmgov.check.judgement.waivers import Waived, accepted
from crmgov.check.policy.law import told_in_plans
from crmgov.model.diagnostics import Diagnostic, Where
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Governance
from crmgov.model.snapshot import Snapshot


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """Findings as the repository's own rules count them.

    ``counted`` includes what is to be said of the waivers and severities themselves; ``off`` is how many findings are
    switched off.
    """

    counted: list[Diagnostic]
    waived: list[Waived] = []
    off: int = 0


def judged(
    findings: Sequence[Diagnostic],
    governance: Governance,
    place: Where | None,
    snapshot: Snapshot,
    *,
    today: date,
    known: Collection[str] = (),
    firm: Sequence[Diagnostic] = (),
    mine: Collection[str] | None = None,
    elsewhere: Collection[str] = (),
) -> Judged:
    """Apply a Governance document to findings.

    ``place`` is the document's; ``snapshot`` says who owns what; ``known`` are all codes and the addresses of all
    policies (empty: not known). ``firm`` are errors about what could not be read or understood: nothing makes them
    less, for what stands in such a place is not known. ``elsewhere`` are codes of what is told where these findings are
    not, so that a waiver of one is not unused; ``mine`` the only ones whose waivers are told of (None: all).
    """
    owners = Owners(snapshot, given(governance.areas, {}))
    entries, waivers = given(governance.severities, []), given(governance.waivers, [])
    kept, off = weighed(findings, entries, owners) if entries else (list(findings), 0)
    others = frozenset([*told_in_plans(snapshot), *elsewhere]) if waivers else frozenset()
    firmly = sorted({one.code for one in firm})
    stand = accepted(kept, waivers, place, today=today, firm=firmly, elsewhere=others, mine=mine)
    told = [*unknown(governance, place, known)] if known else []
    return Judged(counted=[*firm, *stand.counted, *stand.told, *told], waived=stand.waived, off=off)
