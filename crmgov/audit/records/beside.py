"""Columns that every CRM keeps beside the fields people make, by the names the vendors give them."""

import re
from collections.abc import Iterable, Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "created": ("createddate", "createdate", "hscreatedate", "createdtime", "createdat", "createdon"),
    "modified": (
        "lastmodifieddate", "systemmodstamp", "hslastmodifieddate", "modifiedtime", "updatedat", "modifiedon",
        "writedate",
    ),
    "author": ("createdbyid", "createdby", "hscreatedbyuserid", "createuid"),
    "editor": ("lastmodifiedbyid", "modifiedby", "hsupdatedbyuserid", "writeuid"),
    "owner": ("ownerid", "owner", "hubspotownerid", "userid"),
    "key": ("id", "hsobjectid", "recordid"),
    "active": ("isactive", "active"),
    "logged_in": ("lastlogindate", "lastlogin", "lastlogintime"),
    "role": ("userrole.developername", "userrole.name", "role", "rolename", "role.name"),
    "profile": ("profile.name", "profilename"),
    "record_type": ("recordtypeid", "recordtype.developername", "recordtype", "layout"),
}  # fmt: skip
"""Salesforce, HubSpot, Zoho, Odoo and the plain spellings, in small letters without blanks, lines and hyphens: as an
interface names columns and as an export heads them. The first that is there is taken."""


def beside(columns: Iterable[str]) -> dict[str, str]:
    """What stands beside the fields, by role, among columns of any spelling."""
    known: dict[str, str] = {}
    for column in columns:
        known.setdefault(re.sub(r"[\s_-]+", "", column.lower()), column)
    found = {role: next((known[name] for name in names if name in known), "") for role, names in NAMES.items()}
    return {role: column for role, column in found.items() if column}
