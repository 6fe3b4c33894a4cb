"""Names: from the vendor's files to addresses, who made a thing, and when two names are one."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from crmgov.model.address import Address, address, parse
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Origin
from crmgov.providers.salesforce.mapping import TYPES, MetadataType, standard_value_set

STANDARD_SET = "standard__"
"""Stands before the name of a standard value set, so that it can't be mistaken for a global one."""
RULE_NAMES = {
    "Workflow": "Workflow rules",
    "AssignmentRules": "Assignment rules",
    "EscalationRules": "Escalation rules",
    "AutoResponseRules": "Auto-response rules",
}
"""Names of automations that are a whole file of rules for an object. No vendor name holds a space."""
ASSIGNMENT_RULE = "Assignment rule "
"""Stands before the name of a single assignment rule."""
TYPE_WORDS = {
    "Profile": "profile",
    "PermissionSetGroup": "group",
    "MutingPermissionSet": "muting",
    "Group": "group",
    "Report": "report",
    "Dashboard": "dashboard",
}
"""Stands in brackets behind a name that another type of the same kind has too."""
STANDARD_PROFILES = frozenset(
    [
        "Admin",
        "Standard",
        "ReadOnly",
        "ContractManager",
        "MarketingProfile",
        "SolutionManager",
        "StandardAul",
        "Minimum Access - Salesforce",
        "Guest License User",
        "Identity User",
        "Chatter External User",
        "Chatter Free User",
        "Chatter Moderator User",
        "Analytics Cloud Integration User",
        "Analytics Cloud Security User",
        "Cross Org Data Proxy User",
        "Customer Community User",
        "Customer Community Login User",
        "Customer Community Plus User",
        "Customer Community Plus Login User",
        "Partner Community User",
        "Partner Community Login User",
        "HighVolumePortal",
        "PlatformPortal",
        "PartnerCommunity",
        "Salesforce API Only System Integrations",
        "Work.com Only User",
        "Force.com - Free User",
        "Gold Partner User",
        "Silver Partner User",
        "Bronze Partner User",
    ]
)
"""Profiles that come with an organisation, by their names in files (not all of them: licences add further ones)."""
_SUFFIX = re.compile(r"__(c|mdt|e|x|b|kav|pc|r|p|s|xo|voteshare|feed|history|share|gvs)\Z", re.IGNORECASE)


class Thing(NamedTuple):
    """A thing as the vendor names it: its type, the object it belongs to, and its name there."""

    type: MetadataType
    parent: str | None
    name: str

    @property
    def full_name(self) -> str:
        """The name in manifests (``Lead.Region__c``, ``Lead-Lead Layout``)."""
        if self.parent is None:
            return self.name
        return f"{self.parent}-{self.name}" if self.type.name == "Layout" else f"{self.parent}.{self.name}"


def address_of(kind: MetadataType, name: str, parent: str | None) -> str:
    """The address of what a file or element of this type and (decoded) name holds."""
    if kind.name == "Layout":
        owner, _, layout = name.partition("-")
        return address("Layout", layout or name, owner)
    if kind.name == "StandardValueSet" and kind.kind == "Picklist":
        return address("Picklist", STANDARD_SET + name)
    if kind.name in RULE_NAMES:
        return address("Automation", RULE_NAMES[kind.name], name)
    if kind.name == "AssignmentRule":
        return address("Automation", ASSIGNMENT_RULE + name, parent)
    if kind.name == "ApprovalProcess":
        owner, _, process = name.partition(".")
        return address("Automation", process, owner) if process else address("Automation", name)
    return address(kind.kind, name, parent)


def thing_of(native: str, body: Body) -> Thing:
    """What a native address stands for at the vendor; the body tells types that share a kind apart."""
    where = parse(native)
    type_name = _TYPE_BY_KIND.get(where.kind) or _type_of(where, body)
    kind, name = TYPES[type_name], where.name
    if kind.name in TYPE_WORDS:
        name = name.removesuffix(f" ({TYPE_WORDS[kind.name]})")
    if where.kind == "StageSet" or (where.kind == "Picklist" and name.startswith(STANDARD_SET)):
        name = name.removeprefix(STANDARD_SET)
        return Thing(standard_value_set(name), None, name)
    if kind.name in RULE_NAMES:
        return Thing(kind, None, str(where.parent))
    if kind.name == "AssignmentRule":
        return Thing(kind, where.parent, name.removeprefix(ASSIGNMENT_RULE))
    return Thing(kind, where.parent, name)


_TYPE_BY_KIND = {
    "Object": "CustomObject",
    "Field": "CustomField",
    "Validation": "ValidationRule",
    "RecordType": "RecordType",
    "Pipeline": "BusinessProcess",
    "Picklist": "GlobalValueSet",
    "StageSet": "StandardValueSet",
    "Layout": "Layout",
    "Role": "Role",
    "Setting": "Settings",
}
_RULE_TYPES = {name: type_name for type_name, name in RULE_NAMES.items()}
_EXTERNAL_TYPES = {"report": "Report", "dashboard": "Dashboard", "template": "EmailTemplate"}


def _type_of(where: Address, body: Body) -> str:
    if where.kind == "Team":
        return "Group" if body.get("type") == "group" else "Queue"
    if where.kind == "PermissionSet":
        if body.get("profile"):
            return "Profile"
        if where.name.endswith(" (muting)"):
            return "MutingPermissionSet"
        return "PermissionSetGroup" if body.get("includes") or body.get("mutes") else "PermissionSet"
    if where.kind == "External":
        return _EXTERNAL_TYPES.get(str(body.get("type")), "EmailTemplate")
    if where.name in _RULE_TYPES:
        return _RULE_TYPES[where.name]
    if where.name.startswith(ASSIGNMENT_RULE):
        return "AssignmentRule"
    return "Flow" if where.parent is None else "ApprovalProcess"


def fold(native: str) -> str:
    """A key equal for addresses that the vendor takes for the same: it ignores case, and a set's ``__gvs``."""
    folded = native.casefold()
    return folded.removesuffix("__gvs") if folded.startswith("picklist/") else folded


def plain(name: str) -> str:
    """A name without the vendor's suffix (``Region__c`` -> ``Region``)."""
    return _SUFFIX.sub("", name)


def namespace(name: str) -> str:
    """The namespace before a name (``ns__Region__c`` -> ``ns``); empty where there is none."""
    before, mark, _ = plain(name).partition("__")
    return before if mark and before else ""


def origin_of(native: str, own: str = "") -> Origin:
    """Who makes a thing of this native address; ``own`` is the project's own namespace."""
    where = parse(native)
    if where.kind == "Picklist" and where.name.startswith(STANDARD_SET):
        return "standard"
    if where.kind in ("StageSet", "Setting"):
        return "standard"
    if where.kind == "PermissionSet" and where.name in STANDARD_PROFILES:
        return "standard"
    if where.kind != "External" and namespace(where.name) not in ("", own):
        return "packaged"
    if where.kind in ("Object", "Field") and not _SUFFIX.search(where.name):
        return "standard"
    return "custom"


def decoded(name: str) -> str:
    """A file's name as the vendor shows it."""
    return unquote(name) if "%" in name else name
