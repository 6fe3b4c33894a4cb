"""Automation: routing, loops, dead targets, blanks."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.automation import codes as _codes  # noqa: F401 - declares them
from crmgov.check.governance.automation.blank_reads import blank_reads
from crmgov.check.governance.automation.budgets import budgets
from crmgov.check.governance.automation.catch_all import routes_without_catch_all
from crmgov.check.governance.automation.creators import unmatched_creators
from crmgov.check.governance.automation.dead_stages import dead_stages
from crmgov.check.governance.automation.departed import departed
from crmgov.check.governance.automation.fixed import fixed_literals
from crmgov.check.governance.automation.foreign_types import foreign_types
from crmgov.check.governance.automation.gone import gone_values
from crmgov.check.governance.automation.loops import loops
from crmgov.check.governance.automation.negations import negations
from crmgov.check.governance.automation.outgoing import outgoing
from crmgov.check.governance.automation.overstay import overstays
from crmgov.check.governance.automation.pauses import messages_at_once
from crmgov.check.governance.automation.proposals import proposals_unfollowed
from crmgov.check.governance.automation.renewals import ends_unnoticed
from crmgov.check.governance.automation.rivals import rivals
from crmgov.check.governance.automation.shares import shared_values
from crmgov.check.governance.automation.staffed import routes_to_empty_teams
from crmgov.check.governance.automation.ungranted import ungranted_permissions
from crmgov.check.governance.automation.vendor_blanks import vendor_blanks
from crmgov.check.governance.automation.vendor_loops import vendor_loops
from crmgov.check.governance.automation.vendor_rivals import vendor_rivals
from crmgov.check.governance.automation.welcome import new_record_basics
from crmgov.check.governance.automation.won import won_starts_nothing
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (
    routes_without_catch_all,
    routes_to_empty_teams,
    shared_values,
    blank_reads,
    negations,
    dead_stages,
    budgets,
    new_record_basics,
    won_starts_nothing,
    proposals_unfollowed,
    ends_unnoticed,
    overstays,
    messages_at_once,
    loops,
    rivals,
    vendor_blanks,
    vendor_loops,
    vendor_rivals,
    unmatched_creators,
    gone_values,
    foreign_types,
    ungranted_permissions,
    fixed_literals,
    outgoing,
    departed,
)
COVERS: dict[str, tuple[int, ...]] = {
    "ROUTING001": (22, 79),
    "ROUTING002": (74, 79),
    "ROUTING003": (79,),
    "ROUTING004": (79,),
    "ROUTING005": (79,),
    "ROUTING006": (79,),
    "TRIGGER001": (23,),
    "TRIGGER002": (80,),
    "TRIGGER003": (28, 31),
    "TRIGGER004": (9, 30),
    "TRIGGER005": (30,),
    "TRIGGER006": (21,),
    "TRIGGER007": (25,),
    "TRIGGER008": (19, 26, 33),
    "TRIGGER009": (94,),
    "TRIGGER010": (24,),
    "TRIGGER011": (27,),
    "WRITER001": (30,),
    "WRITER002": (30,),
    "WRITER003": (30,),
    "WRITER004": (32,),
    "LITERAL001": (28,),
    "LITERAL002": (28,),
    "LITERAL003": (28,),
    "LITERAL004": (28,),
    "LITERAL005": (11, 28, 95),
    "LITERAL006": (28, 53),
    "LITERAL007": (28,),
    "LITERAL008": (28,),
}
"""By code, the numbers of the governance rules it keeps."""
