"""Integration: what is shared with other systems."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.integration import codes as _codes  # noqa: F401 - declares the codes
from crmgov.check.governance.integration.declared import says_how, says_whose
from crmgov.check.governance.integration.density import within_budget
from crmgov.check.governance.integration.edits import not_overwritten
from crmgov.check.governance.integration.fits import clear_spellings, same_values, whole_spellings
from crmgov.check.governance.integration.identity import narrow
from crmgov.check.governance.integration.loops import no_loops, one_sender
from crmgov.check.governance.integration.pace import keeps_pace
from crmgov.check.governance.integration.reach import not_stale, of_use
from crmgov.check.governance.integration.required import brings_required
from crmgov.check.governance.integration.truths import both_ways, one_truth, towards_truth
from crmgov.check.governance.integration.writable import may_share, no_computed
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (
    one_truth,
    both_ways,
    towards_truth,
    no_loops,
    one_sender,
    same_values,
    clear_spellings,
    whole_spellings,
    no_computed,
    may_share,
    brings_required,
    narrow,
    says_whose,
    says_how,
    keeps_pace,
    within_budget,
    not_stale,
    of_use,
    not_overwritten,
)
COVERS: dict[str, tuple[int, ...]] = {
    "SHARED001": (60, 63),
    "SHARED002": (60,),
    "SHARED003": (60, 61),
    "SHARED004": (60,),
    "SHARED005": (60,),
    "SHARED006": (60,),
    "SHARED007": (60,),
    "SHARED008": (60,),
    "SHARED009": (60,),
    "SHARED010": (89,),
    "SHARED011": (60,),
    "SHARED012": (89,),
    "SHARED013": (89, 90),
    "SHARED014": (62,),
    "SHARED015": (63,),
    "SHARED016": (90,),
    "SHARED017": (97,),
    "SHARED018": (65,),
    "SHARED019": (64,),
    "SHARED020": (61,),
}
"""By code, the numbers of the governance rules it keeps."""
