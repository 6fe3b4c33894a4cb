"""How far the records of an object are what a golden record must and should be: overall, by field and by segment."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from crmgov.audit.population import lacks
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import either
from crmgov.audit.process.links import owner_of
from crmgov.audit.process.words import counted
from crmgov.audit.scene import Ask, AuditScene
from crmgov.check.governance.scene import mapping
from crmgov.check.tree import parts
from crmgov.model.figures import Figure, scope

_BY = ("stage", "record type", "owner")


class Golden(NamedTuple):
    """One object's records against its golden record."""

    parent: str
    records: int
    incomplete: int
    """Records that lack any must-have."""
    missing: Mapping[str, int]
    """Records that lack each must-have."""
    wished: Mapping[str, int]
    """Records that lack each field that is only recommended."""
    segments: Mapping[str, Mapping[str, tuple[int, int]]]
    """By ``stage``, ``record type`` and ``owner``, for each value: records that lack any must-have, and records.
    The values of ``owner`` are keys of people, which nothing may show."""
    unheld: tuple[str, ...]
    """Fields of the golden record that the source does not hold."""
    unknown: tuple[str, ...]
    """Must-haves among these: no record is known to have all."""

    @property
    def complete(self) -> float:
        """Share of records with all must-haves, 0 to 1."""
        return 1 - self.incomplete / self.records if self.records else 0.0


def asks(scene: AuditScene) -> Iterator[Ask]:
    """The figures behind it: one statement an object, and one for each way to part its records."""
    for parent in scene.holdings:
        must, nice, _ = _fields(scene, parent)
        if must:
            for name in (*must, *nice):
                yield parent, _lacking(scene, parent, (name,))
            yield parent, _lacking(scene, parent, must)
            for by in _parting(scene, parent).values():
                yield parent, Figure(metric="records", by=by)
                yield parent, _lacking(scene, parent, must, by)


def golden(scene: AuditScene) -> Iterator[Golden]:
    """Every object that says what its records must hold, and whose records were counted."""
    for parent in scene.holdings:
        must, nice, unheld = _fields(scene, parent)
        records = scene.records(parent)
        if not must or not records or not scene.answer(parent, _lacking(scene, parent, must)).known:
            continue
        yield Golden(
            parent=parent, records=records, incomplete=counted(scene, parent, _lacking(scene, parent, must)),
            missing=_each(scene, parent, must), wished=_each(scene, parent, nice),
            segments={word: _segments(scene, parent, must, by) for word, by in _parting(scene, parent).items()},
            unheld=unheld, unknown=tuple(name for name in unheld if name in _declared(scene, parent)[0]),
        )  # fmt: skip


def lacking(scene: AuditScene, parent: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Records that lack each must-have of an object, as far as they were counted; and all that it must have."""
    must, _, _ = _fields(scene, parent)
    return _each(scene, parent, must), _declared(scene, parent)[0]


def _each(scene: AuditScene, parent: str, names: tuple[str, ...]) -> dict[str, int]:
    found = {name: scene.answer(parent, _lacking(scene, parent, (name,))).evidence for name in names}
    return {name: one.count for name, one in found.items() if one.exactness == "value" and one.count is not None}


def _segments(scene: AuditScene, parent: str, must: tuple[str, ...], by: str) -> dict[str, tuple[int, int]]:
    whole = dict(scene.answer(parent, Figure(metric="records", by=by)).counts)
    lacking = dict(scene.answer(parent, _lacking(scene, parent, must, by)).counts)
    return {value: (lacking.get(value, 0), count) for value, count in whole.items()}


def _parting(scene: AuditScene, parent: str) -> dict[str, str]:
    """The fields by which records are parted, each with what it is."""
    fields = (stages.stage_field(scene, parent), scene.holdings[parent].record_type, owner_of(scene, parent))
    return {word: field for word, field in zip(_BY, fields, strict=True) if field}


def _fields(scene: AuditScene, parent: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Must-haves and wishes that the source holds, and what of both it does not."""
    must, nice = _declared(scene, parent)
    held = [tuple(name for name in names if scene.holds(parent, name)) for names in (must, nice)]
    return held[0], held[1], tuple(name for name in (*must, *nice) if not scene.holds(parent, name))


def _declared(scene: AuditScene, parent: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a record must and should hold, whether the source has it or not."""
    address = scene.config.tree.address("Object", parent)
    declared = mapping(scene.config.tree.body(address).get("golden_record")) if address in scene.config.snapshot else {}
    return tuple(map(str, declared.get("required") or ())), tuple(map(str, declared.get("recommended") or ()))


def _lacking(scene: AuditScene, parent: str, names: tuple[str, ...], by: str = "") -> Figure:
    return Figure(metric="records", where=scope(either(lacks(scene, parent, name) for name in names)), by=by)


def named(scene: AuditScene, parent: str, word: str) -> frozenset[str]:
    """The segments whose names are configuration: stages and record types, never people."""
    if word == "stage":
        return frozenset(stages.outcomes(scene, parent))
    found = [parts(address) for address in scene.config.tree.of_kind("RecordType")] if word == "record type" else []
    return frozenset(name for _, of, name in found if of == parent)
