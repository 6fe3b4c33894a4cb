"""What Salesforce project files can hold, and what the vendor says of changes."""

from crmgov.model.canonical import Body
from crmgov.model.provider import Capabilities, RenameMode

ATTRIBUTES: dict[str, frozenset[str]] = {
    kind: frozenset([*words.split(), "native"])
    for kind, words in {
        "Object": "label description label_plural record_name sharing external_sharing track_history activities "
        "reports deployed",
        "Field": "label description type required unique external_id length precision scale default help picklist "
        "values restricted controlled_by references on_delete relationship formula returns rollup format track_history",
        "Validation": "description active formula message error_field",
        "RecordType": "label description active pipeline picklists",
        "Picklist": "label description values sorted",
        "StageSet": "field stages sorted",
        "Pipeline": "description stage_set active stages",
        "Role": "label description parent",
        "PermissionSet": "label description profile objects fields record_types tabs apps layouts capabilities "
        "includes mutes",
        "Team": "label description type objects members email",
        "Automation": "label description active trigger actions body body_file",
        "Layout": "sections",
        "Setting": "values",
    }.items()
}
"""By kind, the attributes that its files hold (see the mapping tables)."""

_FIXED = ("StageSet", "Setting")
RENAMES: dict[str, RenameMode] = {kind: "none" if kind in _FIXED else "native" for kind in ATTRIBUTES}
"""In files a rename is one edit; deployed, it is a removal and an addition (fact sheet, section 3)."""

_DEFAULTS: dict[str, Body] = {
    "Object": {"track_history": False, "activities": False, "reports": False},
    "Field": {
        "required": False,
        "unique": False,
        "external_id": False,
        "track_history": False,
        "help": None,
        "description": None,
        "default": None,
        "controlled_by": None,
    },
    "Validation": {"description": None, "error_field": None},
    "RecordType": {"description": None},
    "Picklist": {"description": None, "sorted": False},
    "StageSet": {"sorted": False},
    "Pipeline": {"description": None},
    "Role": {"description": None, "parent": None},
    "PermissionSet": {"description": None},
    "Team": {"email": None, "description": None},
}
"""By kind and attribute: the value where a file says nothing (metadata.wsdl: minOccurs 0, and the fact sheet)."""

CAPABILITIES = Capabilities(
    kinds=frozenset(ATTRIBUTES),
    attributes=ATTRIBUTES,
    renames=RENAMES,
    cannot_create={
        "StageSet": "the sets of stages come with the organisation",
    },
    cannot_remove={
        "RecordType": "the Metadata API cannot delete record types: set active to false, then delete it in Setup",
        "StageSet": "the sets of stages come with the organisation",
        "Setting": "settings come with the organisation",
    },
    resets=_DEFAULTS,
    recover={
        "Object": "restorable for 15 days in Setup",
        "Field": "restorable with its values for 15 days in Setup",
    },
    words={
        "Object": "custom object",
        "Field": "field",
        "Validation": "validation rule",
        "RecordType": "record type",
        "Picklist": "global value set",
        "StageSet": "standard value set",
        "Pipeline": "business process",
        "Role": "role",
        "PermissionSet": "permission set or profile",
        "Team": "queue or public group",
        "Automation": "flow or rule",
        "Layout": "page layout",
        "Setting": "settings",
    },
    atomic=True,
)
