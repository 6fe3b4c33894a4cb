"""Vendors' own words for values and keys of the model, by vendor, with the crmgov word for each.

Folded (see ``near.folded``) before they are looked up. A word that two vendors use for different things is not listed.
"""

from crmgov.schema.near import folded

_FIELD_TYPES: dict[str, dict[str, str]] = {
    "Salesforce": {
        "AutoNumber": "autonumber", "Checkbox": "boolean", "Currency": "currency", "Date": "date",
        "DateTime": "datetime", "Email": "email", "EncryptedText": "text", "ExternalLookup": "lookup",
        "Hierarchy": "lookup", "Html": "richtext", "IndirectLookup": "lookup", "Location": "geolocation",
        "LongTextArea": "textarea", "Lookup": "lookup", "MasterDetail": "master_detail",
        "MetadataRelationship": "lookup", "MultiselectPicklist": "multipicklist", "Number": "decimal",
        "Percent": "percent", "Phone": "phone", "Picklist": "picklist", "Summary": "rollup", "Text": "text",
        "TextArea": "textarea", "Time": "time", "Url": "url",
    },
    "HubSpot": {
        "bool": "boolean", "booleancheckbox": "boolean", "calculation_equation": "formula",
        "calculation_rollup": "rollup", "enumeration": "picklist", "phonenumber": "phone", "phone_number": "phone",
        "select": "picklist", "radio": "picklist", "string": "text",
    },
    "Zoho": {
        "autonumber": "autonumber", "bigint": "integer", "double": "decimal", "fileupload": "file",
        "multiselectlookup": "lookup", "multiselectpicklist": "multipicklist", "ownerlookup": "user",
        "rollup_summary": "rollup", "userlookup": "user", "website": "url",
    },
}  # fmt: skip

_SHARING = {
    "Salesforce": {
        "Private": "private", "Read": "read", "ReadWrite": "read_write", "ReadWriteTransfer": "read_write_transfer",
        "FullAccess": "full_access", "ControlledByParent": "controlled_by_parent",
        "ControlledByCampaign": "controlled_by_campaign", "ControlledByLeadOrContact": "controlled_by_lead_or_contact",
    },
}  # fmt: skip

_ON_DELETE = {"Salesforce": {"SetNull": "set_null", "Restrict": "restrict", "Cascade": "cascade"}}
_TABS = {"Salesforce": {"DefaultOn": "visible", "DefaultOff": "available", "Hidden": "hidden"}}
_FORECAST = {
    "Salesforce": {
        "Omitted": "omitted", "Pipeline": "pipeline", "BestCase": "best_case", "MostLikely": "most_likely",
        "Forecast": "commit", "Closed": "closed",
    },
}  # fmt: skip

_OPERATORS = {
    "Salesforce": {
        "equal": "equals", "notEqual": "not_equals", "lessThan": "less", "greaterThan": "greater",
        "notContain": "not_contains", "includes": "includes", "=": "equals", "!=": "not_equals", "<>": "not_equals",
        "<": "less", "<=": "less_or_equal", ">": "greater", ">=": "greater_or_equal",
        "lessThanOrEqualTo": "less_or_equal", "greaterThanOrEqualTo": "greater_or_equal", "EqualTo": "equals",
        "NotEqualTo": "not_equals",
        "IsBlank": "blank", "IsNull": "blank", "IsChanged": "changed",
    },
    "HubSpot": {
        "EQ": "equals", "NEQ": "not_equals", "LT": "less", "LTE": "less_or_equal", "GT": "greater",
        "GTE": "greater_or_equal", "HAS_PROPERTY": "present", "NOT_HAS_PROPERTY": "blank", "IS_KNOWN": "present",
        "IS_UNKNOWN": "blank", "IS_ANY_OF": "in", "IS_NONE_OF": "not_in",
    },
    "Zoho": {"starts with": "starts_with", "is empty": "blank", "is not empty": "present", "==": "equals"},
}  # fmt: skip

_VALUES: dict[tuple[str, str], dict[str, dict[str, str]]] = {
    ("Field", "type"): _FIELD_TYPES,
    ("Field", "returns"): _FIELD_TYPES,
    ("Field", "on_delete"): _ON_DELETE,
    ("Object", "sharing"): _SHARING,
    ("Object", "external_sharing"): _SHARING,
    ("PermissionSet", "tabs"): _TABS,
    ("StageSet", "forecast"): _FORECAST,
}

_KEYS: dict[str, dict[str, dict[str, str]]] = {
    "Field": {
        "Salesforce": {
            "defaultValue": "default", "deleteConstraint": "on_delete", "displayFormat": "format",
            "inlineHelpText": "help", "referenceTo": "references", "relationshipName": "relationship",
            "trackFeedHistory": "track_history", "trackHistory": "track_history", "valueSetName": "picklist",
        },
        "HubSpot": {"fieldType": "type", "options": "values"},
        "Zoho": {"api_name": "name", "data_type": "type", "field_label": "label", "pick_list_values": "values",
                 "system_mandatory": "required", "tooltip": "help"},
    },
    "Object": {"Salesforce": {"externalSharingModel": "external_sharing", "pluralLabel": "label_plural",
                              "sharingModel": "sharing"}},
    "Validation": {"Salesforce": {"errorConditionFormula": "formula", "errorDisplayField": "error_field",
                                  "errorMessage": "message"}},
}  # fmt: skip


_KINDS: dict[str, dict[str, str]] = {
    "Salesforce": {
        "BusinessProcess": "Pipeline", "CustomField": "Field", "CustomObject": "Object", "Flow": "Automation",
        "GlobalValueSet": "Picklist", "Group": "Team", "Profile": "PermissionSet", "Queue": "Team",
        "ValidationRule": "Validation", "WorkflowRule": "Automation",
    },
    "HubSpot": {"Property": "Field", "Workflow": "Automation"},
    "Zoho": {"Blueprint": "Automation", "Module": "Object"},
}  # fmt: skip


def kind_word(word: str) -> tuple[str, str] | None:
    """The vendor that uses this word for a kind and the kind's own name, if it is known."""
    return _find(_KINDS, word)


def value_word(kind: str, attribute: str, word: str) -> tuple[str, str] | None:
    """The vendor that uses this word here and the crmgov word for it, if it is known."""
    return _find(_OPERATORS if attribute == "op" else _VALUES.get((kind, attribute), {}), word)


def key_word(kind: str, word: str) -> tuple[str, str] | None:
    """The same for a key of a kind's body."""
    return _find(_KEYS.get(kind, {}), word)


def _find(table: dict[str, dict[str, str]], word: str) -> tuple[str, str] | None:
    for vendor, words in table.items():
        for theirs, ours in words.items():
            if folded(theirs) == folded(word):
                return vendor, ours
    return None
