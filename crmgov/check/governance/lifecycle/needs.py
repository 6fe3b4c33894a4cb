"""What a stage, a handoff or a validation needs: the fields its rules name, and where they name them."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.check.conditions import conditions
from crmgov.check.governance.lifecycle.read import criterion_reads
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.governance.ways import Pass, Step, Way
from crmgov.check.paths import follow
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Route


class Need(NamedTuple):
    """A field that somebody must see; ``filled`` where it must have a value too."""

    object: str
    name: str
    route: Route
    filled: bool


def of_stage(scene: Scene, way: Way, step: Step) -> Iterator[Need]:
    """The fields that entering a stage takes."""
    for field in step.required:
        yield Need(way.object, _spelt(scene, way.object, field), (*step.route, "entry", "required", field), filled=True)
    route = (*step.route, "entry", "enter_when")
    for read in criterion_reads(scene, way.object, step.entry.get("enter_when"), route):
        yield Need(read.object, read.name, read.route, filled=False)


def of_pass(scene: Scene, one: Pass) -> Iterator[Need]:
    """The fields that a handoff requires, and those it hands values to."""
    for name in one.body.get("required") or ():
        parent, point, field = str(name).partition(".")
        if point:
            yield Need(parent, _spelt(scene, parent, field), (*one.route, "required", str(name)), filled=True)
    for source, target in mapping(one.body.get("carry")).items():
        parent, point, field = str(mapping(target).get("to") or "").partition(".")
        if point:
            yield Need(parent, _spelt(scene, parent, field), (*one.route, "carry", source, "to"), filled=False)


def of_validation(scene: Scene, address: str) -> Iterator[Need]:
    """The fields that a validation refuses to be blank, whatever else it asks."""
    parent = parts(address)[1] or ""
    for one in conditions("Validation", scene.tree.body(address), parent):
        path = one.value.get("field")
        if one.value.get("op") == "blank" and isinstance(path, str) and not {"any", "not"} & set(one.route):
            end = follow(scene.session.finder, parent, path)
            if end.reached:
                yield Need(end.object, end.name, (*one.route, "field"), filled=True)


def _spelt(scene: Scene, parent: str, field: str) -> str:
    """A field's name as its own document writes it."""
    found = scene.session.finder.find("Field", field, parent)
    return found.name if found.status in ("resource", "shipped", "other_case") else field
