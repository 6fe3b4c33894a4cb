"""Fields that nobody needs: the verdicts that ask for something to be done (governance rules 4 and 5)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.facts import FieldFacts
from crmgov.audit.fixes import fix_of
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import mapping, spoken
from crmgov.model.diagnostics import Diagnostic

COVERS = {"UNUSED001": (4,), "UNUSED002": (4, 5), "UNUSED003": (4, 5)}
CODES = {"hide": "UNUSED001", "deprecate": "UNUSED002", "remove": "UNUSED003"}
"""By verdict, the code of its finding."""


def asks(scene: AuditScene) -> Iterable[Ask]:  # noqa: ARG001 - the facts are asked for already
    """Nothing beyond the facts of every field."""
    return ()


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:
    """One for each field that should be hidden, deprecated or removed."""
    for one in fields:
        code = CODES.get(one.verdict)
        if code is not None and not (one.verdict == "hide" and is_hidden(scene, one.facts)):
            evidence = (*one.reasons, *(f"not known: {what}" for what in one.not_known))
            message = f"{spoken(one.facts.address)}: {one.reasons[0]}"
            yield scene.config.finding(code, message, one.facts.address, evidence=evidence, fix=fix_of(scene, one))


def is_hidden(scene: AuditScene, facts: FieldFacts) -> bool:
    """Whether what the verdict asks for is done already."""
    lifecycle = mapping(facts.body.get("lifecycle"))
    return lifecycle.get("status") == "hidden" and not scene.config.shown.on(facts.parent, facts.name)
