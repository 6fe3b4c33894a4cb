"""Integration: what is shared with other systems."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.integration import codes as _codes  # noqa: F401 - declares the codes
from crmgov.check.governance.integration.fits import clear_spellings, same_values, whole_spellings
from crmgov.check.governance.integration.loops import no_loops, one_sender
from crmgov.check.governance.integration.truths import both_ways, one_truth, towards_truth
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
}
"""By code, the numbers of the governance rules it keeps."""
