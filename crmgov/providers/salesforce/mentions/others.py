"""E-mail templates, custom metadata, and types of which every text is looked through."""

from collections.abc import Callable, Iterator

from crmgov.providers.salesforce import derive
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing, all_texts, inner, texts
from crmgov.providers.salesforce.mentions.found import Found, merged


def _template(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        for text in (*all_texts(thing.tree), thing.text):
            for field in merged(text):
                found.scan("", field)

    yield Spoken("EmailTemplate", "", thing.name, reads)


def _metadata(thing: Thing) -> Iterator[Spoken]:
    """A record of custom metadata: its values may name fields; its own fields it fills, which is no use of them."""

    def reads(found: Found) -> None:
        for one in inner(thing.tree, "values"):
            for text in texts(one, "value"):
                found.scan("", text)

    yield Spoken("CustomMetadataRecord", "", thing.name, reads)


_FIELDS = ("field", "targetField", "entryStartDateField", "secondaryRoutingPriorityField", "statusField")
_WORDS = ("fullName", "label", "masterLabel", "description")


def _index(thing: Thing) -> Iterator[Spoken]:
    """An index over one field, which its own name says."""
    yield Spoken("Index", "", thing.name, lambda found: found.scan("", thing.name))


def _any(sort: str, *owners: str) -> Callable[[Thing], Iterator[Spoken]]:
    """Every text of a thing; ``owners`` are the tags that name the object."""

    def told(thing: Thing) -> Iterator[Spoken]:
        owner = next((text for text in texts(thing.tree, *owners) if text), thing.owner)

        def reads(found: Found) -> None:
            for tag, text in derive.texts(thing.tree):
                if tag in _FIELDS and owner:
                    found.reference(owner, text)
                elif tag not in _WORDS and tag not in owners:
                    found.scan(owner, text)

        yield Spoken(sort, "", thing.name, reads)

    return told


KINDS = (
    Kind("EmailTemplate", _template),
    Kind("CustomMetadata", _metadata),
    Kind("AnimationRule", _any("AnimationRule", "sobjectType")),
    Kind("Audience", _any("Audience")),
    Kind("CustomIndex", _index),
    Kind("EntitlementProcess", _any("EntitlementProcess", "SObjectType")),
    Kind("FieldRestrictionRule", _any("FieldRestrictionRule", "targetEntity")),
    Kind("Index", _any("Index")),
    Kind("PlatformEventChannelMember", _any("EventChannelMember", "selectedEntity")),
    Kind("RecordActionDeployment", _any("ActionDeployment")),
    Kind("RestrictionRule", _any("RestrictionRule", "targetEntity")),
    Kind("SearchCustomization", _any("SearchCustomization")),
    Kind("ServiceChannel", _any("ServiceChannel", "relatedEntityType")),
    Kind("Settings.forecastingTypeSettings", _any("ForecastSetting")),
    Kind("UiFormatSpecificationSet", _any("FormatRule", "sobjectType")),
)
