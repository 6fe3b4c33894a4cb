"""Rule: formulas and bodies name record types of the object they are about, not of another."""

from collections.abc import Iterator

from crmgov.check.governance.automation.texts import bodies, formulas
from crmgov.check.governance.scene import Scene, spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related, Route

_ASKED = ("recordtype.developername", "recordtype.name")
_FIELDS = ("RecordTypeId", "RecordType")


def foreign_types(scene: Scene) -> Iterator[Diagnostic]:
    """Record types that an object with record types does not have, and another one has."""
    own, elsewhere = _types(scene)
    told: set[tuple[str, str, str]] = set()
    for address, route, parent, name in _asked(scene) if own else ():
        folded = name.casefold()
        if parent not in own or folded in own[parent] or folded not in elsewhere:
            continue
        if (address, parent, folded) in told or scene.snapshot.coverage.gap("RecordType", parent):
            continue
        told.add((address, parent, folded))
        place = scene.tree.where(elsewhere[folded])
        has = f"{parent} does not have and {parts(elsewhere[folded])[1]} has"
        yield scene.finding(
            "LITERAL007",
            f'{spoken(address)} asks for the record type "{name}", which {has}',
            address,
            route,
            related=(Related("Defined at", place),) if place is not None else (),
        )


def _types(scene: Scene) -> tuple[dict[str, set[str]], dict[str, str]]:
    """By object: the folded names and labels of its record types; and by folded name the first one of that name."""
    own: dict[str, set[str]] = {}
    elsewhere: dict[str, str] = {}
    for address in scene.tree.of_kind("RecordType"):
        _, parent, name = parts(address)
        label = scene.tree.body(address).get("label")
        names = {name.casefold(), *([label.casefold()] if isinstance(label, str) else [])}
        own.setdefault(parent or "", set()).update(names)
        elsewhere.setdefault(name.casefold(), address)
    return own, elsewhere


def _asked(scene: Scene) -> Iterator[tuple[str, Route, str, str]]:
    for address, route, formula in formulas(scene):
        parent = parts(address)[1] or ""
        for path, value in formula.literals if parent and formula.understood else ():
            if path.casefold() in _ASKED:
                yield address, route, parent, value
    for address, derived in bodies(scene):
        for name, value in derived.literals:
            owner, _, field = name.partition(".")
            if field in _FIELDS:
                yield address, (), owner, value
