"""Permissions: who may see and do what, and what nobody can see."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.permissions import codes  # noqa: F401 - declares the codes used here
from crmgov.check.governance.permissions.asleep import arriving_off, empty_queues
from crmgov.check.governance.permissions.broad import modify_all, over_budget, passing
from crmgov.check.governance.permissions.capabilities import over_data, over_setup
from crmgov.check.governance.permissions.dead_grants import fields_without_object, object_without_fields, twins, unheld
from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.permissions.guarded import all_fields, edits_in_vain, open_to_many
from crmgov.check.governance.permissions.layout_rows import unlaid
from crmgov.check.governance.permissions.meant_for import dashboards, visible_to
from crmgov.check.governance.permissions.record_types import closed_types, hidden_defaults
from crmgov.check.governance.permissions.sign_in import second_factor
from crmgov.check.governance.permissions.toxic import everybody_out, unmatched_import
from crmgov.check.governance.permissions.ungranted import ungranted
from crmgov.check.governance.permissions.unoffered import stages_apart, unoffered
from crmgov.check.governance.permissions.unreadable import blind_rules, unreadable
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

_RULES: tuple[Callable[[Grants], Iterator[Diagnostic]], ...] = (
    ungranted,
    unlaid,
    unoffered,
    stages_apart,
    closed_types,
    arriving_off,
    empty_queues,
    unreadable,
    blind_rules,
    modify_all,
    passing,
    over_data,
    over_setup,
    everybody_out,
    unmatched_import,
    over_budget,
    open_to_many,
    all_fields,
    edits_in_vain,
    fields_without_object,
    object_without_fields,
    hidden_defaults,
    unheld,
    twins,
    second_factor,
    dashboards,
    visible_to,
)


def _judged(scene: Scene) -> Iterator[Diagnostic]:
    """All rules of the area over grants that are worked out once."""
    grants = Grants(scene)
    for rule in _RULES:
        yield from rule(grants)


RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (_judged,)
COVERS: dict[str, tuple[int, ...]] = {
    **{f"REACH00{number}": (74,) for number in range(1, 9)},
    "REACH009": (57, 74),
    "ACCESS001": (50,),
    "ACCESS002": (50,),
    "ACCESS003": (50,),
    "ACCESS004": (20,),
    "ACCESS005": (50,),
    "ACCESS006": (77,),
    "ACCESS007": (50, 77),
    "ACCESS008": (58,),
    "ACCESS009": (58,),
    "ACCESS010": (56,),
    "ACCESS011": (91,),
    "ACCESS012": (91,),
    "ACCESS013": (74,),
    "ACCESS014": (50,),
    "ACCESS015": (50,),
    "ACCESS016": (52,),
    "ACCESS017": (93,),
    "ACCESS018": (91,),
}
"""By code, the numbers of the governance rules it keeps."""
