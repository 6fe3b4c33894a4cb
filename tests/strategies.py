"""Arbitrary configuration: bodies of any kind, drawn from the shape that the model gives it."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from crmgov.model.canonical import Body
from crmgov.model.kinds import KINDS
from crmgov.model.normal import canonical_body
from crmgov.model.shape import KEY

KEYS = st.sampled_from(["A", "B", "Region__c", "In review", 'q"t', "ß", "#x[y]", "n.m"])
TEXTS = st.one_of(st.sampled_from(["", "x", "Region", "yes", "1.0", "- a: b"]), st.text(max_size=8))


def _value(node: inspect.Type, depth: int) -> st.SearchStrategy[Any]:
    if isinstance(node, inspect.Metadata):
        return _value(node.type, depth)
    if isinstance(node, inspect.UnionType):
        return st.one_of([_value(part, depth) for part in node.types])
    if isinstance(node, inspect.NoneType):
        return st.none()
    if isinstance(node, inspect.StructType):
        return _struct(node, depth)
    if isinstance(node, inspect.DictType):
        return st.dictionaries(KEYS, _value(node.value_type, depth - 1), max_size=2)
    if isinstance(node, inspect.ListType):
        return st.lists(_value(node.item_type, depth - 1), max_size=2).map(_unique)
    return _leaf(node)


def _leaf(node: inspect.Type) -> st.SearchStrategy[Any]:
    if isinstance(node, inspect.LiteralType):
        return st.sampled_from(list(node.values))
    if isinstance(node, inspect.BoolType):
        return st.booleans()
    if isinstance(node, inspect.IntType):
        return st.integers(0, 100)
    if isinstance(node, inspect.FloatType):
        return st.sampled_from([0.5, 1.25, 7.0])
    return TEXTS


def _unique(rows: list[Any]) -> list[Any]:
    """Elements of a named collection have names of their own."""
    seen, kept = set(), []
    for row in rows:
        name = msgspec.json.encode(row[KEY] if isinstance(row, dict) and KEY in row else row)
        if name not in seen:
            seen.add(name)
            kept.append(row)
    return kept


def _struct(node: inspect.StructType, depth: int) -> st.SearchStrategy[Body]:
    needed = {f.encode_name: _field(f, depth) for f in node.fields if f.required}
    free = {f.encode_name: _field(f, depth) for f in node.fields if not f.required and depth > 0}
    return st.fixed_dictionaries(needed, optional=free)


def _field(field: inspect.Field, depth: int) -> st.SearchStrategy[Any]:
    return KEYS if field.encode_name == KEY else _value(field.type, depth - 1)


def bodies(kind: str) -> st.SearchStrategy[Body]:
    """Canonical bodies of a kind."""
    spec = inspect.type_info(KINDS[kind].spec)
    assert isinstance(spec, inspect.StructType)
    return _struct(spec, 4).map(lambda body: canonical_body(kind, body))
