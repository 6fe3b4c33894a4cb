"""Relations: where lookups lead, of fields that were read and of those that every organisation has."""

from collections.abc import Iterator, Mapping

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.catalogue import SalesforceCatalogue
from crmgov.providers.salesforce.derive import lookups_of


class Lookups(Mapping[tuple[str, str], str]):
    """By (object, relation) in lower case: the object pointed at, where it is a single one."""

    def __init__(self, fields: Mapping[tuple[str, str], Body], catalogue: SalesforceCatalogue) -> None:
        self._own = lookups_of(fields)
        self._catalogue = catalogue
        self._children: dict[tuple[str, str], tuple[str, str]] = {}
        for (owner, name), body in fields.items():
            relation, targets = body.get("relationship"), body.get("references")
            if isinstance(relation, str) and isinstance(targets, list):
                known = f"{relation}__r" if name.endswith("__c") else relation
                for target in targets:
                    self._children[str(target).lower(), known.lower()] = (owner, name)

    def __getitem__(self, key: tuple[str, str]) -> str:
        found = self._own.get(key) or self._shipped(*key)
        if found is None:
            raise KeyError(key)
        return found

    def _shipped(self, owner: str, relation: str) -> str | None:
        targets = (self._catalogue.field(owner, f"{relation}id") or {}).get("references")
        return str(targets[0]) if isinstance(targets, list) and len(targets) == 1 else None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def child(self, owner: str, relation: str) -> tuple[str, str] | None:
        """The object and its lookup behind the name that an object gives to the records that point at it."""
        return self._children.get((owner.lower(), relation.lower()))
