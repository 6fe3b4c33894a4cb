"""Names that a snapshot uses and that are nowhere in it: what ``pull`` writes as Externals. Pure."""

from collections.abc import Sequence

from crmgov.check.find import Finder
from crmgov.check.tree import Tree
from crmgov.model.address import address as write_address
from crmgov.model.address import parse
from crmgov.model.canonical import Body
from crmgov.model.provider import Catalogue
from crmgov.model.references import Reference, references
from crmgov.model.snapshot import Snapshot

Name = tuple[str, str, str | None]
"""What is named: kind, name, and the object it belongs to where the kind has one."""

_TYPES = {"Object": "object", "Field": "field"}


def outsiders(snapshot: Snapshot, catalogues: Sequence[Catalogue], system: str) -> dict[str, Body]:
    """An External for every name that is used here and belongs to something outside, by address."""
    finder = Finder(Tree(snapshot, catalogues, case="accept"))
    found: dict[str, Body] = {}
    for user in snapshot:
        at = parse(user)
        parent = at.name if at.kind == "Object" else at.parent
        named: list[Name] = [("Object", at.parent, None)] if at.parent is not None else []
        named += [one for use in references(at.kind, snapshot.body(user), parent) if (one := _named(use)) is not None]
        for kind, name, owner in named:
            if finder.find(kind, name, owner).status == "missing":
                whole = name if owner is None else f"{owner}.{name}"
                body: Body = {"system": system, "type": _TYPES.get(kind, "other")}
                found.setdefault(write_address("External", whole), body)
    return _without_covered(found)


def _named(use: Reference) -> Name | None:
    """What a reference names, as (kind, name, object); None where more than the name decides."""
    if use.kind == "ObjectField":
        owner, _, field = use.name.partition(".")
        return ("Field", field, owner) if field else None
    if use.kind == "FieldPath":
        return ("Field", use.name.partition(".")[0], use.context) if use.context is not None else None
    if use.kind in ("Stage", "PipelineStage", "External"):
        return None
    in_object = use.kind in ("Field", "RecordType", "Layout", "Pipeline")
    if in_object and use.context is None:
        return None
    return use.kind, use.name, use.context if in_object else None


def _without_covered(found: dict[str, Body]) -> dict[str, Body]:
    """Without what belongs to an object that is outside itself."""
    objects = {parse(address).name for address, body in found.items() if body["type"] == "object"}

    def covered(address: str) -> bool:
        owner, dot, _ = parse(address).name.partition(".")
        return bool(dot) and owner in objects

    return {address: body for address, body in found.items() if not covered(address)}
