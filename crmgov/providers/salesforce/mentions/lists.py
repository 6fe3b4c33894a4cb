"""Lists of records: list views, what searches show, and related lists and panels on layouts."""

from collections.abc import Callable, Iterator

from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing, all_texts, below, inner, label, texts
from crmgov.providers.salesforce.mentions.found import Found
from crmgov.providers.salesforce.xml import Tree

_SEARCH = (
    "customTabListAdditionalFields",
    "lookupDialogsAdditionalFields",
    "lookupFilterFields",
    "lookupPhoneDialogsAdditionalFields",
    "searchFilterFields",
    "searchResultsAdditionalFields",
)
_RELATED = {
    "RelatedActivityList": "Activity",
    "RelatedHistoryList": "Activity",
    "RelatedContactList": "Contact",
    "RelatedOpportunityList": "Opportunity",
    "RelatedCaseList": "Case",
    "RelatedCampaignList": "Campaign",
    "RelatedContractList": "Contract",
    "RelatedAssetList": "Asset",
    "RelatedLineItemList": "OpportunityLineItem",
    "RelatedQuoteList": "Quote",
    "RelatedOrderList": "Order",
}
"""The vendor's own related lists whose records are certain."""


def _list_view(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        found.columns(thing.owner, texts(thing.tree, "columns"))
        found.columns(thing.owner, (child(one, "field") for one in inner(thing.tree, "filters")))

    yield Spoken("ListView", thing.owner, label(thing, "label"), reads)


def _search(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        for one in inner(thing.tree, "searchLayouts"):
            found.columns(thing.owner, texts(one, *_SEARCH))

    yield Spoken("SearchLayout", "", thing.owner, reads)


def _related(thing: Thing) -> Iterator[Spoken]:
    """Related lists of a layout; each names the lookup over which its records hang together, and columns."""
    for one in inner(thing.tree, "relatedLists"):
        name = child(one, "relatedList")
        yield Spoken("RelatedList", thing.owner, f"{name} of {thing.name}", _columns(thing.owner, name, one))


def _columns(owner: str, name: str, tree: Tree) -> Callable[[Found], None]:
    def reads(found: Found) -> None:
        head, dot, lookup = name.partition(".")
        if dot:
            found.path(head, lookup)
        whose = head if dot else _RELATED.get(name) or found.child(owner, name)
        for text in texts(tree, "fields", "sortField"):
            if whose or "__" in text:
                found.column(whose, text)

    return reads


def _mini(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        for one in inner(thing.tree, "miniLayout"):
            found.columns(thing.owner, texts(one, "fields"))
            for related in inner(one, "relatedLists"):
                _columns(thing.owner, child(related, "relatedList"), related)(found)

    yield Spoken("MiniLayout", thing.owner, thing.name, reads)


def _panel(thing: Thing) -> Iterator[Spoken]:
    """What a layout shows beside its sections."""

    def reads(found: Found) -> None:
        found.columns(thing.owner, texts(thing.tree, "multilineLayoutFields", "relatedObjects"))
        for one in (*below(thing.tree, "summaryLayoutItems"), *below(thing.tree, "layoutItem")):
            found.column(thing.owner, child(one, "field"))
        for one in inner(thing.tree, "customConsoleComponents", "feedLayout"):
            for text in all_texts(one):
                found.scan(thing.owner, text)

    yield Spoken("LayoutPanel", thing.owner, thing.name, reads)


KINDS = (
    Kind("ListView", _list_view),
    Kind("CustomObject.searchLayouts", _search),
    Kind("Layout.relatedLists", _related),
    Kind("Layout.miniLayout", _mini),
    *(
        Kind(f"Layout.{part}", _panel)
        for part in (
            "customConsoleComponents", "feedLayout", "multilineLayoutFields", "relatedContent", "relatedObjects",
            "summaryLayout",
        )
    ),
)  # fmt: skip
