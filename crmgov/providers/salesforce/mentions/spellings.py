"""Spellings: list views, search layouts and related lists call standard fields by older names than the fields have.

Only what is certain is here or follows from a field's own name (``LAST_NAME``); anything else is not understood.
"""

from crmgov.providers.salesforce.catalogue import SalesforceCatalogue

_COMMON = {
    "NAME": "Name",
    "FULL_NAME": "Name",
    "OBJECT_ID": "Id",
    "CREATED_DATE_DATE_ONLY": "CreatedDate",
    "CREATEDBY_USER": "CreatedById",
    "CREATED_BY_NICKNAME": "CreatedById",
    "LAST_UPDATE": "LastModifiedDate",
    "UPDATEDBY_USER": "LastModifiedById",
    "RECORDTYPE": "RecordTypeId",
    "LAST_ACTIVITY": "LastActivityDate",
    "OWNER_NAME": "OwnerId",
}
"""On every object."""
_POINTERS = {
    "OWNER": "OwnerId",
    "CORE.USERS": "OwnerId",
    "CREATEDBY_USER": "CreatedById",
    "UPDATEDBY_USER": "LastModifiedById",
    "CORE.PROFILE": "ProfileId",
    "CORE.USER_ROLE": "UserRoleId",
    "COMMUNITY": "CommunityId",
}
"""What stands before an attribute of what a record points at: the field that does."""
_OBJECTS = {
    "CASES": "Case",
    "CM": "CampaignMember",
    "PRODUCT": "Product2",
    "VERSION": "ContentVersion",
    "ORDERS": "Order",
}
"""What stands before a field, where it is not the object's own name."""
_PLACES = ("STREET", "CITY", "STATE", "POSTAL_CODE", "COUNTRY")
_OWN = {
    "Account": {
        "PHONE1": "Phone",
        "PHONE2": "Fax",
        "EMPLOYEES": "NumberOfEmployees",
        "SALES": "AnnualRevenue",
        "URL": "Website",
        "TICKER": "TickerSymbol",
        "PARENT_NAME": "ParentId",
        **{f"ADDRESS1_{part}": f"Billing{part.title().replace('_', '')}" for part in _PLACES},
        **{f"ADDRESS2_{part}": f"Shipping{part.title().replace('_', '')}" for part in _PLACES},
    },
    "Campaign": {"CAMPAIGN_TYPE": "Type", "PARENT_NAME": "ParentId", "NUM_RESPONSES": "NumberOfResponses"},
    "CampaignMember": {"RESPONDED": "HasResponded"},
    "Contact": {
        "PHONE1": "Phone",
        "PHONE2": "Fax",
        "PHONE3": "MobilePhone",
        "PHONE4": "HomePhone",
        "PHONE5": "OtherPhone",
        "PHONE6": "AssistantPhone",
    },
    "Entitlement": {"STATUSINDICATOR": "Status"},
    "Idea": {
        "TITLE": "Title",
        "BODY": "Body",
        "STATUS": "Status",
        "CATEGORIES": "Categories",
        "NUM_COMMENTS": "NumComments",
        "IDEA_THEME": "IdeaThemeId",
    },
    "Lead": {"UNREAD": "IsUnreadByOwner", "EMPLOYEES": "NumberOfEmployees", "REVENUE": "AnnualRevenue"},
    "ServiceContract": {
        "APPROVALSTATUS": "ApprovalStatus",
        "STATUS": "Status",
        "STATUSINDICATOR": "Status",
        "STARTDATE": "StartDate",
        "ENDDATE": "EndDate",
    },
    "Product2": {"CUSTOMER_PRODUCT_ID": "ProductCode", "FAMILY_ENUM": "Family"},
    "Solution": {"STATUS_CODE": "Status", "ISSUE": "SolutionName"},
    "Task": {"WHO_NAME": "WhoId", "WHAT_NAME": "WhatId", "DUE_DATE": "ActivityDate"},
    "Event": {"ALL_DAY": "IsAllDayEvent"},
}
"""On one object."""
_OWN["Event"] |= _OWN["Task"]
_OWN["Activity"] = _OWN["Event"]


def path_of(owner: str, spelling: str, catalogue: SalesforceCatalogue) -> tuple[str, str] | None:
    """The object and the path from it that a spelling on an object means; None where that is not certain."""
    if _is_api_name(spelling):
        return owner, spelling
    head, _, last = spelling.rpartition(".")
    if head in _POINTERS:
        return owner, _POINTERS[head]
    if owner == "ServiceContract" and head == "CONTRACT":
        head = ""
    target = _OBJECTS.get(head) or (catalogue.object_name(head) if head else owner)
    if target is None:
        return None
    own = _OWN.get(target, {}).get(last) or _COMMON.get(last) or catalogue.field_name(target, last)
    own = own or catalogue.field_name(target, f"{last}Id") or catalogue.field_name(target, f"Is{last}")
    return (target, own) if own else None


def _is_api_name(spelling: str) -> bool:
    """Whether a spelling is the field's own name, which small letters or a suffix show."""
    return "__" in spelling or spelling != spelling.upper()
