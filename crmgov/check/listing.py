"""Listings: the values a field can hold, as far as the tree or a catalogue lists them."""

from typing import NamedTuple

from crmgov.check.facts import FieldFacts, ValueFacts, lenient
from crmgov.check.find import Finder
from crmgov.check.tree import parts
from crmgov.model.address import for_people

PICKLISTS = ("picklist", "multipicklist")


class Listing(NamedTuple):
    """The values of a field. ``container`` is the address of what lists them; empty: a catalogue does."""

    container: str
    values: dict[str, ValueFacts]
    stages: bool
    restricted: bool | None
    """None: not stated."""
    within: str
    """How a reader calls what lists them."""

    def alias_of(self, text: str) -> str:
        """The value an alias stands for; empty where the text is no alias."""
        folded = text.casefold()
        for value in self.values.values():
            if any(alias.casefold() == folded for alias in value.aliases or ()):
                return value.name
        return ""


class Listings:
    """Looks listings up by field, and remembers them."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self._by_field: dict[tuple[str, str], Listing | None] = {}
        self._by_set: dict[str, tuple[dict[str, ValueFacts], bool | None] | None] = {}
        self._stage_fields: dict[str, str] | None = None
        self._pipelines: dict[str, list[str]] | None = None

    def of_field(self, parent: str, name: str) -> Listing | None:
        """The values of a field; None where they are not known, or where it has none."""
        key = (parent, name)
        if key not in self._by_field:
            self._by_field[key] = self._look(parent, name)
        return self._by_field[key]

    def _look(self, parent: str, name: str) -> Listing | None:
        tree = self.finder.tree
        facts = tree.field(parent, name)
        chosen = self.stage_fields.get(f"{parent}.{name}", "")
        if not chosen and facts is not None and facts.picklist:
            chosen = self.finder.find("ValueSet", facts.picklist).address
        if chosen:
            return self.of_set(chosen, restricted=facts.restricted if facts else None, parent=parent)
        if facts is None or facts.values is None:
            return None
        own = tree.address("Field", name, parent)
        container = own if own in tree.snapshot else ""
        return Listing(container, _by_name(facts), False, facts.restricted, f"{parent}.{name}")

    def of_set(self, address: str, *, restricted: bool | None = None, parent: str = "") -> Listing | None:
        """The values of a Picklist or the stages of a StageSet; ``parent`` is the object it is looked at from."""
        if address not in self._by_set:
            body = self.finder.tree.body(address)
            values = body.get("stages" if address.startswith("StageSet/") else "values")
            facts = lenient({"values": values, "restricted": body.get("restricted")})
            self._by_set[address] = None if facts.values is None else (_by_name(facts), facts.restricted)
        known = self._by_set[address]
        if known is None:
            return None
        stages = address.startswith("StageSet/")
        pipelines = self.pipelines.get(parent, []) if stages else []
        within = for_people(pipelines[0] if len(pipelines) == 1 else address)
        name = parts(pipelines[0] if len(pipelines) == 1 else address)[2]
        within = name or within
        return Listing(address, known[0], stages, known[1] if restricted is None else restricted, within)

    @property
    def stage_fields(self) -> dict[str, str]:
        """Stage sets by the field they belong to, as Object.Field."""
        if self._stage_fields is None:
            tree = self.finder.tree
            named = [(tree.body(a).get("field"), a) for a in tree.of_kind("StageSet")]
            self._stage_fields = {field: a for field, a in named if isinstance(field, str)}
        return self._stage_fields

    @property
    def pipelines(self) -> dict[str, list[str]]:
        """The addresses of the pipelines of each object."""
        if self._pipelines is None:
            self._pipelines = {}
            for address in self.finder.tree.of_kind("Pipeline"):
                self._pipelines.setdefault(parts(address)[1] or "", []).append(address)
        return self._pipelines

    def stage_set_of(self, pipeline: str) -> str:
        """The address of the stage set a pipeline chooses from: the one it names, or its object's only one."""
        named = self.finder.tree.body(pipeline).get("stage_set")
        if isinstance(named, str):
            return self.finder.find("StageSet", named).address
        return self.only_set(parts(pipeline)[1] or "")

    def only_set(self, parent: str) -> str:
        """The address of the only stage set of an object's fields; empty where there is none, or several."""
        own = [address for field, address in self.stage_fields.items() if field.partition(".")[0] == parent]
        return own[0] if len(own) == 1 else ""


def _by_name(facts: FieldFacts) -> dict[str, ValueFacts]:
    return {value.name: value for value in facts.values or ()}
