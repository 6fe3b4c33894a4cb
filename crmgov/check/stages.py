"""Names of stages: in pipelines of their stage set, in handoffs of their pipeline."""

from collections.abc import Iterator

from crmgov.check.names import Choices, Spot, missing
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.address import element
from crmgov.model.diagnostics import Diagnostic, Route
from crmgov.model.references import Reference
from crmgov.model.snapshot import kind_of


def check_stage(session: Session, spot: Spot, reference: Reference) -> Iterator[Diagnostic]:
    """Whether a named stage is one of the stage set or pipeline it is chosen from."""
    if kind_of(spot.user) == "Pipeline":
        container = spot.user if reference.kind == "PipelineStage" else session.listings.stage_set_of(spot.user)
    else:
        container = _of_point(session, spot, reference)
    names = _stages(session, container)
    if names is not None and reference.name in names:
        _seen(session, spot, container, reference.name)
    if names is None or reference.name in names:
        return
    choices = Choices(names, parts(container)[2], container=container)
    yield missing(session.finder, spot, "Stage", reference.name, choices)


def _seen(session: Session, spot: Spot, container: str, name: str) -> None:
    """Note a use of a stage; one of a pipeline is one of its stage set too."""
    session.seen(spot, element(container, "stages", name))
    whole = session.listings.stage_set_of(container) if kind_of(container) == "Pipeline" else ""
    if whole and name in (_stages(session, whole) or ()):
        session.seen(spot, element(whole, "stages", name))


def _of_point(session: Session, spot: Spot, reference: Reference) -> str:
    """The pipeline a handoff names beside the stage, or the only stage set of its object."""
    point = at_route(session.tree.body(spot.user), reference.route[:-1])
    named = point.get("pipeline") if isinstance(point, dict) else None
    if isinstance(named, str):
        return session.finder.find("Pipeline", named, reference.context).address
    return session.listings.only_set(reference.context or "")


def at_route(value: object, route: Route) -> object:
    """The value at a route of a body; None where there is none."""
    for step in route:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            value = next((item for item in value if isinstance(item, dict) and item.get("name") == step), None)
        else:
            return None
    return value


def _stages(session: Session, container: str) -> list[str] | None:
    """The stages listed in a pipeline or stage set; None where that is not known."""
    rows = session.tree.body(container).get("stages") if container else None
    if not isinstance(rows, list):
        return None
    names = [row.get("name") if isinstance(row, dict) else row for row in rows]
    return [name for name in names if isinstance(name, str)]
