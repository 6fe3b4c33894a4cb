"""Rules: sharing, matching and duplicate rules, lookup filters, and what lead conversion carries over."""

from collections.abc import Iterator

from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing, below, criteria, inner, label
from crmgov.providers.salesforce.mentions.found import Found
from crmgov.providers.salesforce.xml import Tree


def _sharing(thing: Thing) -> Iterator[Spoken]:
    for one in inner(thing.tree, "sharingCriteriaRules", "sharingGuestRules"):
        rule = Thing(thing.owner, child(one, "fullName"), one)
        yield Spoken("SharingRule", thing.owner, label(rule, "label"), _Criteria(thing.owner, one, "criteriaItems"))


class _Criteria:
    """Reads conditions in rows with these tags."""

    def __init__(self, owner: str, tree: Tree, *tags: str) -> None:
        self._owner, self._tree, self._tags = owner, tree, tags

    def __call__(self, found: Found) -> None:
        criteria(found, self._owner, self._tree, *self._tags)


def _matching(thing: Thing) -> Iterator[Spoken]:
    for one in inner(thing.tree, "matchingRules"):
        rule = Thing(thing.owner, child(one, "fullName"), one)
        yield Spoken("MatchingRule", thing.owner, label(rule, "label"), _Matched(thing.owner, one))


class _Matched:
    """Reads the fields that a matching rule compares."""

    def __init__(self, owner: str, tree: Tree) -> None:
        self._owner, self._tree = owner, tree

    def __call__(self, found: Found) -> None:
        found.columns(self._owner, (child(one, "fieldName") for one in inner(self._tree, "matchingRuleItems")))


def _duplicates(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        for one in inner(thing.tree, "duplicateRuleFilter"):
            criteria(found, thing.owner, one, "duplicateRuleFilterItems")
        _mapped(found, thing.tree)

    yield Spoken("DuplicateRule", thing.owner, label(thing, "masterLabel"), reads)


def _mapped(found: Found, tree: Tree) -> None:
    """Fields of one object that stand for fields of another."""
    for one in below(tree, "objectMapping"):
        for pair in inner(one, "mappingFields"):
            found.column(child(one, "inputObject"), child(pair, "inputField"))
            found.column(child(one, "outputObject"), child(pair, "outputField"))


def _lookup_filter(thing: Thing) -> Iterator[Spoken]:
    def reads(found: Found) -> None:
        for one in inner(thing.tree, "lookupFilter"):
            criteria(found, thing.owner, one, "filterItems")

    yield Spoken("LookupFilter", thing.owner, thing.name, reads)


def _conversion(thing: Thing) -> Iterator[Spoken]:
    yield Spoken("LeadConversion", "", thing.name, lambda found: _mapped(found, thing.tree))


def _territories(thing: Thing) -> Iterator[Spoken]:
    owner = child(thing.tree, "objectType")
    yield Spoken("TerritoryRule", owner, label(thing, "name"), _Criteria(owner, thing.tree, "ruleItems"))


KINDS = (
    Kind("SharingRules", _sharing),
    Kind("MatchingRules", _matching),
    Kind("DuplicateRule", _duplicates),
    Kind("CustomField.lookupFilter", _lookup_filter),
    Kind("LeadConvertSettings", _conversion),
    Kind("Territory2Rule", _territories),
)
