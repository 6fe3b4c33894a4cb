"""Lifecycle: stages, pipelines, handoffs."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.lifecycle import codes as _codes  # noqa: F401 - declares the codes
from crmgov.check.governance.lifecycle.blocked import validations_read_what_is_seen
from crmgov.check.governance.lifecycle.converted import conversions_map_what_is_required
from crmgov.check.governance.lifecycle.described import phases_are_described, stages_are_described
from crmgov.check.governance.lifecycle.filled import required_can_be_filled
from crmgov.check.governance.lifecycle.order import probabilities_fit_outcomes, stages_stand_in_order
from crmgov.check.governance.lifecycle.passed import (
    handoffs_change_the_owner,
    owners_change_by_handoff,
    phases_are_joined,
)
from crmgov.check.governance.lifecycle.reached import pipelines_end, stages_are_reached
from crmgov.check.governance.lifecycle.stopped import stages_are_not_stopped_blindly
from crmgov.check.governance.lifecycle.visible import receivers_see, somebody_fills
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (
    stages_are_described,
    phases_are_described,
    stages_are_reached,
    pipelines_end,
    stages_stand_in_order,
    probabilities_fit_outcomes,
    required_can_be_filled,
    handoffs_change_the_owner,
    owners_change_by_handoff,
    phases_are_joined,
    conversions_map_what_is_required,
    receivers_see,
    somebody_fills,
    validations_read_what_is_seen,
    stages_are_not_stopped_blindly,
)
COVERS: dict[str, tuple[int, ...]] = {
    "STAGE001": (13,),
    "STAGE002": (13, 15),
    "STAGE003": (13, 17),
    "STAGE004": (14, 16),
    "STAGE005": (14, 16),
    "STAGE006": (14, 16),
    "STAGE007": (14, 16),
    "STAGE008": (14, 16),
    "STAGE009": (14, 16),
    "STAGE010": (15,),
    "HANDOFF001": (17, 19),
    "HANDOFF002": (17,),
    "HANDOFF003": (17, 19),
    "HANDOFF004": (19,),
    "HANDOFF005": (17, 19),
    "HANDOFF006": (19, 78),
    "HANDOFF007": (78,),
    "HANDOFF008": (55, 57, 74),
    "HANDOFF009": (15, 56, 57),
    "HANDOFF010": (57, 74),
    "HANDOFF011": (15, 56),
    "HANDOFF012": (57, 74),
    "HANDOFF013": (16, 78),
}
"""By code, the numbers of the governance rules it keeps."""
