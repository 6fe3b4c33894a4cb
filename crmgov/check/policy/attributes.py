"""Attributes as policies name them: ``owner``, ``capabilities.ApiEnabled``, ``stages.*.definition``.

Inner ones stand after a point, elements of named collections by their name (as a JSON string where it holds more than
letters, digits and ``_``), ``*`` for every element. ``kind``, ``object`` and ``name`` are those of the document.
"""

import json
import re
from typing import Any

from crmgov.model.address import Address
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.shape import KEY, Shape, shape_of

EVERY = "*"
_STEP = re.compile(r'(?:[^".]+|"(?:[^"\\]|\\.)*")(?:\.(?=.)|\Z)')
_OWN = ("kind", "object", "name")


def steps_of(attribute: str) -> tuple[str, ...]:
    """An attribute's name taken apart; empty where it is none."""
    steps = []
    at = 0
    while at < len(attribute):
        match = _STEP.match(attribute, at)
        if match is None:
            return ()
        text = match.group().removesuffix(".") if match.end() < len(attribute) else match.group()
        steps.append(str(json.loads(text)) if text.startswith('"') else text)
        at = match.end()
    return tuple(steps)


def exists(kind: str, steps: tuple[str, ...]) -> bool:
    """Whether a kind can hold such an attribute."""
    if len(steps) == 1 and steps[0] in _OWN:
        return True
    shape: Shape | None = shape_of(kind)
    for step in steps:
        shape = None if shape is None else _inner(shape, step)
        if shape is None:
            return bool(steps) and steps[0] == "native" and len(steps) > 2
    return bool(steps)


def _inner(shape: Shape, step: str) -> Shape | None:
    """The shape one step below, where there can be one."""
    if shape.form in ("map", "keyed"):
        return shape.item
    if shape.form == "struct" or shape.attributes:
        return shape.attributes.get(step)
    return shape.item if step == EVERY and shape.item is not None and shape.item.attributes else None


def hidden(kind: str, steps: tuple[str, ...]) -> bool:
    """Whether a value is never repeated: it is secret, or among a vendor's own attributes."""
    shape: Shape | None = shape_of(kind)
    for step in steps:
        if shape is None or shape.secret:
            break
        shape = _inner(shape, step)
    return steps[0] == "native" or (shape is not None and shape.secret)


def values(at: Address, body: Body, steps: tuple[str, ...]) -> list[tuple[Route, Any]]:
    """What an attribute holds, with its route; None where it is absent or null. With ``*`` one for each element."""
    if len(steps) == 1 and steps[0] in _OWN:
        return [((), {"kind": at.kind, "object": at.parent, "name": at.name}[steps[0]])]
    if len(steps) == 1 and steps[0] != EVERY:
        return [(steps, body.get(steps[0]))]
    found: list[tuple[Route, Any]] = [((), body)]
    for step in steps:
        below: list[tuple[Route, Any]] = []
        for route, value in found:
            below += _below(route, value, step)
        found = below
    return found


def _below(route: Route, value: Any, step: str) -> list[tuple[Route, Any]]:
    if isinstance(value, list):
        named = [
            (str(row[KEY]) if isinstance(row, dict) and KEY in row else str(index), row)
            for index, row in enumerate(value)
        ]
        chosen = [((*route, name), row) for name, row in named if step in (EVERY, name)]
    elif isinstance(value, dict):
        chosen = [((*route, name), inner) for name, inner in value.items() if step in (EVERY, name)]
    else:
        chosen = []
    return chosen or ([] if step == EVERY else [((*route, step), None)])
