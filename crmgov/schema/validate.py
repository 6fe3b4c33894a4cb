"""Whether a body is what its kind asks for, and every reason why it is not, in plain words.

jsonschema-rs decides and gives each failure as data; the words are ours (``wording``).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from crmgov.model.diagnostics import Diagnostic, Where
from crmgov.schema import codes
from crmgov.schema.build import body_schema
from crmgov.schema.failure import Subject, sort_of
from crmgov.schema.nodes import Json
from crmgov.schema.repeats import any_repeated, repeated
from crmgov.schema.wording import Failure, worded


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(body_schema(kind))


def is_valid(kind: str, body: object) -> bool:
    """Whether a body (without kind, name, object, apiVersion and inline resources) is what its kind asks for."""
    try:
        valid = _validator(kind).is_valid(body)
    except ValueError:
        return False
    return valid and not any_repeated(kind, body)


def problems(kind: str, body: object, where: Where, address: str = "") -> list[Diagnostic]:
    """Everything that is wrong with a body; empty exactly where ``is_valid`` says yes.

    ``where`` is the place of the body: the top of a document, or of an inline resource in it. ``address`` is that of
    the resource, where it is known, and gives the messages their names.
    """
    subject = Subject(kind, body, where, address)
    if is_valid(kind, body):
        return []
    unusable = list(_unusable(subject, body, []))
    if unusable:
        return unusable
    found = [worded(subject, _failure(kind, error)) for error in _validator(kind).iter_errors(body)]
    told = [diagnostic for group in found for diagnostic in group]
    told += [_repeated(subject, path, name) for path, name in repeated(kind, body)]
    return list({(item.code, item.message, item.at): item for item in told}.values())


def _failure(kind: str, error: jsonschema_rs.ValidationError) -> Failure:
    schema_path = list(error.schema_path)
    keyword = error.kind.name
    if keyword == "propertyNames":
        schema_path = schema_path[: schema_path.index("propertyNames") + 1]
    return Failure(keyword, error.kind.as_dict(), list(error.instance_path), _part(body_schema(kind), schema_path[:-1]))


def _part(schema: Any, path: list[str | int]) -> Json:
    """The part of a schema at a path, going through references."""
    root = schema
    for step in path:
        if isinstance(schema, dict) and step not in schema and "$ref" in schema:
            schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
        schema = schema[step]
    return schema if isinstance(schema, dict) else {}


def _repeated(subject: Subject, path: list[str | int], name: str) -> Diagnostic:
    route = subject.route(path)
    told = f'"{name}" stands twice in {subject.named(route)}'
    return subject.told(codes.REPEATED, told, (*route, name), hint="each name stands once")


def _unusable(subject: Subject, value: object, path: list[str | int]) -> Iterator[Diagnostic]:
    """Keys that are empty or no texts: a body that has one is not looked at further."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(key, str) and key:
                yield from _unusable(subject, inner, [*path, key])
                continue
            route = subject.route(path)
            told, hint = f"A key in {subject.inside(route)} is empty", "give it a name"
            if not isinstance(key, str):
                told, hint = f"A key in {subject.inside(route)} is {sort_of(key)}; keys are texts", "put it in quotes"
            yield subject.told(codes.BAD_KEY, told, route, hint=hint)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unusable(subject, inner, [*path, index])
