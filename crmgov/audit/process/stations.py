"""The stages of an object, each with the records that are in it and what the pipelines ask of them there.

Where an object has several pipelines and the records do not say which is theirs, a stage is what all pipelines that
have it agree on: a field counts as asked for where each of them asks for it, the longest stay is the longest of all.
"""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.audit.process.criteria import equals, every, one_of
from crmgov.audit.scene import Ask, AuditScene
from crmgov.check.governance.scene import mapping, rows
from crmgov.check.governance.ways import Step, Way
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.figures import Answer, Figure


class Station(NamedTuple):
    """One stage of one pipeline, or of several whose records cannot be told apart."""

    parent: str
    field: str
    stage: str
    where: Body
    """The records that are in it."""
    steps: tuple[tuple[Way, Step], ...]

    @property
    def address(self) -> str:
        """The pipeline a finding is told at."""
        return self.steps[0][0].address

    @property
    def route(self) -> Route:
        """Where the stage stands in that pipeline."""
        return self.steps[0][1].route

    @property
    def outcome(self) -> str:
        """What the stage means: open, won, lost, converted, closed; empty where that is not said."""
        return self.steps[0][1].outcome

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that each of its pipelines asks for at entry."""
        first, *others = [step.required for _, step in self.steps]
        return tuple(name for name in first if all(name in other for other in others))

    @property
    def max_age(self) -> int | None:
        """Days a record may stay, where every pipeline says so."""
        ages = [step.row.get("max_age") for _, step in self.steps]
        known = [age for age in ages if isinstance(age, int)]
        return max(known) if len(known) == len(ages) else None

    @property
    def owners(self) -> frozenset[str]:
        """The roles that own records in it, where every pipeline names one."""
        named = {step.owner for _, step in self.steps}
        return frozenset() if "" in named else frozenset(named)

    @property
    def name(self) -> str:
        """The stage as a message names it."""
        ways = {parts(way.address)[2] for way, _ in self.steps}
        return f'"{self.stage}"' if len(ways) > 1 else f'"{self.stage}" of {next(iter(ways))}'


def ways_of(scene: AuditScene, parent: str) -> list[Way]:
    """The pipelines of an object whose stage the source holds."""
    return [way for way in scene.config.ways.pipelines.values() if way.object == parent and _field(scene, way)]


def _field(scene: AuditScene, way: Way) -> str:
    """The field that holds the stage; empty where the source has no such column."""
    named = str(scene.config.tree.body(way.chosen).get("field") or "") if way.chosen else ""
    parent, _, name = named.partition(".")
    return name if parent == way.object and scene.holds(parent, name) else ""


def stage_field(scene: AuditScene, parent: str) -> str:
    """The one field that holds the stages of an object's pipelines; empty where there is none, or several."""
    fields = {_field(scene, way) for way in ways_of(scene, parent)}
    return next(iter(fields)) if len(fields) == 1 else ""


def staged(scene: AuditScene) -> list[str]:
    """The objects whose records tell their stage."""
    return [parent for parent in scene.holdings if stage_field(scene, parent)]


def asks(scene: AuditScene) -> Iterator[Ask]:
    """What has to be known to tell stations apart: the record types that records have."""
    for parent in staged(scene):
        if len(ways_of(scene, parent)) > 1 and scene.holdings[parent].record_type:
            yield parent, _types_held(scene, parent)


def _types_held(scene: AuditScene, parent: str) -> Figure:
    return Figure(metric="values", field=scene.holdings[parent].record_type, most=scene.settings.few_values)


def stations(scene: AuditScene, parent: str) -> Iterator[Station]:
    """Every stage of an object's pipelines."""
    field, ways = stage_field(scene, parent), ways_of(scene, parent)
    split = _record_types(scene, parent, ways)
    if split is not None:
        for way in ways:
            mine = one_of(scene.holdings[parent].record_type, split[way.address])
            for step in way.steps:
                where = every(equals(field, step.name), mine) or {}
                yield Station(parent, field, step.name, where, ((way, step),))
        return
    names = dict.fromkeys(step.name for way in ways for step in way.steps)
    for name in names:
        steps = tuple((way, step) for way in ways for step in way.steps if step.name == name)
        yield Station(parent, field, name, equals(field, name), steps)


def _record_types(scene: AuditScene, parent: str, ways: list[Way]) -> dict[str, list[str]] | None:
    """By pipeline, the record types that go through it; None where the records do not tell."""
    if len(ways) < 2 or not scene.holdings[parent].record_type:
        return None
    tree, found = scene.config.tree, {way.address: list[str]() for way in ways}
    for address in tree.of_kind("RecordType"):
        _, of, name = parts(address)
        named = tree.body(address).get("pipeline")
        if of == parent and isinstance(named, str):
            way = scene.config.session.finder.find("Pipeline", named, parent).address
            found.setdefault(way, []).extend({name, str(tree.body(address).get("label") or name)})
    held = {value for value, _ in scene.answer(parent, _types_held(scene, parent)).counts}
    known = {name for names in found.values() for name in names}
    return found if held and held <= known and all(found[way.address] for way in ways) else None


def outcomes(scene: AuditScene, parent: str) -> dict[str, str]:
    """What each stage of an object's stage sets means, those of no pipeline included."""
    return {
        str(row.get("name")): str(row.get("outcome") or "")
        for way in ways_of(scene, parent)
        for row in rows(mapping(scene.config.tree.body(way.chosen)).get("stages"))
    }


def opened(scene: AuditScene, parent: str) -> Body | None:
    """The records that are still open; None where the stages do not tell them from the others."""
    known = outcomes(scene, parent)
    ends = [name for name, outcome in known.items() if outcome not in ("", "open")]
    names = [name for name, outcome in known.items() if outcome == "open"]
    return one_of(stage_field(scene, parent), names) if names and ends else None


def by_stage(scene: AuditScene, parent: str) -> Figure:
    """How many records are in each stage."""
    return Figure(metric="values", field=stage_field(scene, parent), most=scene.settings.few_values)


def counts(scene: AuditScene, parent: str) -> tuple[Answer, dict[str, int]]:
    """The records of each stage."""
    answer = scene.answer(parent, by_stage(scene, parent))
    return answer, dict(answer.counts)
