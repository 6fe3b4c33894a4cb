"""What counts against the vendor's limits by object."""

from collections import Counter

from crmgov.model.address import Address
from crmgov.model.canonical import Body


def counted(where: Address, body: Body, tally: Counter[tuple[str, str]]) -> None:
    """Add a thing to the tally of (object, what is limited)."""
    owner = where.parent or ""
    if where.kind == "Object" and where.name.endswith("__c"):
        tally[("", "custom objects")] += 1
    elif where.kind == "RecordType":
        tally[(owner, "record types")] += 1
    elif where.kind == "Validation" and body.get("active") is not False:
        tally[(owner, "active validation rules")] += 1
    elif where.kind == "Field" and where.name.endswith("__c"):
        tally[(owner, "custom fields")] += 1
        kind = body.get("type")
        if kind in ("lookup", "master_detail"):
            tally[(owner, "relationship fields")] += 1
        if kind == "master_detail":
            tally[(owner, "master-detail fields")] += 1
        if kind == "rollup":
            tally[(owner, "roll-up fields")] += 1
        if body.get("external_id") is True:
            tally[(owner, "external ids")] += 1
        if body.get("track_history") is True:
            tally[(owner, "fields with history")] += 1
