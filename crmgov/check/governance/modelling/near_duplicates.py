"""Rule: one thing is kept in one field, so no two fields of an object look the same (governance rule 6)."""

from collections.abc import Iterator

from crmgov.check.governance.made import Made, label_of
from crmgov.check.governance.scene import Scene
from crmgov.check.governance.words import bare, key, words
from crmgov.check.tree import parts
from crmgov.check.types import COMPUTED
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Related, brief

_FAMILIES = {
    "text": "text", "textarea": "text", "richtext": "text", "integer": "number", "decimal": "number",
    "currency": "number", "percent": "number", "picklist": "list", "multipicklist": "list",
}  # fmt: skip
"""Types that hold the same sort of value; any other type is a family of its own."""
_CUT = 40
"""Characters of a label in Salesforce."""
_COPIES = {"old", "copy", "new", "backup", "bak", "dup", "duplicate", "tmp", "temp"}
"""Last words that say: another one of the same."""
_ON_PURPOSE = ("copied", "copy of", "copies", "workaround", "mirror", "same as", "snapshot", "in sync", "synced")
"""What a description says of a field that repeats another for a reason."""


def near_duplicates(scene: Scene) -> Iterator[Diagnostic]:
    """Fields that have the name or label of another field of their object."""
    for own, first in pairs(scene):
        yield _told(scene, own, first)


def pairs(scene: Scene) -> Iterator[tuple[Made, Made]]:
    """Fields that have the name or label of another field of their object, each with that other one."""
    seen: dict[tuple[str, str, str], Made] = {}
    waiting: list[tuple[Made, str]] = []
    for own in _in_order(scene):
        _, parent, name, body = own
        family = family_of(scene, own)
        if family is None or repeats_on_purpose(own):
            continue
        first = seen.setdefault((parent, family, _said(name, body)), own)
        if first is not own:
            if not _told_apart(own, first):
                yield own, first
            continue
        base = _base(label_of(bare(name), body))
        if base:
            waiting.append((own, base))
    for own, base in waiting:
        first = seen.get((own[1], family_of(scene, own) or "", base), own)
        if first is not own:
            yield own, first


def _in_order(scene: Scene) -> Iterator[Made]:
    """What is shipped first, so that the field somebody added is the one that is told."""
    own = list(scene.made)
    parents = {parent for _, parent, _, _ in own}
    for address in scene.tree.of_kind("Field"):
        _, parent, name = parts(address)
        if scene.snapshot.origin(address) == "standard" and parent in parents:
            yield address, parent or "", name, scene.tree.body(address)
    yield from own


def repeats_on_purpose(own: Made) -> bool:
    """Whether a field's own description says that it repeats another for a reason."""
    return any(said in _purpose(own).casefold() for said in _ON_PURPOSE)


def family_of(scene: Scene, own: Made) -> str | None:
    """Fields of one family hold the same sort of value; None for what is computed or not known."""
    _, parent, name, body = own
    known = body.get("type")
    if not isinstance(known, str):
        facts = scene.tree.field(parent, name)
        known = facts.type if facts is not None else None
    if known is None or known in COMPUTED:
        return None
    if known in ("lookup", "master_detail", "user"):
        return "lookup " + ",".join(sorted(map(str, body.get("references") or ())))
    return _FAMILIES.get(known, known)


def _said(name: str, body: Body) -> str:
    """What a field is called; where its label was cut off at the vendor's limit, its name counts as well."""
    label = label_of(bare(name), body)
    return key(label) if len(label) < _CUT else f"{key(label)}/{key(bare(name))}"


def _base(label: str) -> str:
    """What a label says before a last word such as ``old``; empty where it has none."""
    said = words(label)
    return key(" ".join(said[:-1])) if len(said) > 1 and said[-1] in _COPIES else ""


def _told(scene: Scene, own: Made, first: Made) -> Diagnostic:
    address, parent, name, body = own
    labels = label_of(name, body), label_of(first[2], first[3])
    message = f'{parent}.{name} ("{labels[0]}") looks like {first[2]} ("{labels[1]}")'
    if body.get("type") == first[3].get("type"):
        message += f", both of type {body.get('type')}"
    at = scene.tree.where(first[0])
    related = (Related("The other field", at),) if at is not None else ()
    evidence = tuple(f"{one[2]}: {brief(text)}" for one in (own, first) if (text := _purpose(one)))
    return scene.finding("MODEL003", message, address, ("label",), related=related, evidence=evidence)


def _told_apart(own: Made, first: Made) -> bool:
    """Whether labels that differ in a sign or a letter belong to fields that each say what they are for."""
    labels = {label_of(name, body).strip().casefold() for _, _, name, body in (own, first)}
    said = {_purpose(own), _purpose(first)}
    return len(labels) == 2 and len(said) == 2 and "" not in said


def _purpose(own: Made) -> str:
    return str(own[3].get("description") or own[3].get("help") or "")
