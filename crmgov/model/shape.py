"""The shape of each kind, derived from its attributes: what is a leaf, what a named collection, what refers where.

Everything generic (diff, references, schemas, writing) walks shapes instead of knowing kinds.
"""

from functools import cache
from typing import Literal, TypedDict

import msgspec
from msgspec import inspect

from crmgov.model.kinds import KINDS
from crmgov.model.kinds.criteria import Criterion

Form = Literal["leaf", "struct", "map", "keyed", "set"]
"""leaf: compared as one value. struct: by attribute. map: a YAML map of elements by name. keyed: a YAML list of
elements by their ``name``. set: a YAML list of texts, each an element."""

KEY = "name"
"""The attribute that names an element of a keyed list."""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The shape of one attribute or element.

    ``attributes`` are those of a struct, or of the struct a leaf may hold; ``item`` is the element of a collection;
    ``ref`` what a text refers to; ``key_ref`` the same for the names in a map.
    """

    form: Form
    title: str = ""
    description: str = ""
    attributes: dict[str, "Shape"] = {}
    item: "Shape | None" = None
    ref: str = ""
    key_ref: str = ""
    ordered: bool = False
    local: bool = False
    secret: bool = False
    criteria: bool = False
    refers: bool = False
    """Whether anything below refers to something."""
    composed: frozenset[str] = frozenset()
    """The names of the attributes that are more than a leaf."""

    def __post_init__(self) -> None:
        names = frozenset(name for name, shape in self.attributes.items() if shape.form != "leaf")
        msgspec.structs.force_setattr(self, "composed", names)


class _Common(TypedDict):
    title: str
    description: str
    ordered: bool
    local: bool
    secret: bool


@cache
def shape_of(kind: str) -> Shape:
    """The shape of a kind's document body (without kind, name and object)."""
    return _shape(inspect.type_info(KINDS[kind].spec), {})


def _shape(node: inspect.Type, meta: dict[str, object]) -> Shape:
    if isinstance(node, inspect.Metadata):
        return _shape(node.type, {**meta, **(node.extra_json_schema or {}), **(node.extra or {})})
    if isinstance(node, inspect.UnionType):
        inner = [_shape(part, meta) for part in node.types if not isinstance(part, inspect.NoneType)]
        return max(inner, key=lambda shape: _RANK[shape.form])
    common = _Common(
        title=str(meta.get("title", "")),
        description=str(meta.get("description", "")),
        ordered=bool(meta.get("ordered")),
        local=bool(meta.get("local")),
        secret=bool(meta.get("secret")),
    )
    if isinstance(node, inspect.StructType):
        if node.cls is Criterion:
            return Shape(form="leaf", criteria=True, refers=True, **common)
        attributes = {field.encode_name: _shape(field.type, {}) for field in node.fields}
        return Shape(form="struct", attributes=attributes, refers=any(a.refers for a in attributes.values()), **common)
    if isinstance(node, inspect.DictType):
        key, item = _shape(node.key_type, {}), _shape(node.value_type, {})
        return Shape(form="map", item=item, key_ref=key.ref, refers=bool(key.ref) or item.refers, **common)
    if isinstance(node, inspect.ListType):
        return _list(_shape(node.item_type, {}), str(meta.get("ref", "")), common)
    ref = str(meta.get("ref", ""))
    return Shape(form="leaf", ref=ref, refers=bool(ref), **common)


def _list(item: Shape, ref: str, common: _Common) -> Shape:
    if item.form == "struct" and KEY in item.attributes:
        return Shape(form="keyed", item=item, refers=item.refers, **common)
    ref = ref or item.ref
    if item.form == "leaf" and not item.criteria and not common["ordered"]:
        return Shape(form="set", item=item, ref=ref, refers=bool(ref), **common)
    return Shape(form="leaf", item=item, ref=ref, refers=bool(ref) or item.refers, criteria=item.criteria, **common)


_RANK: dict[Form, int] = {"leaf": 0, "set": 1, "keyed": 2, "map": 3, "struct": 4}
