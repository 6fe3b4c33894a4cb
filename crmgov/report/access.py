"""Changes of a permission set as what its holders can do afterwards."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from crmgov.model.flat import PRESENT
from crmgov.model.operations import RouteChange
from crmgov.report.plain import listing, value
from crmgov.report.text import clean


def access(changes: Sequence[RouteChange], *, full: bool = False) -> tuple[list[str], list[RouteChange]]:
    """Lines for the grants among the changes, alike ones in one line, and the changes that are no grants.

    Access is granted, denied or not stated; what is not stated says nothing, another grant may still give it.
    """
    told: dict[tuple[str, str], list[str]] = {}
    rest: list[RouteChange] = []
    for change in changes:
        found = list(_grants(change))
        for head, tail, item in found:
            told.setdefault((head, tail), []).append(item)
        if not found and change.after != PRESENT:
            rest.append(change)
    lines = []
    for (head, tail), items in sorted(told.items(), key=lambda one: not one[0][0].startswith("can now")):
        shown = ", ".join(items) if full else listing(items)
        lines.append(f"{head} {shown} {tail}".rstrip())
    return lines, rest


def _grants(change: RouteChange) -> Iterator[tuple[str, str, str]]:
    """(words before, words after, what is listed between) for a change of access."""
    route, before, after = change.route, change.before, change.after
    words = [clean(step.replace("_", " ")) for step in route]
    if after == PRESENT and before is UNSET and route[0] in ("objects", "fields", "capabilities"):
        return
    if route[0] == "objects" and len(route) == 3:
        yield _can(before, after), clean(route[1]), words[2]
    elif route[0] == "capabilities" and len(route) == 2 and PRESENT not in (before, after):
        yield _can(before, after), "", words[1]
    elif route[0] == "objects" and len(route) == 2:
        yield "access is no longer stated for", "", clean(route[1])
    elif route[0] == "fields" and len(route) == 4 and after != PRESENT:
        yield _reach(before, after), "", f"{clean(route[1])}.{clean(route[3])}"
    elif route[0] == "fields" and len(route) == 3 and route[2] == "default":
        yield f"fields of {clean(route[1])} by default:", "", f"{value(before)} -> {value(after)}"
    elif route[0] == "includes" and len(route) == 2:
        yield "now includes" if before is UNSET else "no longer includes", "", clean(route[1])


def _can(before: object, after: object) -> str:
    if after is True:
        return "can now"
    if before is True:
        return "can no longer" if after is False else "access is no longer stated:"
    return "is denied to" if after is False else "is no longer denied to"


def _reach(before: object, after: object) -> str:
    if after == "edit":
        return "can now read and edit" if before != "read" else "can now edit"
    if after == "read":
        return "can only read, no longer edit," if before == "edit" else "can now read"
    if after == "none":
        return "can no longer see" if before in ("read", "edit") else "is denied to see"
    return f"access is no longer stated (was {value(before)}) for"
