"""The fast validator and an independent one agree on what is right and wrong."""

from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from crmgov.model.diagnostics import Where
from crmgov.model.kinds import KINDS
from crmgov.schema.build import body_schema
from crmgov.schema.nodes import Json
from crmgov.schema.repeats import repeated
from crmgov.schema.validate import is_valid, problems

KEYS = sorted({name for kind in KINDS for name in body_schema(kind)["properties"]} | {"lable", "Region__c"})
# No line feed at an end (Python's $ matches before it), no NaN: where the two are known to differ.
TEXTS = st.sampled_from(["text", "picklist", "Checkbox",
                          "2026-01-31", "all", "yes", "read", "", "Ünï", "a b"])  # fmt: skip
NUMBERS = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


def bodies(schema: Json, root: Json) -> st.SearchStrategy[Any]:
    """Values that mostly fit a schema."""
    if "$ref" in schema:
        return st.deferred(lambda: bodies({**root["$defs"]["Criterion"], "type": schema.get("type", "object")}, root))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    types = schema.get("type", ["string", "number", "boolean"])
    return st.one_of([_typed(name, schema, root) for name in ([types] if isinstance(types, str) else types)])


def _typed(name: str, schema: Json, root: Json) -> st.SearchStrategy[Any]:
    if name == "array":
        return st.lists(bodies(schema["items"], root), max_size=3)
    if name == "object":
        if "properties" not in schema:
            return st.dictionaries(st.sampled_from(KEYS), bodies(schema["additionalProperties"], root), max_size=2)
        chosen = {key: bodies(inner, root) for key, inner in schema["properties"].items()}
        required = {key: chosen.pop(key) for key in schema.get("required", [])}
        return st.fixed_dictionaries(required, optional=dict(list(chosen.items())[:12]))
    if name == "string":
        return TEXTS if "pattern" not in schema else st.sampled_from(["2026-01-31", "all", "May"])
    if name == "null":
        return st.none()
    return {"integer": st.integers(0, 120), "number": st.floats(0, 120), "boolean": st.booleans()}[name]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_both_agree_and_every_failure_is_worded(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    schema = body_schema(kind)
    body = data.draw(bodies(schema, schema) | st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5))
    expected = Draft202012Validator(schema).is_valid(body)
    assert is_valid(kind, body) == (expected and not list(repeated(kind, body)))
    assert bool(problems(kind, body, Where("a.yaml"))) != is_valid(kind, body)
