"""Where the records come from that automations pass by or send astray: by record type, and by source. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from crmgov.audit.picklists import listed
from crmgov.audit.population import different
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.silence.predict import astray_of, scope_of
from crmgov.check.governance.modelling.source_survives import source_of
from crmgov.check.governance.silence.shares import Split
from crmgov.model.audits import SegmentFigures
from crmgov.model.figures import Figure


class _Parting(NamedTuple):
    """A field whose values part the records, and what the configuration calls each value, in small letters."""

    field: str
    names: Mapping[str, str]


def asks(scene: AuditScene, found: list[Split]) -> Iterator[Ask]:
    """Records in scope and those astray by segment, for automations of which any are astray."""
    for one in found:
        parent = one.subject.object
        if scene.count(parent, astray_of(scene, one)):
            for by in _partings(scene, parent):
                yield parent, different(by.field)
                if _few(scene, parent, by):
                    yield from ((parent, figure) for figure in _figures(scene, one, by))


def segments(scene: AuditScene, one: Split) -> tuple[SegmentFigures, ...]:
    """The segments of one automation's records, in the order of the configuration; values that it does not list are
    one segment without a name.
    """
    return tuple(found for by in _partings(scene, one.subject.object) for found in _segments(scene, one, by))


def _segments(scene: AuditScene, one: Split, by: _Parting) -> Iterator[SegmentFigures]:
    whole, astray = (scene.answer(one.subject.object, figure) for figure in _figures(scene, one, by))
    if not whole.known or not astray.known or len(whole.counts) < 2:
        return
    scopes, amiss = (_named(answer.counts, by) for answer in (whole, astray))
    for name in (*dict.fromkeys(by.names.values()), ""):
        if scopes[name]:
            yield SegmentFigures(by=by.field, value=name, in_scope=scopes[name], skipped=amiss[name])


def _named(counts: tuple[tuple[str, int], ...], by: _Parting) -> Counter[str]:
    found: Counter[str] = Counter()
    for value, count in counts:
        found[by.names.get(value.strip().casefold(), "")] += count
    return found


def _figures(scene: AuditScene, one: Split, by: _Parting) -> tuple[Figure, Figure]:
    whole, astray = (
        msgspec.structs.replace(figure, by=by.field) for figure in (scope_of(scene, one), astray_of(scene, one))
    )
    return whole, astray


def _few(scene: AuditScene, parent: str, by: _Parting) -> bool:
    return 1 < (scene.count(parent, different(by.field)) or 0) <= scene.settings.few_values


def _partings(scene: AuditScene, parent: str) -> Iterator[_Parting]:
    held = scene.holdings[parent]
    if held.record_type and scene.record_types(parent):
        yield _Parting(held.record_type, scene.called(parent))
    source = source_of(scene.config, parent)
    if source and scene.holds(parent, source):
        names = listed(scene.config, scene.config.tree.body(scene.field(parent, source)))
        if names and held.kinds[source] == "text":
            yield _Parting(source, {name.casefold(): name for name in sorted(names)})
