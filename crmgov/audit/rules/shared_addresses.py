"""One e-mail address on several people (governance rule 47)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import contact_fields, exact
from crmgov.audit.quality.matching import matches
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made
from crmgov.check.governance.scene import spoken
from crmgov.check.governance.words import bare, words
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure

COVERS = {"DUPES003": (47,)}
_NAMES = (("last", "name"), ("surname",), ("family", "name"), ("lastname",))
"""How the field is called that makes an object one of people."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records of people that share their address."""
    return ((made[1], _figure(scene, made)) for made in _addresses(scene))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - records decide
    """One for each field of addresses of people, unless a matching rule compares just that field and tells it."""
    told = {(match.parent, match.alike[0][0]) for match in matches(scene) if len(match.alike) == 1}
    for made in _addresses(scene):
        count = exact(scene, made[1], _figure(scene, made))
        if count and (made[1], made[2]) not in told:
            groups = int(scene.answer(made[1], _figure(scene, made)).text or 0)
            message = f"{spoken(made[0])}: {count:,} records share {groups:,} address{'es' if groups != 1 else ''}"
            yield scene.config.finding("DUPES003", message, made[0], evidence=("compared without case",))


def _addresses(scene: AuditScene) -> Iterator[Made]:
    people = {
        parent for parent, held in scene.holdings.items() if any(words(bare(one)) in _NAMES for one in held.kinds)
    }
    return (made for made in contact_fields(scene, "email") if made[1] in people)


def _figure(scene: AuditScene, made: Made) -> Figure:
    return Figure(metric="repeated", alike=((made[2], "email"),), blanks=scene.settings.placeholders)
