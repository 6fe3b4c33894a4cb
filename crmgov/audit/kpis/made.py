"""A figure of the scorecard from what was counted. Pure."""

from datetime import timedelta

from crmgov.audit.process.criteria import days_ago
from crmgov.audit.scene import AuditScene
from crmgov.model.audits import Kpi
from crmgov.model.canonical import Body


def shared(name: str, parent: str, part: int | None, whole: int | None, *, inputs: float = 1.0, reason: str) -> Kpi:
    """A share. ``inputs`` is the part of what it rests on that was measured; ``reason`` says why it is not known."""
    if part is None or not whole:
        return Kpi(name=name, object=parent, reason=reason)
    return Kpi(name=name, object=parent, share=round(part / whole, 6), of=whole, trust=round(inputs, 6))


def lasting(name: str, parent: str, days: int, records: int, *, inputs: float) -> Kpi:
    """An average of days over so many records."""
    return Kpi(name=name, object=parent, days=round(days / records, 1), of=records, trust=round(inputs, 6))


def lately(scene: AuditScene, field: str) -> Body:
    """The records on which a field holds a time of the days that count as recent, today included."""
    since = days_ago(scene.today, scene.settings.recent_days)
    over = {"field": field, "op": "less", "value": (scene.today + timedelta(days=1)).isoformat()}
    return {"all": [{"field": field, "op": "greater_or_equal", "value": since.isoformat()}, over]}
