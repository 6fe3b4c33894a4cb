"""What to do instead, for attributes that Salesforce has no place for."""

LOSSLESS = frozenset(
    (kind, name)
    for kind, names in {
        "Validation": "label",
        "StageSet": "label description",
        "Pipeline": "label",
        "Layout": "label description",
        "Setting": "label description",
        "Picklist": "restricted",
        "Automation": "order",
        "PermissionSet": "",
    }.items()
    for name in names.split()
)
"""(kind, attribute) whose loss changes nothing people can do; told as a note."""

_FALLBACKS = {
    ("Automation", "when"): "Put the condition into each case, or keep the automation as a flow (body: opaque).",
    ("Automation", "otherwise"): "Keep the automation as a flow (body: opaque).",
    ("Automation", "order"): "Salesforce orders flows in Setup (trigger order).",
    ("Picklist", "restricted"): "Fields on a shared picklist are always restricted in Salesforce.",
    ("PermissionSet", "layouts"): "Layouts are chosen in profiles (profile: true).",
    ("Validation", "label"): "Salesforce shows the rule's name.",
}


def fallback(kind: str, attribute: str) -> str:
    """The way out, in one sentence."""
    plain = "Leave it out for this environment with an overlay (unset)."
    return _FALLBACKS.get((kind, attribute), plain)
