"""Rhythm: owners, reviews, cadences."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.rhythm import codes as _codes  # noqa: F401 - declares the codes
from crmgov.check.governance.rhythm.amount import within_budget
from crmgov.check.governance.rhythm.answered import somebody_answers
from crmgov.check.governance.rhythm.cadences import kept_up
from crmgov.check.governance.rhythm.owners import one_spelling, somebody_leads
from crmgov.check.governance.rhythm.reviews import looked_through
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (
    kept_up,
    looked_through,
    within_budget,
    somebody_leads,
    somebody_answers,
    one_spelling,
)
COVERS: dict[str, tuple[int, ...]] = {
    "RHYTHM001": (39, 67, 68, 69, 84),
    "RHYTHM002": (67, 69, 84),
    "RHYTHM003": (11, 69, 95),
    "RHYTHM004": (69, 95),
    "RHYTHM005": (67, 69, 84),
    "RHYTHM006": (67,),
    "RHYTHM007": (92,),
    "RHYTHM008": (12,),
    "OWNER001": (66,),
    "OWNER002": (66,),
    "OWNER003": (7, 66),
    "OWNER004": (66,),
}
"""By code, the numbers of the governance rules it keeps."""
