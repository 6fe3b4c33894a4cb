"""Lifecycle: stages, pipelines, handoffs."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.lifecycle import codes as _codes  # noqa: F401 - declares the codes
from crmgov.check.governance.lifecycle.blocked import validations_read_what_is_seen
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (validations_read_what_is_seen,)
COVERS: dict[str, tuple[int, ...]] = {"HANDOFF010": (57, 74)}
"""By code, the numbers of the governance rules it keeps."""
