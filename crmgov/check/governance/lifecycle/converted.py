"""Rule: a conversion gives the records it makes every field they cannot be saved without."""

from collections.abc import Iterator

from crmgov.check.governance.lifecycle.filled import may_be_written, written_fields
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.governance.ways import Pass
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED, POINTERS
from crmgov.model.diagnostics import Diagnostic


def conversions_map_what_is_required(scene: Scene) -> Iterator[Diagnostic]:
    """Every handoff that is a conversion. What the vendor ships, it fills itself."""
    written = written_fields(scene)
    for one in scene.ways.passes:
        if not one.conversion:
            continue
        made = _made(one)
        for address in scene.own("Field"):
            _, parent, name = parts(address)
            if parent not in made or may_be_written(scene, written, parent or "", name):
                continue
            body = scene.tree.body(address)
            if body.get("required") is True and not _filled_otherwise(scene, one, parent or "", name, made):
                message = f"{one.name} makes {parent} records without {name}, which they must have"
                evidence = (f"no value is carried to {parent}.{name}, and it has no default",)
                related = scene.tree.defined(address)
                route = (*one.route, "carry")
                yield scene.finding("HANDOFF007", message, one.address, route, evidence=evidence, related=related)


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
