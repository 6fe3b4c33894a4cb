"""Standard objects and fields in desired state: only what their files can change is kept."""

from crmgov.model.address import Address
from crmgov.model.canonical import Body
from crmgov.providers.salesforce.catalogue import SalesforceCatalogue
from crmgov.providers.salesforce.forms import Tell, Trouble
from crmgov.providers.salesforce.naming import Names

_FIXED = {
    "Object": frozenset(
        {"label", "label_plural", "record_name", "deployed", "description", "activities", "reports"},
    ),
    "Field": frozenset(
        {
            "label",
            "type",
            "required",
            "unique",
            "external_id",
            "length",
            "precision",
            "scale",
            "default",
            "picklist",
            "values",
            "restricted",
            "references",
            "on_delete",
            "relationship",
            "formula",
            "returns",
            "rollup",
            "format",
        }
    ),
}
"""By kind: what the vendor gives a standard thing and no file changes (fact sheet, section 4: standard fields are
deployable as overlays of help text, history and lookup filter only)."""
_TEXTS = frozenset({"text", "textarea", "richtext", "email", "phone", "url", "autonumber"})
_NUMBERS = frozenset({"integer", "decimal", "currency", "percent", "rollup"})
_LOOKUPS = frozenset({"lookup", "master_detail", "user"})


def overlay(native: Address, body: Body, names: Names, catalogue: SalesforceCatalogue, tell: Tell) -> Body:
    """What is left of the body of a standard object or field; contradictions to the vendor's own are told."""
    fixed = _FIXED.get(native.kind, frozenset())
    if native.kind == "Field":
        known = catalogue.field(str(native.parent), native.name) or {}
        ours, theirs = body.get("type"), known.get("type")
        if ours is not None and theirs is not None and _family(str(ours)) != _family(str(theirs)):
            mend = "Give the field another name, or native.salesforce.name, so that it becomes a field of your own."
            told = f"{native.name} is a standard field of type {theirs} in Salesforce, not {ours}"
            tell(Trouble(("type",), told, mend))
        _check_values(native, body, names, known, tell)
    return {name: value for name, value in body.items() if name not in fixed}


def _check_values(native: Address, body: Body, names: Names, known: Body, tell: Tell) -> None:
    shared = body.get("picklist")
    mine = names.set_name(str(shared)) if shared is not None else None
    if "picklist" not in known or (mine is None and not body.get("values")) or mine == known["picklist"]:
        return
    wanted = known["picklist"]
    message = f"{native.name} takes its values from the standard value set {wanted}"
    mend = f"Give the picklist of its values the name {wanted} under native.salesforce.name, and refer to it."
    tell(Trouble(("picklist",) if mine else ("values",), message, mend))


def _family(kind: str) -> str:
    for name, kinds in (("text", _TEXTS), ("number", _NUMBERS), ("lookup", _LOOKUPS)):
        if kind in kinds:
            return name
    return kind
