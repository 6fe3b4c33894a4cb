"""Figures that reports show beside the verdicts: fields by record type, and values where they were asked for."""

from collections.abc import Iterator, Mapping

from crmgov.audit.picklists import listed
from crmgov.audit.population import blanks_of
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.check.tree import parts
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
    """One statement an object that has record types; values only where they are to be shown."""
    parted = {
        parent: holding.record_type
        for parent, holding in scene.holdings.items()
        if holding.record_type and record_types(scene, parent)
    }
    for parent, record_type in parted.items():
        yield parent, by_type(RECORDS, record_type)
    for _, parent, name, body in scene.fields:
        if not scene.holds(parent, name):
            continue
        if parent in parted:
            yield parent, by_type(filled(scene, name, body), parted[parent])
        if scene.show_values and not masked(body):
            yield parent, most_frequent(scene, name, body)


def filled(scene: AuditScene, name: str, body: Body) -> Figure:
    """Records with a value that says something."""
    return Figure(metric="filled", field=name, blanks=blanks_of(scene, body))


def by_type(figure: Figure, record_type: str) -> Figure:
    """A figure parted by record type."""
    return Figure(metric=figure.metric, field=figure.field, blanks=figure.blanks, by=record_type)


def most_frequent(scene: AuditScene, name: str, body: Body) -> Figure:
    """The values to show: those of a picklist are counted by a rule already, with the same figure."""
    most = scene.settings.few_values if listed(scene.config, body) is not None else MOST_SHOWN
    return Figure(metric="values", field=name, most=most)


def record_types(scene: AuditScene, parent: str) -> Mapping[str, str]:
    """By what a record may say (name or label, in small letters), the name of each configured record type."""
    found: dict[str, str] = {}
    for address in scene.config.tree.of_kind("RecordType"):
        _, owner, name = parts(address)
        if owner == parent:
            label = scene.config.tree.body(address).get("label")
            found |= {word.strip().lower(): name for word in (name, label) if isinstance(word, str)}
    return found


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
