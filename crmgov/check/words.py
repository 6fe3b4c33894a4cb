"""The words in which the reference rules speak: what a kind is called, and what a wrong name in it leads to."""

import re

from crmgov.model.address import for_people, parse
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import kind_of

CODES = {
    "Object": "REF001", "Field": "REF002", "FieldPath": "REF002", "ObjectField": "REF002", "Picklist": "REF003",
    "ValueSet": "REF003", "RecordType": "REF004", "Role": "REF005", "PermissionSet": "REF006", "Team": "REF007",
    "Layout": "REF008", "Pipeline": "REF009", "StageSet": "REF010", "Stage": "REF012", "PipelineStage": "REF012",
    "Value": "REF011",    "External": "REF013", "Integration": "REF014", "Environment": "REF015",
}  # fmt: skip
"""The code of a name that stands for nothing, by what it should stand for."""

THING = {
    "Object": "object", "Field": "field", "FieldPath": "field", "ObjectField": "field", "Picklist": "picklist",
    "ValueSet": "picklist", "RecordType": "record type", "Role": "role", "PermissionSet": "permission set",
    "Team": "team", "Layout": "layout", "Pipeline": "pipeline", "StageSet": "stage set", "Stage": "stage",
    "PipelineStage": "stage", "Value": "value",
    "External": "External", "Integration": "integration", "Environment": "environment",
    "Automation": "automation", "Validation": "validation", "Lifecycle": "lifecycle", "Setting": "setting",
    "Governance": "governance document", "Policy": "policy",
}  # fmt: skip
"""What people call a kind."""

_WHY_BY_USER = {
    "Automation": {
        "Stage": "It would never fire, and the CRM would show no error.",
        "Value": "It would never fire, and the CRM would show no error.",
        "Field": "The CRM would refuse the automation, or take the field for blank.",
        "Team": "The records would reach nobody.",
        "Role": "Nobody would be told, and nobody would be given the work.",
        "External": "No message would be sent.",
    },
    "Validation": {
        "Stage": "The rule would never reject anything.",
        "Value": "The rule would never reject anything.",
        "Field": "The CRM would refuse the rule.",
    },
    "Layout": {"Field": "The CRM would refuse the layout, or show nothing there."},
    "PermissionSet": {
        "Field": "The access would be to nothing; the field that was meant stays closed.",
        "Object": "The access would be to nothing; the object that was meant stays closed.",
    },
    "Pipeline": {"Stage": "No record could ever be in it.", "Field": "No record could ever enter the stage."},
    "RecordType": {"Value": "The CRM would refuse the record type.", "Field": "The CRM would refuse the record type."},
    "Field": {
        "ValueSet": "The field would offer no value to choose.",
        "Object": "The field could not be created.",
        "Field": "The field could not be created.",
        "Value": "The CRM would refuse the field.",
    },
    "Lifecycle": {"Stage": "The handoff would never happen.", "Field": "The value would be lost at the handoff."},
    "Integration": {"Field": "Nothing would be shared for it.", "Value": "Nothing would be shared for it."},
}

_ALIASES = {"FieldPath": "Field", "ObjectField": "Field", "PipelineStage": "Stage", "Picklist": "ValueSet"}


def why(user: str, named: str) -> str:
    """What follows from a wrong name, for the kind of thing it stands in; empty: the code's own words fit."""
    return _WHY_BY_USER.get(kind_of(user), {}).get(_ALIASES.get(named, named), "")


_NEXT = re.compile(r"(?<=[a-z])(?=[A-Z])")


def thing(kind: str) -> str:
    """What people call a kind, one of a source that is none of the model's too: ``ListView`` is a list view."""
    return THING.get(kind) or (kind.lower() if kind in KINDS else _NEXT.sub(" ", kind).lower())


def people(address: str) -> str:
    """An address as a reader says it: a field by object and name, anything else with what it is."""
    kind = kind_of(address)
    if kind not in KINDS:
        at = parse(address)
        return f'{thing(kind)} "{at.name}"' + (f" of {at.parent}" if at.parent is not None else "")
    name = for_people(address)
    return name if kind in ("Field", "Object") else f"{thing(kind)} {name}"
