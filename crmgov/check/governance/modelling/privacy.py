"""Rules: personal data is kept as long as needed, ranked by its sensitivity, marked, and not open (58)."""

from collections.abc import Iterator

from crmgov.check.governance.made import is_leaving, label_of
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.governance.words import bare, words
from crmgov.check.tree import parts
from crmgov.check.types import POINTERS
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Related

_OPEN = ("read", "read_write", "read_write_transfer", "full_access")
_HABIT = 3
"""So many marked fields in a vendor's own files show that marking them is the rule."""


def personal_data(scene: Scene) -> Iterator[Diagnostic]:
    """Everything that is decided from the marks on fields."""
    marked = _marked(scene)
    if not marked or (scene.files and not scene.governance and sum(map(len, marked.values())) < _HABIT):
        return
    if not scene.files or scene.governance:
        yield from _objects(scene, marked)
        yield from _unranked(scene, marked)
    yield from _unmarked(scene, marked)


def _marked(scene: Scene) -> dict[str, dict[str, str]]:
    """By object, the fields marked as personal data, with their addresses."""
    found: dict[str, dict[str, str]] = {}
    for address in scene.tree.holding("Field", "personal_data", "complianceGroup"):
        _, parent, name = parts(address)
        if _is_marked(scene.tree.body(address)) and not scene.retired(address):
            found.setdefault(parent or "", {})[name] = address
    return found


def _is_marked(body: Body) -> bool:
    return bool(body.get("personal_data") or _native(body).get("complianceGroup"))


def _native(body: Body) -> Body:
    return mapping(mapping(body.get("native")).get("salesforce"))


def _objects(scene: Scene, marked: dict[str, dict[str, str]]) -> Iterator[Diagnostic]:
    """Objects with personal data and no retention, or open to people outside."""
    for parent, fields in marked.items():
        address = scene.tree.address("Object", parent)
        if address not in scene.snapshot or scene.retired(address):
            continue
        body = scene.tree.body(address)
        names = sorted(name for name, field in fields.items() if scene.tree.body(field).get("type") not in POINTERS)
        if not names:
            continue  # it points at people, and holds nothing of theirs
        listed = f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}"
        related = tuple(
            Related("Personal data", at) for name in names[:3] if (at := scene.tree.where(fields[name])) is not None
        )
        if not mapping(body.get("retention")):
            message = f"{parent} holds personal data ({listed}) and does not say how long it is kept"
            yield scene.finding("PRIVACY001", message, address, ("retention",), related=related)
        if body.get("external_sharing") in _OPEN:
            message = f"{parent} holds personal data ({listed}), and all people outside see its records"
            yield scene.finding("PRIVACY004", message, address, ("external_sharing",), related=related)


def _unranked(scene: Scene, marked: dict[str, dict[str, str]]) -> Iterator[Diagnostic]:
    """Personal data whose sensitivity nobody stated, so that it is open to whoever may read the rest."""
    for parent, fields in marked.items():
        for name, address in fields.items():
            body = scene.tree.body(address)
            if body.get("sensitivity") or _native(body).get("securityClassification"):
                continue
            sets = [one for one in scene.access.sets if _by_default(scene, one, parent)]
            evidence = tuple(f"{one} gives access to all fields of {parent} that are not guarded" for one in sets[:3])
            message = f"{parent}.{name} is personal data, and its sensitivity is not stated"
            yield scene.finding("PRIVACY002", message, address, ("sensitivity",), evidence=evidence)


def _by_default(scene: Scene, name: str, parent: str) -> bool:
    held = mapping(mapping(scene.access.sets[name].get("fields")).get(parent))
    return held.get("default") in ("read", "edit")


def _unmarked(scene: Scene, marked: dict[str, dict[str, str]]) -> Iterator[Diagnostic]:
    """Fields that identify a person, not marked where their object's, or others of their name, are."""
    named = {bare(name).casefold(): f"{parent}.{name}" for parent, fields in marked.items() for name in fields}
    for address in scene.own("Field"):
        _, parent, name = parts(address)
        body = scene.tree.body(address)
        what = _identifies(name, body)
        if not what or name in marked.get(parent or "", ()) or "personal_data" in body or is_leaving(name, body):
            continue
        beside = next((f"{parent}.{one}" for one in sorted(marked.get(parent or "", ()))), "")
        like = beside or named.get(bare(name).casefold(), "")
        if like:
            message = f"{parent}.{name} holds {what} and is not marked as personal data, as {like} is"
            yield scene.finding("PRIVACY003", message, address, ("personal_data",))


def _identifies(name: str, body: Body) -> str:
    """What a field holds that points at one person; empty where it does not."""
    if body.get("type") == "email":
        return "e-mail addresses"
    if body.get("type") == "phone":
        return "phone numbers"
    said = {"".join(words(bare(name))), "".join(words(label_of(name, body)))}
    born = {"birthdate", "birthday", "dateofbirth", "dob"}
    return "dates of birth" if body.get("type") == "date" and not born.isdisjoint(said) else ""
