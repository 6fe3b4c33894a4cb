"""Rules: capabilities over the whole CRM are for administration alone."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.permissions.holders import listed
from crmgov.check.governance.scene import mapping
from crmgov.model.diagnostics import Diagnostic

OVER_DATA = {
    "AssignPermissionSets": "give out permission sets",
    "BulkApiHardDelete": "delete in bulk past the recycle bin",
    "DataExport": "export the whole database",
    "ManageEncryptionKeys": "manage encryption keys",
    "ManageProfilesPermissionsets": "change profiles and permission sets",
    "ManageUsers": "manage users",
    "ModifyAllData": "change all data",
    "ViewAllData": "see all data",
    "ViewEncryptedData": "read encrypted data",
}
"""Capabilities by which their holder reaches all data, or more rights (Salesforce's names; Profile in its field
reference)."""
OVER_SETUP = {
    "AuthorApex": "write code",
    "CustomizeApplication": "change fields, stages and automations",
    "ManageFlow": "change automations",
    "ManageInteraction": "change flows",
    "ModifyMetadata": "change configuration through the interface for tools",
}
"""Capabilities by which their holder changes the configuration."""


def over_data(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set that is not for administration and reaches all data, or the rights themselves."""
    yield from _told(grants, "ACCESS003", OVER_DATA)


def over_setup(grants: Grants) -> Iterator[Diagnostic]:
    """Every permission set that is not for administration and may edit stages, fields and automations."""
    yield from _told(grants, "ACCESS004", OVER_SETUP)


def _told(grants: Grants, code: str, words: dict[str, str]) -> Iterator[Diagnostic]:
    for name in sorted(set(grants.sets) - grants.administration):
        address, body = grants.sets[name]
        held = [one for one, granted in mapping(body.get("capabilities")).items() if granted is True and one in words]
        if held:
            may = listed([words[one] for one in held])
            message = f"{name} is not for administration and may {may} ({', '.join(held)})"
            yield grants.scene.finding(code, message, address, ("capabilities", held[0]))
