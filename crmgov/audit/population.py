"""How far a field is filled: the figures behind it, and what they came to."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from crmgov.audit.picklists import listed
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.check.governance.made import Made
from crmgov.model.canonical import Body
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer, Figure, both, scope

COMPUTED = ("formula", "rollup", "autonumber")
"""Types whose values nobody writes."""
_UNASKED = Figure(metric="records", where=b"null")


class Part(NamedTuple):
    """The records of one record type. ``name`` is the configured name; empty for a type that is not configured by what
    records call it, and for records that have none. Two parts may have one name.
    """

    name: str
    records: int
    filled: int


class Figures(NamedTuple):
    """What is asked of one field; None where the source cannot be asked that."""

    filled: Figure
    recent: Figure | None
    latest: Figure | None
    old: Figure | None
    """Filled on records that nobody has written for as long as a field counts as young."""
    by_type: Figure | None
    by_editor: Figure | None
    present: Figure | None
    """With any value at all, blanks included."""
    default: Figure | None
    """With the default."""


def is_computed(body: Body) -> bool:
    """Whether the CRM works the field's values out by itself."""
    return body.get("type") in COMPUTED or bool(body.get("formula")) or bool(body.get("rollup"))


def blanks_of(scene: AuditScene, body: Body) -> tuple[str, ...]:
    """Texts that say as little as nothing in a field: placeholders, and its default. What its list offers was chosen:
    NA among regions is North America.
    """
    default = body.get("default")
    own = () if default is None or isinstance(default, bool) else (str(default).strip().lower(),)
    return tuple(sorted({*placeholders_of(scene, body), *own}))


def placeholders_of(scene: AuditScene, body: Body) -> tuple[str, ...]:
    """The same without the default, which is a value where one is asked for."""
    chosen = {name.strip().lower() for name in listed(scene.config, body) or ()}
    return tuple(sorted({*scene.settings.placeholders} - chosen))


def lacks(scene: AuditScene, parent: str, name: str, path: str = "") -> Body:
    """The records without a value in a field, or with a placeholder; a box that is not ticked is an answer. ``path``
    leads to the field from records that point at those of ``parent``.
    """
    at = scene.field(parent, name)
    body = scene.config.tree.body(at) if at in scene.config.snapshot else {}
    held = scene.pointed.get(parent)
    if body.get("type") == "boolean" or (held is not None and held.kinds.get(name) == "boolean"):
        return {"field": path or name, "op": "blank"}
    return {"field": path or name, "op": "blank", "value": list(placeholders_of(scene, body))}


def recent(scene: AuditScene, parent: str) -> bytes | None:
    """The records made recently; None where the source does not say when one was made."""
    created, days = scene.holdings[parent].created, scene.settings.recent_days
    if not created:
        return None
    since = {"field": created, "op": "greater_or_equal", "value": f"$today-{days}"}
    return scope(both(since, _not_ahead(scene, parent, created)))


def ahead(field: str, days: int = 1) -> Figure:
    """Records of which a date lies so many days ahead, or more: no record was made or written tomorrow."""
    return Figure(metric="records", where=scope({"field": field, "op": "greater_or_equal", "value": f"$today+{days}"}))


def _not_ahead(scene: AuditScene, parent: str, field: str) -> Body | None:
    """The records of which a date may be true; None, which is all of them, where none is known to lie ahead."""
    return {"field": field, "op": "less", "value": "$today+1"} if scene.count(parent, ahead(field)) else None


def figures(scene: AuditScene, made: Made) -> Figures:
    """What is asked of one field."""
    _, parent, name, body = made
    held, since = scene.holdings[parent], recent(scene, parent)
    filled, default = _filled(scene, name, body), body.get("default")
    ticked = filled.metric == "records"
    written = scope(_not_ahead(scene, parent, held.modified))
    before = {"field": held.modified, "op": "less", "value": f"$today-{scene.settings.young_days}"}
    return Figures(
        filled=filled,
        recent=_among(filled, since) if since is not None else None,
        latest=Figure(metric="latest", field=name, blanks=filled.blanks, where=written)
        if held.modified and not ticked
        else None,
        # A box that is made ticked may be unticked on all records there were before it.
        old=_among(filled, scope(before)) if held.modified and not ticked else None,
        by_type=_parted(scene, parent, filled, held.record_type),
        by_editor=_parted(scene, parent, filled, held.editor),
        present=Figure(metric="filled", field=name) if held.kinds[name] == "text" else None,
        default=_equal(name, default) if default is not None and held.kinds[name] != "many" else None,
    )


