"""E-mail addresses that cannot be one, or reach nobody (governance rules 37 and 49)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import contact_fields, exact, filled, fitting
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import percent

COVERS = {"FORMAT001": (37, 49), "FORMAT002": (49,)}
_SIGN = r'[^\s@.,;:<>()"]'
ADDRESS = rf"^\s*{_SIGN}+([.]{_SIGN}+)*@({_SIGN}+[.])+{_SIGN}{{2,}}\s*$"
"""One address: a name, an @, and a host with at least one point. Whether mail arrives is another matter."""
_NOBODY = (
    r"(?i)^\s*((no-?reply|do-?not-?reply|none|no-?e?mail|tests?|unknown|asdf+|xx+|dummy|fake|invalid|nobody|"
    r"not-?(provided|available|known))[0-9]*@.*|.*@(tests?|none|no-?e?mail|invalid|asdf|xx+|fake)[.][a-z]+|"
    r".*@(gmial|gmai|gamil|gnail|gmaill|hotnail|hotmial|hotmal|yaho|yahooo|outlok|outloook)[.][a-z.]+|"
    r".*[.](con|cmo|ocm|comm|invalid))\s*$"
)
"""Made-up names and hosts, and well-known hosts misspelt."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Addresses, those in the form of one, and those that are made up."""
    for made in contact_fields(scene, "email"):
        for figure in (filled(scene, made), fitting(scene, made, ADDRESS), fitting(scene, made, _NOBODY)):
            yield made[1], figure


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """For each field its addresses that are none, and those that reach nobody."""
    for made in contact_fields(scene, "email"):
        address, parent, _, _ = made
        there = exact(scene, parent, filled(scene, made))
        if there is None or there < scene.settings.minimum_records:
            continue
        fit = exact(scene, parent, fitting(scene, made, ADDRESS))
        if fit is not None and fit < there:
            message = f"{spoken(address)}: {there - fit:,} of {there:,} are no e-mail address"
            yield scene.config.finding("FORMAT001", message, address, evidence=(f"{percent(fit / there)} are one",))
        nobody = exact(scene, parent, fitting(scene, made, _NOBODY))
        if nobody:
            message = f"{spoken(address)}: {nobody:,} of {there:,} are made up or misspelt, and reach nobody"
            yield scene.config.finding("FORMAT002", message, address, evidence=(percent(nobody / there),))
