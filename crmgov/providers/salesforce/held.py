"""Normal form by construction: a body as it reads after it was written to a file.

Each body is turned into nodes and read again. What comes back otherwise cannot be held, and is told when planned rather
than found when applied.
"""

from collections.abc import Callable
from typing import Any

from crmgov.model.address import parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.flat import ORDER, PRESENT, build, flatten, route_text
from crmgov.model.normal import canonical_body
from crmgov.providers.salesforce.mapping import Context
from crmgov.providers.salesforce.mapping.layouts import unique
from crmgov.providers.salesforce.names import thing_of

_EMPTY: tuple[Any, ...] = (None, [], {})
_NAMED = frozenset({"RecordType", "Picklist", "PermissionSet", "Role", "Team"})
"""Kinds whose files must have a label: without one, the name."""
Lost = Callable[[Route, str], None]
"""Is told the route of what cannot be held, and the same in words."""


def held(native: str, body: Body, lost: Lost) -> Body:
    """The body as its file gives it back; ``null`` stays where it says that something is to be empty."""
    where = parse(native)
    wanted = _stated(where.kind, where.name, canonical_body(where.kind, body))
    thing = thing_of(native, wanted)
    context = Context(thing.parent, thing.name)
    read = thing.type.decode(thing.type.encode(wanted, context), [], context)
    if "body_file" in wanted:
        read["body_file"] = wanted["body_file"]
    if read == wanted:
        return wanted
    result = canonical_body(where.kind, read)
    before, after = flatten(where.kind, wanted), flatten(where.kind, result)
    for route, value in before.items():
        if value in _EMPTY:
            if route not in after and _stands(route, before, after):
                after[route] = value
        elif not _same(after.get(route), value):
            lost(route, route_text(where.kind, route))
    return (
        canonical_body(where.kind, build(where.kind, after))
        if len(after) > len(flatten(where.kind, result))
        else result
    )


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(found, bool) is not isinstance(wanted, bool):
        return False
    return bool(found == wanted)


def _stands(route: Route, before: dict[Route, Any], after: dict[Route, Any]) -> bool:
    """Whether the elements that an attribute belongs to are there, so that it can be stated as empty."""
    above = [route[:depth] for depth in range(1, len(route))]
    return all(part in after for part in above if before.get(part) == PRESENT) and ORDER not in route


def _stated(kind: str, name: str, body: Body) -> Body:
    """With the vendor's own value where a file cannot be without one, and with the names that reading gives."""
    labelled = kind in _NAMED or (kind == "Object" and "__" in name)
    result = {**body, "label": name} if labelled and body.get("label", "") is None else dict(body)
    for key in ("values", "stages"):
        rows = result.get(key)
        if isinstance(rows, list):
            result[key] = [_row(row, labelled=kind != "Pipeline") for row in rows]
    if kind == "PermissionSet" and not result.get("profile") and isinstance(result.get("objects"), dict):
        result["objects"] = {owner: _denied(flags) for owner, flags in result["objects"].items()}
    if kind == "Automation" and result.get("actions"):
        result["actions"] = [_cases(action) for action in result["actions"]]
    return result


def _denied(flags: Any) -> Any:
    """Rows of permission sets hold every flag, so that nothing stated means denied."""
    if not isinstance(flags, dict):
        return flags
    return {name: False if granted is None else granted for name, granted in flags.items()}


def _cases(action: Body) -> Body:
    """A routing whose cases are named after whom they hand to: rules of the vendor have no names for them."""
    cases: list[Body] = []
    for case in action.get("cases") or ():
        target = case.get("to") or {}
        name = unique(str(target.get("team") or target.get("user")), {one["name"] for one in cases})
        cases.append({**case, "name": name})
    return {**action, "cases": cases} if cases else action


def _row(row: Body, *, labelled: bool) -> Body:
    changed = dict(row)
    if "default" in row and row["default"] is None:
        changed["default"] = False
    if labelled and "label" in row and row["label"] is None:
        changed["label"] = row["name"]
    return changed
