"""The words for each way a body can fail its schema, by keyword. No term of JSON Schema is ever shown."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from crmgov.model.diagnostics import Diagnostic, Fix, Route
from crmgov.schema import codes
from crmgov.schema.conditions import belongs
from crmgov.schema.failure import Subject
from crmgov.schema.near import folded, near
from crmgov.schema.nodes import Json
from crmgov.schema.words import key_word, value_word

_SORTS = {
    "string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
    "array": "a list", "object": "a map of keys", "null": "null",
}  # fmt: skip
_SPOKEN_BOOLEANS = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}
_MOST_WORDS = 12


class Failure(NamedTuple):
    """A failure as data: the keyword, its particulars, where in the body, and the part of the schema that failed."""

    keyword: str
    facts: dict[str, Any]
    path: list[str | int]
    schema: Json


Wording = Callable[[Subject, Failure], Iterator[Diagnostic]]


def worded(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    """The diagnostics for one failure."""
    yield from _WORDINGS.get(failure.keyword, _other)(subject, failure)


def _type(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    route, value = subject.route(failure.path), subject.value(failure.path)
    types = [name for name in failure.facts["types"] if name != "null"]
    told = f"{subject.named(route)} must be {either([_SORTS[name] for name in types])}"
    told += f", not {subject.shown(route, value)}" if value is not None else ", and it has no value"
    fix = None if subject.hidden(route) else _other_sort(subject, route, value, types, failure.schema)
    hint = fix.title if fix else ""
    yield subject.told(codes.TYPE, told, route, hint=hint, fix=fix)


def _other_sort(subject: Subject, route: Route, value: object, types: list[str], schema: Json) -> Fix | None:
    """The value in the sort that is asked for, where there is no doubt what was meant."""
    if isinstance(value, str) and types == ["boolean"] and value.lower() in _SPOKEN_BOOLEANS:
        return subject.replace(route, _SPOKEN_BOOLEANS[value.lower()], safe=True)
    if isinstance(value, str) and types == ["integer"] and value.isascii() and value.isdecimal() and len(value) < 16:
        return subject.replace(route, int(value), safe=True)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and types == ["string"]:
        return subject.replace(route, str(value), safe=True)
    if isinstance(value, str) and types == ["array"] and "enum" not in schema.get("items", {}):
        return subject.replace(route, [value], safe=True)
    return None


def _required(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    route, key = subject.route(failure.path), failure.facts["property"]
    about = failure.schema.get("properties", {}).get(key, {}).get("description", "")
    yield subject.told(codes.MISSING, f'"{key}" is missing in {subject.inside(route)}', route, hint=about)


def _enum(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    options = failure.facts["options"] if "options" in failure.facts else failure.schema.get("examples", [])
    yield from _word(subject, failure, [str(option) for option in options if option is not None])


def _word(subject: Subject, failure: Failure, options: list[str]) -> Iterator[Diagnostic]:
    route, value = subject.route(failure.path), subject.value(failure.path)
    if not isinstance(value, str):
        told = f"{subject.named(route)} must be {listed(options)}, not {subject.shown(route, value)}"
        yield subject.told(codes.WORD, told, route)
        return
    attribute = next((step for step in reversed(failure.path) if isinstance(step, str)), "")
    known = value_word(subject.kind, attribute, value) or value_word(subject.kind, str(failure.path[0]), value)
    if known is not None and known[1] in options:
        vendor, word = known
        told = f'{subject.shown(route, value)} is {vendor}\'s word; {subject.named(route)} is written "{word}"'
        fix = subject.replace(route, word, safe=True)
        yield subject.told(codes.VENDOR_WORD, told, route, hint=f'did you mean "{word}"?', fix=fix)
        return
    close = near(value, options)
    told = f"{subject.named(route)} cannot be {subject.shown(route, value)}; it is {listed(options)}"
    only = subject.replace(route, close[0], safe=folded(value) == folded(close[0])) if len(close) == 1 else None
    yield subject.told(codes.WORD, told, route, hint=meant(close), fix=only)


def _unknown(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    route, holder = subject.route(failure.path), subject.value(failure.path)
    known = failure.schema.get("properties", {})
    for key in failure.facts["unexpected"]:
        vendor = key_word(subject.kind, key) if not route else None
        close = [vendor[1]] if vendor and vendor[1] in known else near(key, known)
        fix = subject.rename((*route, key), close[0]) if len(close) == 1 and close[0] not in holder else None
        told = f'Unknown key "{key}" in {subject.inside(route)}'
        hint = meant(close) or (listed(sorted(known)) if len(known) <= _MOST_WORDS else "")
        yield subject.told(codes.UNKNOWN_KEY, told, (*route, key), on_key=True, hint=hint, fix=fix)


def _bounds(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    route, value = subject.route(failure.path), subject.value(failure.path)
    side = "at least" if failure.keyword == "minimum" else "at most"
    told = f"{subject.named(route)} must be {side} {failure.facts['limit']}, not {subject.shown(route, value)}"
    yield subject.told(codes.BOUNDS, told, route)


def _pattern(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    if "examples" in failure.schema:
        yield from _word(subject, failure, [str(option) for option in failure.schema["examples"]])
        return
    route, value = subject.route(failure.path), subject.value(failure.path)
    told = f"{subject.named(route)} is {subject.shown(route, value)}, which is not in the form asked for"
    yield subject.told(codes.FORM, told, route, hint=failure.schema.get("description", ""))


def _no_meaning(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    route = subject.route(failure.path)
    holder = subject.value(failure.path[:-1])
    told = f'"{route[-1]}" has no meaning for a {holder.get("type")} field: {subject.inside(route[:-1])}'
    hint = f"it belongs to {belongs(route[-1])}"
    yield subject.told(codes.NO_MEANING, told, route, on_key=True, hint=hint)


def _other(subject: Subject, failure: Failure) -> Iterator[Diagnostic]:
    route = subject.route(failure.path)
    about = failure.schema.get("description", "")
    yield subject.told(codes.FORM, f"{subject.named(route)} is not in the form asked for", route, hint=about)


_WORDINGS: dict[str, Wording] = {
    "type": _type,
    "required": _required,
    "enum": _enum,
    "additionalProperties": _unknown,
    "minimum": _bounds,
    "maximum": _bounds,
    "pattern": _pattern,
    "falseSchema": _no_meaning,
}


def either(words: list[str]) -> str:
    """Words joined as people join them: ``a text, a number or a list``."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def listed(words: list[str]) -> str:
    """What can stand somewhere: ``one of a, b, c``, the longest lists cut short."""
    if len(words) == 1:
        return f'the word "{words[0]}"'
    more = len(words) - _MOST_WORDS * 2
    return "one of " + (", ".join(words[: _MOST_WORDS * 2]) + (f" and {more} more" if more > 0 else ""))


def meant(close: list[str]) -> str:
    """The question that offers near matches; empty where there is none."""
    return f"did you mean {either([f'{chr(34)}{word}{chr(34)}' for word in close[:3]])}?" if close else ""
