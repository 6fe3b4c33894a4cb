"""Schemas that also complete the names of one repository.

Names are offered as ``examples`` beside texts and as known keys of maps: editors complete from both, and neither
rejects a name that is not there yet. Where a name is meant within an object, that object's names alone are offered.
Whether a name exists is the reference check's to say, not an editor's.
"""

import copy
from collections import defaultdict
from urllib.parse import quote

from crmgov.model.kinds import INLINE, KINDS
from crmgov.model.shape import KEY, Shape, shape_of
from crmgov.model.snapshot import Snapshot
from crmgov.schema.build import document_schema
from crmgov.schema.nodes import RECURSIVE, Json


class Names:
    """The names of a repository, sorted: by kind, by kind and object, and the stages."""

    def __init__(self, snapshot: Snapshot) -> None:
        by_kind: dict[str, set[str]] = defaultdict(set)
        self.within: dict[tuple[str, str], list[str]] = defaultdict(list)
        for kind in KINDS:
            for _, at in snapshot.of_kind(kind):
                by_kind[kind].add(at.name)
                if at.parent is not None:
                    self.within[kind, at.parent].append(at.name)
                    by_kind["Object"].add(at.parent)
        paths = {
            f"{parent}.{name}" for (kind, parent), names in self.within.items() if kind == "Field" for name in names
        }
        stages = {row[KEY] for kind in ("StageSet", "Pipeline") for row in _stages(snapshot, kind)}
        by_kind |= {
            "ObjectField": paths,
            "FieldPath": by_kind["Field"],
            "ValueSet": by_kind["Picklist"] | by_kind["StageSet"],
            "Stage": stages,
            "PipelineStage": stages,
        }
        self.all = {kind: sorted(names) for kind, names in by_kind.items()}
        self.objects = self.all.get("Object", [])

    def offered(self, ref: str, parent: str | None) -> list[str]:
        """What can be named by a reference of this kind, within an object where one is known."""
        kind = "Field" if ref == "FieldPath" else ref
        if parent is not None and KINDS.get(kind) is not None and KINDS[kind].parent == "always":
            return sorted(self.within.get((kind, parent), []))
        return self.all.get(ref, [])


def _stages(snapshot: Snapshot, kind: str) -> list[dict[str, str]]:
    return [row for at, _ in snapshot.of_kind(kind) for row in snapshot.body(at).get("stages") or []]


def project_schemas(snapshot: Snapshot) -> dict[str, Json]:
    """The schemas of all kinds by file name, completing the names in a snapshot."""
    names = Names(snapshot)
    return {f"{kind}.json": _project_schema(kind, names) for kind in KINDS}


def _project_schema(kind: str, names: Names) -> Json:
    schema = copy.deepcopy(document_schema(kind))
    shape = shape_of(kind)
    properties = schema["properties"]
    if kind == "Object":
        properties["name"]["examples"] = names.objects
        for key, inner in INLINE.items():
            _Offer(names, {}).struct(schema["$defs"][inner], shape_of(inner))
            assert key in properties
    defs: Json = schema.setdefault("$defs", {})
    offer = _Offer(names, defs)
    offer.struct(schema, shape)
    offer.criteria()
    if "object" in properties:
        properties["object"]["examples"] = names.objects
    if "object" in properties or kind == "Object":
        key = "name" if kind == "Object" else "object"
        schema.setdefault("allOf", []).extend(_by_object(key, shape, names, defs))
    return schema


def _by_object(key: str, shape: Shape, names: Names, defs: Json) -> list[Json]:
    """For each object, what its documents can name: only known keys and examples, so that nothing is rejected."""
    found = []
    for parent in names.objects:
        offered = _Offered(names, parent, defs).struct(shape)
        if offered:
            condition = {"properties": {key: {"const": parent}}, "required": [key]}
            found.append({"if": condition, "then": offered})
    return found