def _filled(scene: AuditScene, name: str, body: Body) -> Figure:
    """Filled with something that says more than the default; for a box ticked by itself, the boxes unticked."""
    if body.get("default") is True:
        return _equal(name, False)
    return Figure(metric="filled", field=name, blanks=blanks_of(scene, body))


def _equal(name: str, value: object) -> Figure:
    return Figure(metric="records", where=scope({"field": name, "op": "equals", "value": value}))


def _among(figure: Figure, where: bytes) -> Figure:
    narrowed = Figure(metric="records", where=where).criteria
    return msgspec.structs.replace(figure, where=scope(both(figure.criteria, narrowed)))


def _parted(scene: AuditScene, parent: str, figure: Figure, by: str) -> Figure | None:
    """A figure by the values of another field, where those are known to be few."""
    few = scene.count(parent, different(by)) if by else None
    if not few or few > scene.settings.few_values or figure.where:
        return None
    return msgspec.structs.replace(figure, by=by)


def different(field: str) -> Figure:
    """How many different values stand beside the records: types, or people."""
    return Figure(metric="distinct", field=field)


def asks(scene: AuditScene) -> Iterator[Ask]:
    """The figures behind all facts; what only matters for a field that looks empty is asked once it does."""
    for parent, held in scene.holdings.items():
        yield parent, RECORDS
        since = recent(scene, parent)
        if since is not None:
            yield parent, Figure(metric="records", where=since)
        yield from ((parent, ahead(field)) for field in (held.created, held.modified) if field)
        for by in dict.fromkeys((held.record_type, held.editor)):
            if by:
                yield parent, different(by)
                whole = _parted(scene, parent, RECORDS, by) if by == held.record_type else None
                if whole is not None:
                    yield parent, whole
    for made in scene.judged:
        _, parent, name, body = made
        if scene.holds(parent, name) and not is_computed(body):
            wanted = figures(scene, made)
            now = (wanted.filled, wanted.recent, wanted.latest, wanted.by_type, wanted.by_editor)
            later = (wanted.old, wanted.present, wanted.default) if _looks_empty(scene, parent, wanted) else ()
            yield from ((parent, figure) for figure in (*now, *later) if figure is not None)


def _looks_empty(scene: AuditScene, parent: str, wanted: Figures) -> bool:
    records, filled = scene.records(parent), scene.count(parent, wanted.filled)
    lately = scene.count(parent, wanted.recent) if wanted.recent is not None else None
    if not records or filled is None:
        return False
    return filled * 100 < scene.settings.rare_percent * records or lately == 0


def answered(scene: AuditScene, parent: str, figure: Figure | None) -> Answer:
    """What came of a figure; unmeasured where it could not be asked."""
    return scene.answer(parent, figure or _UNASKED)


def unmeasured(reason: str) -> Answer:
    """An answer that there is none."""
    return Answer(evidence=Evidence(exactness="unmeasured", reason=reason))


def parts_of(scene: AuditScene, parent: str, wanted: Figures, filled: Answer) -> tuple[Part, ...]:
    """A field by record type, the configured names first; empty where the source does not say of which type."""
    by = scene.holdings[parent].record_type
    whole = _parted(scene, parent, RECORDS, by)
    if wanted.by_type is None or whole is None:
        return ()
    every, having = scene.answer(parent, whole), scene.answer(parent, wanted.by_type)
    if not every.known or not having.known:
        return ()
    called, counts = scene.called(parent), dict(having.counts)
    found: dict[str, Part] = {}
    for value, records in every.counts:
        name = called.get(value.strip().casefold(), "")
        # Types that are not known by name stay apart: together, one would hide that another uses the field.
        before = found.get(name or value, Part(name, 0, 0))
        found[name or value] = Part(name, before.records + records, before.filled + counts.get(value, 0))
    without = (scene.records(parent) or 0) - sum(part.records for part in found.values())
    there = (filled.evidence.count or 0) - sum(part.filled for part in found.values())
    rest = (Part("", without, there),) if without > 0 else ()
    return tuple(sorted((*found.values(), *rest), key=lambda part: (not part.name, part.name, -part.records)))


def is_parted(scene: AuditScene, parent: str) -> bool:
    """Whether records are, or may be, of several record types."""
    by = scene.holdings[parent].record_type
    held = scene.count(parent, different(by)) if by else 0
    return held is None or held > 1 or len(scene.record_types(parent)) > 1
