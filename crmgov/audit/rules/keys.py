"""Keys: values that no two records may share, and records that another system cannot find (governance rule 40)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import exact
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made
from crmgov.check.governance.scene import rows, spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import percent
from crmgov.model.figures import Figure

COVERS = {"KEYS001": (40,), "KEYS002": (40,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records that share a key, and records that have one."""
    for made in _keys(scene):
        yield made[1], _shared(made)
        yield made[1], _filled(made)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - records decide
    """One for each key that records share, and each that an integration needs and records lack."""
    integrated = _integrated(scene)
    for made in _keys(scene):
        address, parent, _, body = made
        count = exact(scene, parent, _shared(made))
        if count:
            groups = int(scene.answer(parent, _shared(made)).text or 0)
            values = "value" if groups == 1 else "values"
            message = (
                f"{spoken(address)}: {count:,} records share {groups:,} {values} of a field that tells records apart"
            )
            yield scene.config.finding("KEYS001", message, address, severity=None if body.get("unique") else "warning")
        there, records = exact(scene, parent, _filled(made)), exact(scene, parent, RECORDS)
        systems = integrated.get(f"{parent}.{made[2]}", [])
        if systems and there is not None and records is not None and there < records >= scene.settings.minimum_records:
            message = f"{spoken(address)}: {records - there:,} of {records:,} records have none, and {systems[0]}"
            message += " cannot find them by it"
            yield scene.config.finding("KEYS002", message, address, evidence=(f"{percent(there / records)} have one",))


def _keys(scene: AuditScene) -> Iterator[Made]:
    for made in scene.fields:
        body = made[3]
        if (body.get("unique") or body.get("external_id")) and scene.holds(made[1], made[2]):
            yield made


def _integrated(scene: AuditScene) -> Mapping[str, list[str]]:
    """By Object.Field, the systems that share it."""
    found: dict[str, list[str]] = defaultdict(list)
    for address in scene.config.own("Integration"):
        body = scene.config.tree.body(address)
        for row in rows(body.get("mappings")) if body.get("active") is not False else ():
            found[str(row.get("ours"))].append(str(body.get("system") or parts(address)[2]))
    return found


def _shared(made: Made) -> Figure:
    return Figure(metric="repeated", field=made[2])


def _filled(made: Made) -> Figure:
    return Figure(metric="filled", field=made[2])
