"""Small trees for tests: bodies in, diagnostics out."""

from collections.abc import Mapping, Sequence
from typing import Any

from crmgov.check.run import check
from crmgov.check.tree import Case
from crmgov.model.diagnostics import Diagnostic, Where
from crmgov.model.normal import canonical_body
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot, kind_of

Tree = dict[str, dict[str, Any]]

SALES: Tree = {
    "Object/Lead": {"label": "Lead"},
    "Object/Account": {"label": "Account"},
    "Object/Opportunity": {"label": "Opportunity", "visible_to": ["Sales"]},
    "Role/Sales": {"label": "Sales"},
    "Role/Director": {"label": "Director"},
    "Picklist/Regions": {"values": ["EMEA", {"name": "APAC", "aliases": ["Asia"]}, {"name": "LATAM", "active": False}]},
    "Field/Lead.Region": {"type": "picklist", "picklist": "Regions"},
    "Field/Lead.Name": {"type": "text", "length": 80},
    "Field/Lead.Score": {"type": "integer"},
    "Field/Lead.Due": {"type": "date"},
    "Field/Lead.Hot": {"type": "boolean"},
    "Field/Lead.Topics": {"type": "multipicklist", "values": ["Price", "Support"]},
    "Field/Lead.OwnerId": {"type": "lookup", "references": ["User"]},
    "Object/User": {"label": "User"},
    "Field/User.Email": {"type": "email"},
    "Field/Account.Region": {"type": "picklist", "picklist": "Regions"},
    "Field/Account.Parent": {"type": "lookup", "references": ["Account"]},
    "Field/Opportunity.Account": {"type": "master_detail", "references": ["Account"]},
    "Field/Opportunity.Stage": {"type": "picklist", "picklist": "Stages"},
    "Field/Opportunity.Amount": {"type": "currency", "precision": 10, "scale": 2},
    "StageSet/Stages": {"field": "Opportunity.Stage", "stages": ["New", "Proposal/Price Quote", "Won"]},
    "Pipeline/Opportunity.Deals": {
        "stage_set": "Stages",
        "stages": [{"name": "New", "next": ["Proposal/Price Quote"]}, "Proposal/Price Quote", "Won"],
    },
    "Team/Desk": {"type": "queue", "objects": ["Lead"]},
    "PermissionSet/Reps": {"objects": {"Lead": {"read": True}}},
}
"""A tree without fault, which tests break in one place at a time."""


def snapshot(resources: Mapping[str, Mapping[str, Any]]) -> Snapshot:
    bodies = {address: canonical_body(kind_of(address), dict(body)) for address, body in resources.items()}
    return Snapshot.of("test", bodies, places={a: Where(a.replace("/", "-") + ".yaml") for a in bodies})


def found(
    more: Tree, *, without: Sequence[str] = (), catalogues: Sequence[Catalogue] = (), case: Case = "exact"
) -> list[Diagnostic]:
    tree = {address: body for address, body in {**SALES, **more}.items() if address not in without}
    return check(snapshot(tree), catalogues, case=case)


def told(more: Tree, **options: Any) -> list[str]:
    """Code and message of each finding, in order of text."""
    return sorted(f"{item.code} {item.message}" for item in found(more, **options))
