"""Addresses of web pages that cannot be one (governance rules 37 and 38)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import contact_fields, exact, filled, fitting
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import percent

COVERS = {"FORMAT007": (37, 38)}
_SIGN = r"[^\s/@.:?#]"
_HOST = rf"(({_SIGN}+[.])+{_SIGN}{{2,}}|([0-9]{{1,3}}[.]){{3}}[0-9]{{1,3}})"
_LINK = rf"^\s*([A-Za-z][A-Za-z0-9+]*://)?{_HOST}(:[0-9]+)?([/?#]\S*)?\s*$"


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Links, and those in the form of one."""
    for made in contact_fields(scene, "url"):
        yield made[1], filled(scene, made)
        yield made[1], fitting(scene, made, _LINK)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each field with links that are none."""
    for made in contact_fields(scene, "url"):
        address, parent, _, _ = made
        there, fit = exact(scene, parent, filled(scene, made)), exact(scene, parent, fitting(scene, made, _LINK))
        if there is not None and fit is not None and there >= scene.settings.minimum_records and fit < there:
            message = f"{spoken(address)}: {there - fit:,} of {there:,} are no web address"
            yield scene.config.finding("FORMAT007", message, address, evidence=(f"{percent(fit / there)} are one",))
