"""Fields that nobody needs: the verdicts that ask for something to be done (governance rules 4 and 5)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic

_CODES = {"hide": "UNUSED001", "deprecate": "UNUSED002", "remove": "UNUSED003"}


def asks(scene: AuditScene) -> Iterable[Ask]:  # noqa: ARG001 - the facts are asked for already
    """Nothing beyond the facts of every field."""
    return ()


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:
    """One for each field that should be hidden, deprecated or removed."""
    for one in fields:
        code = _CODES.get(one.verdict)
        if code is not None:
            evidence = (*one.reasons, *(f"not known: {what}" for what in one.not_known))
            message = f"{spoken(one.facts.address)}: {one.reasons[0]}"
            yield scene.config.finding(code, message, one.facts.address, evidence=evidence)
