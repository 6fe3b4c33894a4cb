"""Rule: a comparison that asks what a field is not says what it means for blanks."""

import re
from collections.abc import Iterator
from typing import Any

from crmgov.check.governance.automation.blanks import Blanks
from crmgov.check.governance.automation.steps import Running, actions, leaves, running
from crmgov.check.governance.scene import Scene, rows
from crmgov.model.diagnostics import Diagnostic, Route

NEGATIVE = ("not_equals", "not_in", "not_contains", "excludes")
_POSITIVE = ("equals", "in", "contains", "includes", "starts_with", "matches")
_UNLIKE = re.compile(
    r"""\s*(?:(?:TEXT\s*\(\s*)?([A-Za-z][A-Za-z0-9_]*)\s*\)?\s*(?:<>|!=)\s*"[^"]+"
      | NOT\s*\(\s*ISPICKVAL\s*\(\s*([A-Za-z][A-Za-z0-9_]*)\s*,\s*"[^"]+"\s*\)\s*\))\s*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
"""A Salesforce formula that is nothing but: a field is not this text. It is true of a blank field."""


def negations(scene: Scene) -> Iterator[Diagnostic]:
    """Negative comparisons of fields that may be blank, where no other comparison asks whether they are."""
    blanks = Blanks(scene)
    for one in running(scene):
        if one.does.opaque:
            continue
        for route, criterion, certain in _criteria(one):
            yield from _in_criterion(scene, blanks, one, route, criterion, certain=certain)
        for route, action in actions(one.body) if scene.files else ():
            for case in rows(action.get("cases")):
                match = _UNLIKE.match(str(case.get("formula") or ""))
                field = (match.group(1) or match.group(2)) if match else ""
                if field and blanks.at(one.does.object, field, one.does.on):
                    at = (*route, "cases", str(case.get("name")), "formula")
                    message = f'Case "{case.get("name")}" also takes {one.does.object} records where {field} is blank'
                    yield scene.finding("TRIGGER002", message, one.address, at)


def _criteria(one: Running) -> Iterator[tuple[Route, Any, bool]]:
    """The conditions of an automation; whether what they leave out is left out for good."""
    yield ("when",), one.body.get("when"), not one.body.get("otherwise")
    for route, action in actions(one.body):
        caught = bool(action.get("otherwise") or action.get("to"))
        for case in rows(action.get("cases")):
            yield (*route, "cases", str(case.get("name")), "when"), case.get("when"), not caught


def _in_criterion(
    scene: Scene, blanks: Blanks, one: Running, route: Route, criterion: Any, *, certain: bool
) -> Iterator[Diagnostic]:
    compared = list(leaves(criterion, route))
    asked = {leaf.field for leaf in compared if leaf.op in ("blank", "present")}
    told: set[str] = set()
    for leaf in compared:
        positive = {other.field for other in compared if other.op in _POSITIVE and not other.negated}
        if leaf.field in asked | told | positive or not blanks.at(one.does.object, leaf.field, one.does.on):
            continue
        told.add(leaf.field)
        words = f"{leaf.field} {leaf.op} {_shown(leaf.value)}"
        if leaf.op in _POSITIVE and leaf.negated:
            message = f"not: {words} is true where {leaf.field} is blank, so such records are meant as well"
        elif leaf.op in NEGATIVE and not leaf.negated and certain:
            message = f"{words} is false where {leaf.field} is blank, so such records are left out"
        else:
            continue
        yield scene.finding("TRIGGER002", message, one.address, leaf.route)


def _shown(held: dict[str, Any]) -> str:
    value = held.get("value", held.get("other_field"))
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
