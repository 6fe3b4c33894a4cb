"""The vendor's names of metadata types that the model does not hold, by the suffix of their files."""

FOLDERS = {
    "dashboards": "DashboardFolder",
    "documents": "DocumentFolder",
    "email": "EmailFolder",
    "reports": "ReportFolder",
}
"""Folders whose own folders have a file each."""

_BY_SUFFIX = {
    "app": "CustomApplication",
    "cls": "ApexClass",
    "cmp": "AuraDefinitionBundle",
    "community": "Community",
    "component": "ApexComponent",
    "config": "NotificationTypeConfig",
    "document": "Document",
    "duplicateRule": "DuplicateRule",
    "feedFilter": "CustomFeedFilter",
    "fieldTranslation": "CustomFieldTranslation",
    "flexipage": "FlexiPage",
    "index": "Index",
    "indx": "CustomIndex",
    "js": "LightningComponentBundle",
    "labels": "CustomLabels",
    "letter": "Letterhead",
    "LeadConvertSetting": "LeadConvertSettings",
    "matchingRule": "MatchingRules",
    "md": "CustomMetadata",
    "notifications": "ApexEmailNotifications",
    "notiftype": "CustomNotificationType",
    "object": "CustomObject",
    "objectTranslation": "CustomObjectTranslation",
    "page": "ApexPage",
    "policy": "AppointmentSchedulingPolicy",
    "profilePasswordPolicy": "ProfilePasswordPolicy",
    "remoteSite": "RemoteSiteSetting",
    "resource": "StaticResource",
    "rule": "Territory2Rule",
    "sharingRules": "SharingRules",
    "site": "CustomSite",
    "tab": "CustomTab",
    "testSuite": "ApexTestSuite",
    "topicsForObjects": "TopicsForObjects",
    "translation": "Translations",
    "trigger": "ApexTrigger",
    "uiFormatSpecificationSet": "UiFormatSpecificationSet",
    "weblink": "CustomPageWebLink",
}
_BY_FOLDER = {
    "customindex": "CustomIndex",
    "fieldRestrictionRules": "FieldRestrictionRule",
    "restrictionRules": "RestrictionRule",
}

CHILD_TAGS = {
    "compactLayouts": "CompactLayout",
    "fieldSets": "FieldSet",
    "indexes": "Index",
    "listViews": "ListView",
    "sharingReasons": "SharingReason",
    "sharingRecalculations": "SharingRecalculation",
    "webLinks": "WebLink",
}
"""Elements of an object's file that are things of their own, and that the model does not hold."""


def type_name(suffix: str, folder: str) -> str:
    """The vendor's name of a type, as well as the suffix and folder of its file tell it."""
    if not suffix:
        return folder
    return _BY_FOLDER.get(folder) or _BY_SUFFIX.get(suffix) or suffix[:1].upper() + suffix[1:]
