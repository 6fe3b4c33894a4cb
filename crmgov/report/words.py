"""The words of vendors and of crmgov for the same things, both ways."""

from typing import NamedTuple


class Word(NamedTuple):
    """What crmgov calls something, what that is, and how to write it; and what vendors call it, by vendor."""

    ours: str
    means: str
    write: str
    theirs: dict[str, tuple[str, ...]]


WORDS: tuple[Word, ...] = (
    Word("Object", "A type of record: leads, accounts, deals.", "kind: Object", {
        "Salesforce": ("object", "sObject", "custom object"), "HubSpot": ("object", "custom object", "schema"),
        "Zoho": ("module",), "ActiveCampaign": ("custom object",), "Odoo": ("model",),
    }),
    Word("Field", "One column of an object.", "kind: Field, or fields: in an Object", {
        "Salesforce": ("field", "custom field"), "HubSpot": ("property",), "Zoho": ("field",),
        "ActiveCampaign": ("custom field",), "Odoo": ("field",),
    }),
    Word("Validation", "A rule that stops a record from being saved.", "kind: Validation", {
        "Salesforce": ("validation rule",), "HubSpot": ("property validation",), "Zoho": ("validation rule",),
    }),
    Word("RecordType", "A variant of an object with its own pipeline and picklist values.", "kind: RecordType", {
        "Salesforce": ("record type",), "Zoho": ("layout",),
    }),
    Word("Picklist", "A shared set of values.", "kind: Picklist", {
        "Salesforce": ("global value set", "standard value set", "picklist", "restricted picklist"),
        "HubSpot": ("enumeration", "options", "dropdown"), "Zoho": ("global picklist", "global set"),
        "Odoo": ("selection",),
    }),
    Word("StageSet", "All stages a field can hold.", "kind: StageSet", {
        "Salesforce": ("opportunity stage", "lead status", "case status"), "HubSpot": ("deal stage", "ticket status"),
        "Zoho": ("stage",), "Odoo": ("stage",),
    }),
    Word("Pipeline", "The stages an object's records go through, from a stage set and ordered.", "kind: Pipeline", {
        "Salesforce": ("sales process", "lead process", "support process", "business process"),
        "HubSpot": ("pipeline",), "Zoho": ("pipeline", "sales pipeline"), "ActiveCampaign": ("pipeline",),
    }),
    Word("Lifecycle", "Phases across objects, and the handoffs between them.", "kind: Lifecycle", {
        "Salesforce": ("lead conversion",), "HubSpot": ("lifecycle stage",), "Zoho": ("lead conversion mapping",),
    }),
    Word("Role", "A place in the hierarchy of people.", "kind: Role", {
        "Salesforce": ("role", "user role", "role hierarchy"), "Zoho": ("role",), "Odoo": ("group",),
    }),
    Word("PermissionSet", "What its holders may see and do.", "kind: PermissionSet (a profile: with profile: true)", {
        "Salesforce": ("profile", "permission set", "permission set group", "muting permission set",
                       "field-level security", "object permissions"),
        "HubSpot": ("permission set", "seat"), "Zoho": ("profile", "permission"), "ActiveCampaign": ("user group",),
        "Odoo": ("access rights",),
    }),
    Word("Team", "A queue that records are routed to, or a group of people.", "kind: Team, with type: queue or group", {
        "Salesforce": ("queue", "public group", "group"), "HubSpot": ("team",), "Zoho": ("user group", "group"),
        "Odoo": ("sales team",),
    }),
    Word("Automation", "What the CRM does by itself when a record changes or time passes.", "kind: Automation", {
        "Salesforce": ("flow", "workflow rule", "workflow", "process", "assignment rule", "escalation rule",
                       "auto-response rule", "approval process", "process builder"),
        "HubSpot": ("workflow", "sequence"), "Zoho": ("workflow rule", "workflow", "blueprint", "assignment rule"),
        "ActiveCampaign": ("automation",), "Odoo": ("automated action", "server action"),
    }),
    Word("Layout", "The form people see and fill.", "kind: Layout", {
        "Salesforce": ("page layout", "layout"), "HubSpot": ("property group", "record card"), "Zoho": ("layout",),
        "Odoo": ("form view", "view"),
    }),
    Word("Integration", "A system that shares data with the CRM.", "kind: Integration", {
        "Salesforce": ("connected app", "named credential"), "HubSpot": ("private app", "connected app"),
        "Zoho": ("connection",), "ActiveCampaign": ("integration",),
    }),
    Word("External", "Something named here but governed elsewhere.", "kind: External", {
        "Salesforce": ("email template", "report", "dashboard", "managed package", "installed package"),
        "HubSpot": ("marketing email", "list", "report", "dashboard"), "Zoho": ("email template", "report"),
    }),
    Word("Setting", "Org-wide switches of one area.", "kind: Setting", {
        "Salesforce": ("settings", "org settings", "custom setting"), "HubSpot": ("account settings",),
        "Zoho": ("organisation settings",),
    }),
    Word("Environment", "A named target with its connection, identity and protection.", "kind: Environment", {
        "Salesforce": ("org", "organization", "sandbox", "production", "scratch org"),
        "HubSpot": ("portal", "account", "standard sandbox"), "Zoho": ("organisation", "sandbox"),
        "Odoo": ("database",), "ActiveCampaign": ("account",),
    }),
    Word("matching", "Rules that find duplicates.", "matching: in an Object", {
        "Salesforce": ("matching rule", "duplicate rule"), "HubSpot": ("unique property",),
        "Zoho": ("duplicate check preference", "duplicate check"),
    }),
    Word("controlled_by", "A picklist whose values depend on another field's value.", "controlled_by: in a Field", {
        "Salesforce": ("dependent picklist", "field dependency", "controlling field"),
        "HubSpot": ("dependent property", "conditional property"), "Zoho": ("map dependency", "field dependency"),
    }),
    Word("sharing", "Who sees records they do not own.", "sharing: in an Object", {
        "Salesforce": ("organization-wide default", "sharing model", "OWD"), "Zoho": ("data sharing settings",),
    }),
)  # fmt: skip

OWN: dict[str, str] = {
    "resource": "One governed thing, with a kind and an address.",
    "snapshot": "A frozen set of resources from one source, with what is known of its completeness.",
    "provider": "The adapter to one kind of CRM: it reads snapshots, applies batches and measures records.",
    "change": "Add, remove, modify, rename, replace, adopt or release of one resource, attribute by attribute.",
    "plan": "The ordered, checked, saved set of changes for one environment.",
    "hazard": "A named class of harm. A step with a hazard is applied only when it was accepted.",
    "run": "One apply of a plan; its batches are journaled in the ledger.",
    "ledger": "The record of what was applied to an environment, entry by entry, each chained to the one before.",
    "baseline": "What the ledger says was last desired and last observed at an address.",
    "intent": "What is desired now and was not desired last.",
    "drift": "What is live now and was not observed last: changes made by hand.",
    "finding": "A problem with its code, place and address.",
    "evidence": "Measured facts about records: a value, an estimate with its method, or unmeasured with the reason.",
    "adopt": "To begin to govern a live thing that the configuration describes, without changing it.",
    "release": "To stop governing a thing; it stays as it is in the CRM.",
    "overlay": "What is different in one environment, at one address.",
    "address": "The one written form of where a thing is: Kind/name, Kind/parent.name, elements as #collection[key].",
    "unmanaged": "A live thing that is in neither the configuration nor the ledger: counted, never touched.",
}
"""crmgov's own words."""
