"""Standard objects and fields, from the table beside this file."""

import re
from collections.abc import Sequence
from importlib.resources import files

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.picklists import STAGE_FIELDS
from crmgov.providers.salesforce.names import STANDARD_PROFILES, STANDARD_SET

_FIELD = re.compile(
    r"(?P<name>\w+):(?P<type>\w+)(?:\((?P<one>\d+)(?:,(?P<two>\d+))?\))?(?:>(?P<target>\w+))?(?:=(?P<set>\w+))?\Z"
)
_CUSTOM = ("__c", "__e", "__mdt", "__x", "__b", "__kav")


class SalesforceCatalogue:
    """What exists in every organisation. Names are compared without case."""

    def __init__(self, text: str) -> None:
        self._objects: dict[str, str] = {}
        self._complete: set[str] = set()
        self._fields: dict[str, dict[str, tuple[str, str]]] = {}
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                self._line(line.split())

    def _line(self, words: list[str]) -> None:
        name = words[0].rstrip("!")
        key = name.lower()
        if words[0].endswith("!"):
            self._complete.add(key)
        if not name.startswith("@"):
            self._objects[key] = name
        self._fields[key] = {word.partition(":")[0].lower(): (word.partition(":")[0], word) for word in words[1:]}

    def has(self, kind: str, name: str, parent: str | None = None) -> bool | None:
        """Whether a name exists in every organisation; None where it cannot be known."""
        if kind == "Object":
            if name.lower() in self._objects:
                return True
            return False if name.lower().endswith(_CUSTOM) else None
        if kind == "Field":
            return self._has_field(name.lower(), (parent or "").lower())
        if kind in ("Picklist", "StageSet"):
            known = name in STAGE_FIELDS if kind == "StageSet" else name.removeprefix(STANDARD_SET) in STANDARD_SETS
            return known and (kind == "StageSet" or name.startswith(STANDARD_SET))
        if kind == "PermissionSet":
            return True if name in STANDARD_PROFILES else None
        return None

    def _has_field(self, name: str, parent: str) -> bool | None:
        if name in self._fields.get(parent, {}) or name in self._fields["@system"]:
            return True
        custom_object = parent.endswith("__c")  # events, metadata types and articles have standard fields of their own
        return False if name.endswith("__c") or custom_object or parent in self._complete else None

    def field(self, parent: str, name: str) -> Body | None:
        """The body of a standard field as far as it is known."""
        known = self._fields.get(parent.lower(), {}).get(name.lower()) or self._fields["@system"].get(name.lower())
        return _body(known[1]) if known else None

    def names(self, kind: str, parent: str | None = None) -> Sequence[str]:
        """All names of a kind."""
        if kind == "Object":
            return sorted(self._objects.values())
        if kind == "Field":
            own = self._fields.get((parent or "").lower(), {})
            return sorted({name for name, _ in (*own.values(), *self._fields["@system"].values())})
        if kind == "StageSet":
            return sorted(STAGE_FIELDS)
        if kind == "Picklist":
            return sorted(STANDARD_SET + name for name in STANDARD_SETS)
        return sorted(STANDARD_PROFILES) if kind == "PermissionSet" else ()

    def object_name(self, name: str) -> str | None:
        """A standard object's name in the vendor's spelling, whatever its case and underscores."""
        return self._objects.get(name.lower()) or self._objects.get(name.lower().replace("_", ""))

    def field_name(self, parent: str, name: str) -> str | None:
        """A standard field's name in the vendor's spelling, whatever its case and underscores."""
        folded = name.lower().replace("_", "")
        for fields in (self._fields.get(parent.lower(), {}), self._fields["@system"]):
            known = fields.get(name.lower()) or fields.get(folded)
            if known:
                return known[0]
        return None


def _body(word: str) -> Body:
    match = _FIELD.match(word)
    assert match is not None, word
    body: Body = {"type": match["type"]}
    if match["two"] is not None:
        body["precision"], body["scale"] = int(match["one"]), int(match["two"])
    elif match["one"] is not None:
        body["length"] = int(match["one"])
    if match["target"]:
        body["references"] = [match["target"]]
    if match["set"]:
        body["picklist"] = match["set"] if match["set"] in STAGE_FIELDS else STANDARD_SET + match["set"]
    return body


STANDARD_SETS = frozenset(
    [
        "AccountContactMultiRoles",
        "AccountContactRole",
        "AccountOwnership",
        "AccountRating",
        "AccountSource",
        "AccountType",
        "AssetStatus",
        "CampaignMemberStatus",
        "CampaignStatus",
        "CampaignType",
        "CaseContactRole",
        "CaseOrigin",
        "CasePriority",
        "CaseReason",
        "CaseType",
        "ContactRequestReason",
        "ContactRequestStatus",
        "ContactRole",
        "ContractContactRole",
        "ContractStatus",
        "EntitlementType",
        "EventSubject",
        "EventType",
        "FiscalYearPeriodName",
        "FiscalYearPeriodPrefix",
        "FiscalYearQuarterName",
        "FiscalYearQuarterPrefix",
        "IdeaMultiCategory",
        "IdeaStatus",
        "Industry",
        "LeadSource",
        "OpportunityCompetitor",
        "OpportunityType",
        "OrderStatus",
        "OrderType",
        "PartnerRole",
        "Product2Family",
        "QuantityUnitOfMeasure",
        "QuestionOrigin",
        "QuickTextCategory",
        "QuickTextChannel",
        "QuoteStatus",
        "SalesTeamRole",
        "Salutation",
        "ServiceContractApprovalStatus",
        "SocialPostClassification",
        "SocialPostEngagementLevel",
        "SocialPostReviewedStatus",
        "TaskPriority",
        "TaskStatus",
        "TaskSubject",
        "TaskType",
        "WorkOrderLineItemStatus",
        "WorkOrderPriority",
        "WorkOrderStatus",
        "WorkTypeDurationType",
        "WorkTypeGroupAddInfo",
    ]
)
"""Standard value sets of sales and service (Metadata API, StandardValueSet names), those with stages aside."""

CATALOGUE = SalesforceCatalogue((files(__package__) / "catalogue.txt").read_text(encoding="utf-8"))
"""The shipped catalogue."""
