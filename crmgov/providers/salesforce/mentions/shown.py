"""What people see and press: compact layouts, field sets, record pages, quick actions, paths, buttons."""

from collections.abc import Iterator

from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing, all_texts, below, inner, label, texts
from crmgov.providers.salesforce.mentions.found import Found, merged
from crmgov.providers.salesforce.xml import Tree


def _compact(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        found.columns(thing.owner, texts(thing.tree, "fields"))

    yield Spoken("CompactLayout", thing.owner, label(thing, "label"), reads)


def _field_set(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        for one in inner(thing.tree, "availableFields", "displayedFields"):
            found.column(thing.owner, child(one, "field"))

    yield Spoken("FieldSet", thing.owner, label(thing, "label"), reads)


_WORDS = ("masterLabel", "description", "identifier", "name", "componentName", "componentType", "sobjectType", "type")
"""Parts of a page that are words or names of components."""


def _page(thing: Thing) -> Iterator[Spoken]:
    """A record page, or one of no object. What a component is told may name a field in many ways, so all its texts are
    looked through.
    """
    owner = child(thing.tree, "sobjectType")

    def reads(found: Found) -> None:
        for one in below(thing.tree, "fieldInstance"):
            found.reference(owner, child(one, "fieldItem"))
        known = {id(column) for one in below(thing.tree, "componentInstance") for column in _listed(found, one)}
        for text in all_texts(_without(thing.tree, known), (*_WORDS, "fieldItem")):
            found.scan(owner, text)

    yield Spoken("RecordPage" if owner else "LightningPage", owner, label(thing, "masterLabel"), reads)


_COLUMNS = ("relatedListFieldAliases", "sortFieldAlias")
_UNSORTED = "__DEFAULT__"
"""What a list says that is sorted by no column of its own choice."""


def _listed(found: Found, component: Tree) -> Iterator[Tree]:
    """Reads the columns of a list of related records, and gives the properties that name them; none where it is not
    known of which object they are.
    """
    properties = {child(one, "name"): one for one in inner(component, "componentInstanceProperties")}
    whose, _, field = child(properties.get("parentFieldApiName", Tree()), "value").partition(".")
    relation = child(properties.get("relatedListApiName", Tree()), "value")
    if field != "Id" and field:
        name = f"{field[:-1]}r" if field.lower().endswith("__c") else field.removesuffix("Id")
        whose = found.lookups.get((whose.lower(), name.lower()), "")
    listed = found.child(whose, relation) if whose and relation else ""
    for name in _COLUMNS if listed else ():
        if name in properties:
            columns = all_texts(properties[name], ("name",))
            found.columns(listed, (column for column in columns if column != _UNSORTED))
            yield properties[name]


def _without(tree: Tree, known: set[int]) -> Tree:
    """A tree but for some of its nodes."""
    kept = [(tag, node) for tag, node in tree if id(node) not in known]
    return Tree((tag, node if isinstance(node, str) else _without(node, known)) for tag, node in kept)


def _action(thing: Thing) -> Iterator[Spoken]:
    """A quick action; its fields are those of the record it makes, or else of the one it stands on."""
    owner = thing.name.rpartition(".")[0]
    target = child(thing.tree, "targetObject") or owner

    def reads(found: Found) -> None:
        for one in inner(thing.tree, "fieldOverrides"):
            found.column(target, child(one, "field"))
            if child(one, "formula"):
                found.formula(owner or target, child(one, "formula"))
        for one in below(thing.tree, "quickActionLayoutItems"):
            found.column(target, child(one, "field"))
        found.column(target, child(thing.tree, "targetParentField"))
        for one in inner(thing.tree, "quickActionParameters", "quickActionSendEmailOptions"):
            for text in all_texts(one):
                found.scan(owner, text)

    yield Spoken("QuickAction", owner, label(thing, "label"), reads)


def _path(thing: Thing) -> Iterator[Spoken]:
    owner = child(thing.tree, "entityName")

    def reads(found: Found) -> None:
        found.column(owner, child(thing.tree, "fieldName"))
        for one in inner(thing.tree, "pathAssistantSteps"):
            found.columns(owner, texts(one, "fieldNames"))

    yield Spoken("Path", owner, label(thing, "masterLabel"), reads)


def _button(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        for text in texts(thing.tree, "url", "content"):
            for field in merged(text):
                found.scan(thing.owner, field)
            found.scan(thing.owner, text)

    yield Spoken("Button", thing.owner, label(thing, "masterLabel"), reads)


def _application(thing: Thing) -> Iterator[Spoken]:
    """What a console app watches, and the lookups by which its tabs open."""

    def reads(found: Found) -> None:
        for one in (*below(thing.tree, "pushNotification"), *below(thing.tree, "pushNotifications")):
            found.columns(child(one, "objectName"), texts(one, "fieldNames"))
        for one in below(thing.tree, "mappings"):
            found.column(child(one, "tab").removeprefix("standard-"), child(one, "fieldName"))

    yield Spoken("Application", "", label(thing, "label"), reads)


def _similar(thing: Thing) -> Iterator[Spoken]:
    """By which columns similar opportunities are found, and which are shown of them."""

    def reads(found: Found) -> None:
        for one in inner(thing.tree, "findSimilarOppFilter"):
            tags = ("similarOpportunitiesDisplayColumns", "similarOpportunitiesMatchFields")
            found.columns("Opportunity", texts(one, *tags))

    yield Spoken("SimilarOpportunities", "", thing.name, reads)


KINDS = (
    Kind("CustomApplication", _application),
    Kind("Settings.findSimilarOppFilter", _similar),
    Kind("CompactLayout", _compact),
    Kind("FieldSet", _field_set),
    Kind("FlexiPage", _page),
    Kind("QuickAction", _action),
    Kind("PathAssistant", _path),
    Kind("WebLink", _button),
    Kind("CustomPageWebLink", _button),
)
