"""What a rule of the audit is: a module with these two functions, both pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic


class Rule(Protocol):
    """One rule of the audit."""

    def asks(self, scene: AuditScene) -> Iterable[Ask]:
        """What it needs to know. Asked again when answers have come, so that one figure may depend on another."""
        ...

    def findings(self, scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:
        """What it finds, once nothing more is to be asked. ``fields`` are all fields with their verdicts."""
        ...
