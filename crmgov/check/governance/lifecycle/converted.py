"""Rule: a conversion gives the records it makes every field they cannot be saved without."""

from collections.abc import Iterator
from itertools import chain

from crmgov.check.governance.lifecycle.filled import may_be_written, written_fields
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.governance.ways import Pass
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED, POINTERS
from crmgov.model.diagnostics import Diagnostic


def conversions_map_what_is_required(scene: Scene) -> Iterator[Diagnostic]:
    """Every handoff that is a conversion. What the vendor ships, it fills itself."""
    conversions = [one for one in scene.ways.passes if one.conversion]
    required = _required(scene) if conversions else {}
    written = written_fields(scene) if conversions else set()
    for one in conversions:
        made = _made(one)
        for parent, name, address in chain.from_iterable(required.get(made_of, ()) for made_of in sorted(made)):
            by_itself = may_be_written(scene, written, parent, name)
            if not by_itself and not _filled_otherwise(scene, one, parent, name, made):
                message = f"{one.name} makes {parent} records without {name}, which they must have"
                evidence = (f"no value is carried to {parent}.{name}, and it has no default",)
                related = scene.tree.defined(address)
                route = (*one.route, "carry")
                yield scene.finding("HANDOFF007", message, one.address, route, evidence=evidence, related=related)


def _required(scene: Scene) -> dict[str, list[tuple[str, str, str]]]:
    """The required fields of each object, as (object, name, address)."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for address in scene.tree.holding("Field", "required"):
        _, parent, name = parts(address)
        custom = scene.snapshot.origin(address) == "custom" and not scene.retired(address)
        if parent is not None and custom and scene.tree.body(address).get("required") is True:
            found.setdefault(parent, []).append((parent, name, address))
    return found


def _made(one: Pass) -> set[str]:
    """The objects whose records a conversion makes: the one it leads to, and those that values are carried to."""
    carried = [str(mapping(target).get("to") or "") for target in mapping(one.body.get("carry")).values()]
    return {one.target.object, *(name.partition(".")[0] for name in carried if "." in name)}


def _filled_otherwise(scene: Scene, one: Pass, parent: str, name: str, made: set[str]) -> bool:
    """Whether the CRM fills a field as it converts, or the stage that is entered asks whoever converts for it.

    The CRM fills what it ships, the name, the stage, and the lookups between what it makes.
    """
    facts = scene.tree.field(parent, name)
    if facts is None or facts.type in (None, "boolean", *COMPUTED) or name == "Name":
        return True
    if any(catalogue.field(parent, name) is not None for catalogue in scene.tree.catalogues):
        return True
    if facts.type in POINTERS:
        return facts.type == "user" or not facts.references or bool({"User", *made} & set(facts.references))
    entered = one.target.step.required if one.target.step is not None else []
    return parent == one.target.object and (
        name in entered or f"{parent}.{name}" in scene.session.listings.stage_fields
    )
