"""Permissions: who may see and do what, and what nobody can see."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = ()
COVERS: dict[str, tuple[int, ...]] = {}
"""By code, the numbers of the governance rules it keeps."""
