"""Permissions: who may see and do what, and what nobody can see."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.permissions import codes  # noqa: F401 - declares the codes used here
from crmgov.check.governance.permissions.asleep import arriving_off, empty_queues
from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.permissions.layout_rows import unlaid
from crmgov.check.governance.permissions.record_types import closed_types, hidden_defaults
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
    hidden_defaults,
)


def _judged(scene: Scene) -> Iterator[Diagnostic]:
    """All rules of the area over grants that are worked out once."""
    grants = Grants(scene)
    for rule in _RULES:
        yield from rule(grants)


RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (_judged,)
COVERS: dict[str, tuple[int, ...]] = {
    **{f"REACH00{number}": (74,) for number in range(1, 10)},
    "ACCESS013": (74,),
}
"""By code, the numbers of the governance rules it keeps."""
