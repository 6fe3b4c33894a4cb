"""Automation: routing, loops, dead targets, blanks."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.automation import codes as _codes  # noqa: F401 - declares them
from crmgov.check.governance.automation.catch_all import routes_without_catch_all
from crmgov.check.governance.automation.creators import unmatched_creators
from crmgov.check.governance.automation.loops import loops
from crmgov.check.governance.automation.rivals import rivals
from crmgov.check.governance.automation.shares import shared_values
from crmgov.check.governance.automation.staffed import routes_to_empty_teams
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (
    routes_without_catch_all,
    routes_to_empty_teams,
    shared_values,
    loops,
    rivals,
    unmatched_creators,
)
COVERS: dict[str, tuple[int, ...]] = {
    "ROUTING001": (22, 79),
    "ROUTING002": (74, 79),
    "ROUTING003": (79,),
    "ROUTING004": (79,),
    "ROUTING005": (79,),
    "ROUTING006": (79,),
    "WRITER001": (30,),
    "WRITER002": (30,),
    "WRITER003": (30,),
    "WRITER004": (32,),
}
"""By code, the numbers of the governance rules it keeps."""
