"""How fresh an object's records are, which bounds how far any figure over them can be trusted. Pure."""

import datetime as dt

from crmgov.audit.scene import AuditScene
from crmgov.model.figures import Figure, Holding, scope

_UNTOLD = 0.5
"""What records count for that do not say when they were written."""


def newest(held: Holding) -> Figure:
    """When the newest record was written, or made where that is all there is; no record was written tomorrow."""
    field = held.modified or held.created
    return Figure(metric="most", field=field, where=scope({"field": field, "op": "less", "value": "$today+1"}))


def fresh(scene: AuditScene, parent: str) -> float:
    """1 where a record was written today, less for each day, 0 after "recent" is over."""
    held = scene.pointed.get(parent)
    if held is None or not (held.modified or held.created):
        return _UNTOLD
    try:
        days = (scene.today - dt.date.fromisoformat(scene.answer(parent, newest(held)).text[:10])).days
    except ValueError:
        return _UNTOLD
    return min(1.0, max(0.0, 1 - days / scene.settings.recent_days))
