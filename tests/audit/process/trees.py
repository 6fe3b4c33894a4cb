"""Configurations of a small company: deals with contacts and accounts, leads that become deals."""

from tests.audit.process.case import Tree

DEALS: Tree = {
    "Object/Deal": {"golden_record": {"required": ["Account", "Amount"], "recommended": ["Contact"]}},
    "Object/Account": {},
    "Object/Contact": {"retention": {"months": 12, "from_field": "LastVerified", "action": "delete"}},
    "Field/Deal.Stage": {"type": "picklist", "picklist": "DealStages"},
    "Field/Deal.Owner": {"type": "user"},
    "Field/Deal.Amount": {"type": "currency"},
    "Field/Deal.CloseDate": {"type": "date"},
    "Field/Deal.LastActivityDate": {"type": "date"},
    "Field/Deal.OfferedOn": {"type": "date"},
    "Field/Deal.Account": {"type": "lookup", "references": ["Account"]},
    "Field/Deal.Contact": {"type": "lookup", "references": ["Contact"]},
    "Field/Deal.LeadSource": {"type": "text"},
    "Field/Contact.Account": {"type": "lookup", "references": ["Account"]},
    "Field/Contact.Email": {"type": "email"},
    "Field/Contact.LastVerified": {"type": "date"},
    "StageSet/DealStages": {
        "field": "Deal.Stage",
        "stages": [
            {"name": "New", "outcome": "open", "default": True},
            {"name": "Offer", "outcome": "open"},
            {"name": "Terms", "outcome": "open"},
            {"name": "Won", "outcome": "won"},
            {"name": "Lost", "outcome": "lost"},
            {"name": "Parked", "outcome": "open"},
        ],
    },
    "Role/Seller": {"label": "Seller"},
    "Role/Closer": {"label": "Closer"},
    "Pipeline/Deal.Selling": {
        "stage_set": "DealStages",
        "stages": [
            {"name": "New", "next": ["Offer", "Lost"], "owner_role": "Seller"},
            {
                "name": "Offer", "next": ["Terms", "Lost"], "owner_role": "Seller", "max_age": 21,
                "entry": {"required": ["Amount"]},
            },
            {"name": "Terms", "next": ["Won", "Lost"], "owner_role": "Closer", "max_age": 10},
            {"name": "Won", "next": []},
            {"name": "Lost", "next": []},
        ],
    },
    "Lifecycle/Way": {
        "handoffs": [
            {
                "name": "To closing", "role": "Closer",
                "from": {"object": "Deal", "pipeline": "Selling", "stage": "Offer"},
                "to": {"object": "Deal", "pipeline": "Selling", "stage": "Terms"},
                "required": ["Deal.Contact", "Account.Name"],
            },
        ],
    },
    "Automation/Deal.Stamp": {
        "active": True, "trigger": {"on": "field_changed", "fields": ["Stage"]},
        "when": {"field": "Stage", "op": "equals", "value": "Offer"},
        "actions": [{"name": "Stamp", "type": "set_field", "field": "OfferedOn", "formula": "date('now')"}],
    },
}  # fmt: skip
LEADS: Tree = {
    **DEALS,
    "Object/Lead": {},
    "Field/Lead.Status": {"type": "picklist", "picklist": "LeadStages"},
    "Field/Lead.LeadSource": {"type": "text"},
    "Field/Lead.Deal": {"type": "lookup", "references": ["Deal"]},
    "Field/Lead.Email": {"type": "email"},
    "StageSet/LeadStages": {
        "field": "Lead.Status",
        "stages": [{"name": "Open", "outcome": "open"}, {"name": "Converted", "outcome": "converted"}],
    },
    "Pipeline/Lead.Qualifying": {"stage_set": "LeadStages", "stages": [{"name": "Open"}, {"name": "Converted"}]},
    "Lifecycle/Way": {
        "handoffs": [
            {
                "name": "Conversion", "conversion": True,
                "from": {"object": "Lead", "pipeline": "Qualifying", "stage": "Open"},
                "to": {"object": "Deal", "pipeline": "Selling", "stage": "New"},
                "required": ["Lead.Email"],
                "carry": {"Lead.LeadSource": {"to": "Deal.LeadSource"}},
            },
        ],
    },
}  # fmt: skip
CONTRACTS: Tree = {
    "Object/Contract": {},
    "Object/Subscription": {},
    "Field/Contract.Status": {"type": "picklist", "values": [{"name": "Draft"}, {"name": "Active"}, {"name": "Ended"}]},
    "Field/Contract.EndDate": {"type": "date"},
    "Field/Subscription.EndDate": {"type": "date"},
    "Field/Subscription.Contract": {"type": "lookup", "references": ["Contract"]},
}
SETS: Tree = {
    "Object/Deal": {},
    "PermissionSet/Sales": {"objects": {"Deal": {"read": True, "export": True}}},
    "PermissionSet/Readers": {"objects": {"Deal": {"read": True}}},
    "PermissionSet/Everything": {"includes": ["Readers"]},
}
PROFILES: Tree = {
    **SETS,
    "PermissionSet/Admin": {"label": "System Administrator", "profile": True, "objects": {"Deal": {"export": True}}},
    "PermissionSet/Standard": {"profile": True, "objects": {"Deal": {"read": True}}},
}
