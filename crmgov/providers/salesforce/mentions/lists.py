"""List views: their columns and filters."""

from collections.abc import Iterator

from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing, inner, label, texts
from crmgov.providers.salesforce.mentions.found import Found


def _list_view(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        found.columns(thing.owner, texts(thing.tree, "columns"))
        found.columns(thing.owner, (child(one, "field") for one in inner(thing.tree, "filters")))

    yield Spoken("ListView", thing.owner, label(thing, "label"), reads)


KINDS = (Kind("ListView", _list_view),)