class _Offer:
    """Puts names into a schema: those that need no object, and for maps by object those of each."""

    def __init__(self, names: Names, defs: Json) -> None:
        self.names, self.defs = names, defs

    def struct(self, schema: Json, shape: Shape) -> None:
        """Into a part, by attribute."""
        for name, attribute in shape.attributes.items():
            if name in schema.get("properties", {}):
                self.node(schema["properties"][name], attribute)

    def node(self, schema: Json, shape: Shape) -> None:
        """Into one node."""
        if shape.ref and not _contextual(shape.ref):
            schema.get("items", schema)["examples"] = self.names.offered(shape.ref, None)
        if shape.form == "map" and shape.item is not None:
            self._map(schema, shape, shape.item)
        elif shape.item is not None and isinstance(schema.get("items"), dict):
            self.struct(schema["items"], shape.item)
        else:
            self.struct(schema, shape)

    def criteria(self) -> None:
        """Field paths in criteria: all fields, since the object is not always known there."""
        for cls in RECURSIVE:
            definition = self.defs.get(cls.__name__)
            if definition:
                for name in ("field", "other_field"):
                    definition["properties"][name]["examples"] = self.names.all["FieldPath"]

    def _map(self, schema: Json, shape: Shape, item: Shape) -> None:
        entry = schema["additionalProperties"]
        self.node(entry, item)
        if shape.key_ref != "Object":
            if shape.key_ref and not _contextual(shape.key_ref):
                schema["propertyNames"]["examples"] = self.names.offered(shape.key_ref, None)
            return
        schema["propertyNames"]["examples"] = self.names.objects
        name = f"{schema['title']}: one entry"
        self.defs[name] = entry
        schema["additionalProperties"] = reference = {"$ref": _pointer(name)}
        schema["properties"] = {}
        for parent in self.names.objects:
            offered = _Offered(self.names, parent, self.defs).node(item)
            schema["properties"][parent] = {**reference, "allOf": [offered]} if offered else reference


class _Offered:
    """What can be named within one object, as a schema of known keys and examples alone."""

    def __init__(self, names: Names, parent: str, defs: Json) -> None:
        self.names, self.parent, self.defs = names, parent, defs

    def struct(self, shape: Shape) -> Json:
        """For a part: only the attributes below which something is offered."""
        found = {name: self.node(attribute) for name, attribute in shape.attributes.items()}
        kept = {name: inner for name, inner in found.items() if inner}
        return {"properties": kept} if kept else {}

    def node(self, shape: Shape) -> Json:
        """For one node; empty where nothing is offered."""
        if shape.criteria or shape.key_ref == "Object":
            return {}
        if shape.form == "map":
            return self._map(shape)
        if shape.ref:
            offered = self._examples(shape.ref)
            return {"items": offered} if shape.form == "set" and offered else offered
        inner = self.struct(shape.item) if shape.item is not None else {}
        return {"items": inner} if inner else self.struct(shape)

    def _map(self, shape: Shape) -> Json:
        item = self.node(shape.item) if shape.item is not None else {}
        if shape.key_ref and _contextual(shape.key_ref):
            keys = self.names.offered(shape.key_ref, self.parent)
            return {"properties": dict.fromkeys(keys, item or True)} if keys else {}
        return {"additionalProperties": item} if item else {}

    def _examples(self, ref: str) -> Json:
        kind = "Field" if ref == "FieldPath" else ref
        names = self.names.offered(kind, self.parent) if _contextual(kind) else []
        if not names:
            return {}
        name = f"{kind} of {self.parent}"
        self.defs[name] = {"title": kind, "description": f"What {self.parent} has.", "examples": names}
        return {"$ref": _pointer(name)}


def _pointer(name: str) -> str:
    return "#/$defs/" + quote(name.replace("~", "~0").replace("/", "~1"))


def _contextual(ref: str) -> bool:
    """Whether a reference is to something that belongs to an object."""
    return ref == "FieldPath" or (ref in KINDS and KINDS[ref].parent == "always")
