"""Columns that every CRM keeps beside the fields people make, by the names the vendors give them."""

from collections.abc import Iterable, Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "created": ("createddate", "createdate", "hs_createdate", "created_time", "createdat", "created_at", "createdon"),
    "modified": (
        "lastmodifieddate", "systemmodstamp", "hs_lastmodifieddate", "lastmodifieddate", "modified_time", "updatedat",
        "updated_at", "modifiedon", "write_date",
    ),
    "author": ("createdbyid", "created_by", "createdby", "hs_created_by_user_id", "create_uid"),
    "editor": ("lastmodifiedbyid", "modified_by", "modifiedby", "hs_updated_by_user_id", "write_uid"),
    "owner": ("ownerid", "owner", "owner_id", "hubspot_owner_id", "user_id"),
    "key": ("id", "hs_object_id", "record id", "record_id", "recordid"),
    "active": ("isactive", "is_active", "active"),
    "logged_in": ("lastlogindate", "last_login_date", "last_login", "lastlogin", "last_login_time"),
    "role": ("userrole.developername", "userrole.name", "role", "role_name", "role.name"),
    "record_type": ("recordtypeid", "recordtype.developername", "recordtype", "record_type", "layout"),
}  # fmt: skip
"""Salesforce, HubSpot, Zoho, Odoo and the plain spellings, lower case; the first that is there is taken."""


def beside(columns: Iterable[str]) -> dict[str, str]:
    """What stands beside the fields, by role, among columns of any spelling."""
    known = {column.lower(): column for column in columns}
    found = {role: next((known[name] for name in names if name in known), "") for role, names in NAMES.items()}
    return {role: column for role, column in found.items() if column}
