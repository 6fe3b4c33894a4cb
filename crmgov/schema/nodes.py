"""Types of the model as JSON Schema (2020-12).

A union never becomes ``anyOf`` or ``oneOf``: its alternatives are told apart by their JSON type, so that every failure
has one place and one reason. ``type`` lists the types allowed, and each type's own keywords stand beside it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import inspect

from crmgov.model.kinds.criteria import Criterion
from crmgov.model.shape import KEY

Json = dict[str, Any]

_SCALARS: dict[type[inspect.Type], str] = {
    inspect.StrType: "string",
    inspect.BytesType: "string",
    inspect.IntType: "integer",
    inspect.FloatType: "number",
    inspect.BoolType: "boolean",
    inspect.NoneType: "null",
}
_LISTS = (inspect.ListType, inspect.VarTupleType, inspect.SetType, inspect.FrozenSetType)
_CONSTRAINTS = ("minimum", "maximum", "pattern")

ENTRY = ": one entry"

RECURSIVE: tuple[type, ...] = (Criterion,)
"""Types that hold themselves; they stand under ``$defs`` and are referred to."""


class Words(NamedTuple):
    """Title and description of one node."""

    title: str
    description: str

    def of_entry(self) -> "Words":
        """The words for one entry of the list or map that these words describe."""
        return Words(f"{self.title.removesuffix(ENTRY)}{ENTRY}", self.description)


class Nodes:
    """Turns types into schemas, gathering recursive ones under ``defs``.

    ``words`` gives title and description of attributes that carry none themselves, by (class name, attribute).
    """

    def __init__(self, words: Mapping[tuple[str, str], Words] | None = None) -> None:
        self.defs: dict[str, Json] = {}
        self._words = words or {}

    def node(self, node: inspect.Type, words: Words, limits: Mapping[str, object] | None = None) -> Json:
        """The schema of a type. ``limits`` holds minimum, maximum and pattern where they are given."""
        if isinstance(node, inspect.Metadata):
            meta = node.extra_json_schema or {}
            inner = Words(str(meta.get("title", words.title)), str(meta.get("description", words.description)))
            return self.node(node.type, inner, {**(limits or {}), **(node.extra or {})})
        parts = node.types if isinstance(node, inspect.UnionType) else (node,)
        schema: Json = {"title": words.title, "description": words.description, "type": []}
        types: list[str] = schema["type"]
        for part in parts:
            self._merge(schema, types, self._part(part, words, alone=len(_not_null(parts)) == 1))
        if len(types) < 2:
            schema.pop("type")
            schema = {**dict(list(schema.items())[:2]), **({"type": types[0]} if types else {}), **schema}
        if "enum" in schema and "null" in types:
            schema["enum"] = [*schema["enum"], None]
        schema.update({key: value for key, value in (limits or {}).items() if key in _CONSTRAINTS})
        return schema

    def struct(self, node: inspect.StructType, words: Words | None = None) -> Json:
        """The schema of a struct, written out in place."""
        own = words or of_class(node.cls)
        properties: dict[str, Json] = {}
        if node.tag_field is not None:
            about = f"Which of the things that can stand here this is: {node.tag}."
            properties[node.tag_field] = {"title": spaced(node.tag_field), "description": about, "enum": [node.tag]}
        for field in node.fields:
            given = self._words.get((node.cls.__name__, field.encode_name))
            words_there = given or Words(spaced(field.encode_name), own.description)
            properties[field.encode_name] = self.node(field.type, words_there)
        schema: Json = {"title": own.title, "description": own.description, "type": "object"}
        required = [field.encode_name for field in node.fields if field.required]
        required += [node.tag_field] if node.tag_field is not None else []
        if required:
            schema["required"] = required
        return {**schema, "properties": properties, "additionalProperties": False}

    def _merge(self, schema: Json, types: list[str], part: Json) -> None:
        """Add an alternative's keywords; alternatives of one type are joined."""
        own = part.pop("type", None)
        for name in [own] if isinstance(own, str) else own or []:
            if name not in types and not (name == "integer" and "number" in types):
                types.append(name)
        if "number" in types and "integer" in types:
            types.remove("integer")
        if "properties" in schema and "properties" in part:
            kept = [name for name in schema.get("required", []) if name in part.get("required", [])]
            for name, inner in part["properties"].items():
                known = schema["properties"].setdefault(name, inner)
                if known is not inner and "enum" in known:
                    known["enum"] += [option for option in inner["enum"] if option not in known["enum"]]
            schema.pop("required", None)
            schema.update({"required": kept} if kept else {})
            return
        schema.update({key: value for key, value in part.items() if key not in ("title", "description")})

    def _part(self, node: inspect.Type, words: Words, *, alone: bool) -> Json:
        if isinstance(node, inspect.LiteralType):
            values = list(node.values)
            if alone:
                return {"type": "string", "enum": values}
            choice = "|".join(re.escape(str(value)) for value in values)
            return {"type": "string", "pattern": f"^({choice})$", "examples": values}
        if isinstance(node, inspect.StructType):
            return self._struct(node, words)
        if isinstance(node, inspect.DictType):
            entry = self.node(node.value_type, _entry_words(node.value_type, words))
            return {"type": "object", "additionalProperties": entry, "propertyNames": _names(node.key_type)}
        if isinstance(node, _LISTS):
            return {"type": "array", "items": self._item(node.item_type, words)}
        if isinstance(node, inspect.TupleType):
            items = [self.node(item, words.of_entry()) for item in node.item_types]
            return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
        if type(node) in _SCALARS:
            return {"type": _SCALARS[type(node)]}
        return {}

    def _struct(self, node: inspect.StructType, words: Words) -> Json:
        if node.cls not in RECURSIVE:
            return self.struct(node, words)
        name = node.cls.__name__
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = {**self.struct(node), "type": ["object", "null"]}
        return {"type": "object", "$ref": f"#/$defs/{name}"}

    def _item(self, node: inspect.Type, words: Words) -> Json:
        schema = self.node(node, _entry_words(node, words))
        if schema.get("type") == "object" and schema.get("required") == [KEY]:
            schema["type"] = ["string", "object"]
        return schema


def of_class(cls: type) -> Words:
    """Title and description from a class: its name in words, and its docstring."""
    return Words(spaced(re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()), " ".join((cls.__doc__ or "").split()))


def spaced(name: str) -> str:
    """An attribute's name as a title."""
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _entry_words(node: inspect.Type, words: Words) -> Words:
    return of_class(node.cls) if isinstance(node, inspect.StructType) else words.of_entry()


def _names(node: inspect.Type) -> Json:
    meta = (node.extra_json_schema or {}) if isinstance(node, inspect.Metadata) else {}
    title, description = str(meta.get("title", "Name")), str(meta.get("description", "The name of the entry."))
    return {"title": title, "description": description, "minLength": 1}


def _not_null(parts: Iterable[inspect.Type]) -> list[inspect.Type]:
    return [part for part in parts if not isinstance(part, inspect.NoneType)]
