"""Rule: how much one object may ask of people and of the CRM (governance rules 8, 9 and 14, lead 8)."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from crmgov.check.governance.limits import BUDGETS
from crmgov.check.governance.made import keeps_records, passes_on
from crmgov.check.governance.scene import Scene, mapping, rows, spoken
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED
from crmgov.model.diagnostics import Diagnostic, brief

LAYOUT = 50
"""Fields on a form. People who own CRMs complain of forms of fifty fields; theirs should lie far below."""
FIELDS = 400
"""Fields of an object: four fifths of the 500 that Salesforce allows in its Enterprise Edition."""
VALIDATIONS = 80
"""Active validations of an object: four fifths of the 100 that Salesforce allows there."""


_LONGEST = 60


class _Budget(NamedTuple):
    code: str
    name: str
    shipped: int
    """Zero: only where the Governance document sets it."""
    counted: str


_BUDGETS = (
    _Budget("BUDGET001", "fields_per_object", FIELDS, "fields"),
    _Budget("BUDGET003", "validations_per_object", VALIDATIONS, "active validations"),
    _Budget("BUDGET004", "required_fields_per_object", 0, "required fields"),
    _Budget("BUDGET005", "record_types_per_object", 0, "active record types"),
)


def object_budgets(scene: Scene) -> Iterator[Diagnostic]:
    """Objects with more of something than is allowed."""
    counts = {"BUDGET001": _fields, "BUDGET003": _validations, "BUDGET004": _required, "BUDGET005": _record_types}
    for budget in _BUDGETS:
        most = scene.budget(budget.name, budget.shipped)
        if most <= 0 and not _is_set(scene, budget.name):
            continue
        for parent, count in sorted(counts[budget.code](scene).items()):
            if count > most and parent and keeps_records(scene.tree, parent):
                address = scene.tree.address("Object", parent)
                message = f"{parent} has {count:,} {budget.counted}; the budget is {most:,}"
                evidence = (_source(scene, budget.name),)
                yield scene.finding(budget.code, message, address, evidence=evidence, amount=count)


def layout_budget(scene: Scene) -> Iterator[Diagnostic]:
    """Forms that ask people for more fields than anybody fills."""
    most = scene.budget("fields_per_layout", LAYOUT)
    for address in scene.own("Layout"):
        parent = parts(address)[1] or ""
        if not keeps_records(scene.tree, parent) or passes_on(parent):
            continue
        named = [
            str(row.get("name"))
            for section in rows(scene.tree.body(address).get("sections"))
            for row in rows(section.get("fields"))
            if row.get("behavior") != "readonly"
        ]
        if len(named) <= most or (scene.files and not any(name.endswith("__c") for name in named)):
            continue
        count = sum(1 for name in dict.fromkeys(named) if not _is_computed(scene, parent, name))
        if count > most:
            message = f'The layout "{parts(address)[2]}" of {parent} asks for {count:,} fields; the budget is {most:,}'
            evidence = (_source(scene, "fields_per_layout"),)
            yield scene.finding("BUDGET002", message, address, evidence=evidence, amount=count)


def pipeline_budget(scene: Scene) -> Iterator[Diagnostic]:
    """Pipelines with more stages than the Governance document allows."""
    if not _is_set(scene, "stages_per_pipeline"):
        return
    most = scene.budget("stages_per_pipeline", 0)
    for address in scene.own("Pipeline"):
        count = len(rows(scene.tree.body(address).get("stages")))
        if count > most and scene.tree.body(address).get("active") is not False:
            message = f"The pipeline {spoken(address)} has {count:,} stages; the budget is {most:,}"
            evidence = (_source(scene, "stages_per_pipeline"),)
            yield scene.finding("BUDGET006", message, address, ("stages",), evidence=evidence, amount=count)


def unknown_budgets(scene: Scene) -> Iterator[Diagnostic]:
    """Budgets of the Governance document that no rule knows."""
    for name in mapping(scene.governance.get("budgets")):
        if name not in BUDGETS:
            near = get_close_matches(name[:_LONGEST], BUDGETS, n=1)
            message = f"The budget {brief(name)} limits nothing" + (f"; did you mean {near[0]}?" if near else "")
            address = scene.tree.of_kind("Governance")[0]
            yield scene.finding("BUDGET007", message, address, ("budgets", name), on_key=True)


def _is_computed(scene: Scene, parent: str, name: str) -> bool:
    facts = scene.tree.field(parent, name)
    return facts is not None and facts.type in COMPUTED


def _is_set(scene: Scene, name: str) -> bool:
    return name in (scene.governance.get("budgets") or {})


def _source(scene: Scene, name: str) -> str:
    return f"budgets.{name} of the Governance document" if _is_set(scene, name) else f"{name}: the shipped default"


def _fields(scene: Scene) -> Counter[str]:
    return Counter(parts(address)[1] or "" for address in scene.own("Field"))


def _required(scene: Scene) -> Counter[str]:
    return Counter(
        parts(address)[1] or ""
        for address in scene.own("Field")
        if b'"required":true' in scene.snapshot.bodies[address] and scene.tree.body(address).get("type") != "boolean"
    )


def _validations(scene: Scene) -> Counter[str]:
    return _active(scene, "Validation")


def _record_types(scene: Scene) -> Counter[str]:
    return _active(scene, "RecordType")


def _active(scene: Scene, kind: str) -> Counter[str]:
    return Counter(
        parts(address)[1] or "" for address in scene.own(kind) if scene.tree.body(address).get("active") is not False
    )
