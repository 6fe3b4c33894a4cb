"""Dashboards and reports whose fields are too seldom filled to be trusted (lead 18)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.population import placeholders_of
from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import either
from crmgov.audit.quality.contact import exact
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import percent
from crmgov.model.figures import Figure, scope

COVERS: dict[str, tuple[int, ...]] = {"TRUST001": ()}
"""No rule of the list asks for it; lead 18 does."""
_SHOWING = ("dashboard", "report")


def asks(scene: AuditScene) -> Iterable[Ask]:
    """How far each field is filled that a dashboard or report reads, where it has to be."""
    yield from stages.asks(scene)
    for _, parent, name in _read(scene):
        yield from ((parent, figure) for figure in _figures(scene, parent, name))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - fill decides
    """One for each whose fields are filled too little on average."""
    shares: dict[str, list[tuple[float, str]]] = {}
    for address, parent, name in _read(scene):
        whole, filled = (exact(scene, parent, figure) for figure in _figures(scene, parent, name))
        if whole and filled is not None and whole >= scene.settings.minimum_records:
            shares.setdefault(address, []).append((filled / whole, f"{parent}.{name}"))
    for address, held in shares.items():
        average = sum(share for share, _ in held) / len(held)
        if average * 100 < scene.settings.golden_percent:
            weakest, name = min(held)
            message = (
                f"{spoken(address)} rests on fields that are {percent(average)} filled, {name} only {percent(weakest)}"
            )
            told = tuple(f"{name}: {percent(share)}" for share, name in sorted(held))
            yield scene.config.finding("TRUST001", message, address, ("reads",), evidence=told)


def _read(scene: AuditScene) -> Iterator[tuple[str, str, str]]:
    """What dashboards and reports read of what the source holds; a box that is not ticked is an answer too."""
    for address in scene.config.tree.of_kind("External"):
        body = scene.config.tree.body(address)
        if body.get("type") in _SHOWING and not scene.config.retired(address):
            for path in body.get("reads") or ():
                parent, _, name = str(path).partition(".")
                if scene.holds(parent, name) and scene.holdings[parent].kinds[name] != "boolean":
                    yield address, parent, name


def _figures(scene: AuditScene, parent: str, name: str) -> tuple[Figure, Figure]:
    """The records that need the field, and those that have it: where stages ask for it, only records in these."""
    held = stages.stations(scene, parent) if stages.stage_field(scene, parent) else ()
    wanted = [station.where for station in held if name in station.required]
    where = scope(either(wanted)) if wanted else b""
    address = scene.field(parent, name)
    body = scene.config.tree.body(address) if address in scene.config.snapshot else {}
    filled = Figure(metric="filled", field=name, blanks=placeholders_of(scene, body), where=where)
    return Figure(metric="records", where=where), filled
