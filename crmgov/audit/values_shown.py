"""Values of records in reports: which may be told, where they were asked for, and what is asked then."""

from collections.abc import Iterator

from crmgov.audit.quality.held import values_asked
from crmgov.audit.scene import Ask, AuditScene
from crmgov.model.canonical import Body
from crmgov.model.figures import Figure

MOST_SHOWN = 5
"""Values of records shown of one field."""
_GUARDED = ("confidential", "restricted")
_PERSONAL = ("email", "phone", "geolocation", "user", "lookup", "master_detail", "textarea", "richtext", "file")
"""Types whose values lead to single people, or are too long to be looked at, whatever else is said of them."""
_FEW = ("boolean", "picklist", "multipicklist")
"""Types whose values were chosen beforehand."""


def asks(scene: AuditScene) -> Iterator[Ask]:
    """The most frequent values of fields, only where they are to be shown."""
    if scene.show_values:
        for _, parent, name, body in scene.judged:
            if scene.holds(parent, name) and not masked(body):
                yield parent, most_frequent(scene, parent, name, body)


def most_frequent(scene: AuditScene, parent: str, name: str, body: Body) -> Figure:
    """The values to show: those of a picklist are counted by a rule already, with the same figure."""
    counted = values_asked(scene, (scene.field(parent, name), parent, name, body))
    return counted or Figure(metric="values", field=name, most=MOST_SHOWN)


def guarded(body: Body) -> str:
    """Why nothing of a field's values may be told at all; empty where something may."""
    if body.get("personal_data"):
        return "it is personal data"
    sensitivity = body.get("sensitivity")
    return f"it is {sensitivity}" if sensitivity in _GUARDED else ""


def masked(body: Body) -> str:
    """Why a field's values are not shown though they were asked for; empty where they are."""
    why = guarded(body)
    if why:
        return why
    kind = str(body.get("type") or "text")
    if kind in _PERSONAL:
        return f"values of type {kind} may lead to single people"
    if kind in _FEW or body.get("sensitivity") in ("public", "internal"):
        return ""
    return "its sensitivity is not stated"
