"""Records that a schedule should have taken by now, and that do not show it (governance rules 28 and 33)."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.process.criteria import days_ago, equals, every
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.silence import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.automation.steps import running
from crmgov.check.governance.scene import mapping, rows, spoken
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Severity
from crmgov.model.figures import Figure, scope

COVERS = {"SILENT007": (28, 33)}
_SLACK = 2
"""Days that a schedule may be late before a record counts: it runs daily at best, and days end at other hours there."""

_FAR = 36_500
"""Days from a date beyond which no schedule is meant."""


class _Due(NamedTuple):
    """A schedule that leaves a mark: the field it sets, and the records that should bear it by now."""

    address: str
    parent: str
    field: str
    value: object
    where: Body


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records whose time came lately, and those of them without the mark."""
    for one in _due(scene):
        yield from ((one.parent, figure) for figure in _figures(one))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - schedules decide
    """One for each schedule that passed by more than a few."""
    for one in _due(scene):
        whole, without = (counted(scene, one.parent, figure) for figure in _figures(one))
        if whole < scene.settings.minimum_records or without * 100 < scene.settings.silent_percent * whole:
            continue
        days = scene.settings.recent_days
        text = share(without, whole, f"{one.parent} records whose time came in the last {days} days")
        message = f"{spoken(one.address)}: {text} meet its condition and do not have the {one.field} it sets"
        age = scene.ages.get(one.address)
        known = age is not None and age.settled(scene.settings.recent_days)
        severity: Severity | None = None if known else "note"
        told = (text,) if known else (text, "how long it has existed is not known")
        yield scene.config.finding("SILENT007", message, one.address, severity=severity, evidence=told)


def _figures(one: _Due) -> tuple[Figure, Figure]:
    without = every(one.where, {"not": equals(one.field, one.value)})
    return Figure(metric="records", where=scope(one.where)), Figure(metric="records", where=scope(without))


def _due(scene: AuditScene) -> Iterator[_Due]:
    for one in running(scene.config):
        parent, trigger = one.does.object, mapping(one.body.get("trigger"))
        age = scene.ages.get(one.address)
        if one.does.on != "scheduled" or parent not in scene.holdings:
            continue
        if age is not None and age.young(scene.settings.recent_days + _SLACK):
            continue  # what came due before it was there was never its own
        mark, came = _mark(scene, parent, one.body), _came(scene, parent, trigger)
        where = every(mapping(one.body.get("when")) or None, came)
        if mark is not None and came is not None and where is not None:
            yield _Due(one.address, parent, *mark, where)


def _mark(scene: AuditScene, parent: str, body: Body) -> tuple[str, object] | None:
    """The first field that the automation sets at once to a value of its own."""
    for action in rows(body.get("actions")):
        field, value = action.get("field"), action.get("value")
        plain = action.get("type") == "set_field" and isinstance(field, str) and value is not None
        if plain and not action.get("after") and scene.holds(parent, str(field)):
            return str(field), value
    return None


def _came(scene: AuditScene, parent: str, trigger: Body) -> Body | None:
    """The records whose time came lately; None where it does not count from a date that the source holds."""
    field = str(trigger.get("date_field") or "")
    if not scene.holds(parent, field) or scene.holdings[parent].kinds[field] != "time":
        return None
    shift = math.ceil(float(trigger.get("days") or 0) + float(trigger.get("hours") or 0) / 24)
    if abs(shift) > _FAR:
        return None
    last = days_ago(scene.today, _SLACK + shift)
    first = days_ago(scene.today, scene.settings.recent_days + shift)
    return {"all": [
        {"field": field, "op": "greater_or_equal", "value": first.isoformat()},
        {"field": field, "op": "less", "value": last.isoformat()},
    ]}  # fmt: skip
