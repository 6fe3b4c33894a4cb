"""Permissions: who may see and do what, and what nobody can see."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.permissions import codes  # noqa: F401 - declares the codes used here
from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.permissions.ungranted import ungranted
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

_RULES: tuple[Callable[[Grants], Iterator[Diagnostic]], ...] = (ungranted,)


def _judged(scene: Scene) -> Iterator[Diagnostic]:
    """All rules of the area over grants that are worked out once."""
    grants = Grants(scene)
    for rule in _RULES:
        yield from rule(grants)


RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (_judged,)
COVERS: dict[str, tuple[int, ...]] = {"REACH001": (74,)}
"""By code, the numbers of the governance rules it keeps."""
