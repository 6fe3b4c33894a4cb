"""Changes in words: one line for each attribute or element that differs."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from crmgov.check.words import THING, people
from crmgov.diff.values import same_order
from crmgov.model.address import for_people, quote
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.flat import ORDER, PRESENT, is_element
from crmgov.model.kinds import KINDS
from crmgov.model.operations import RouteChange
from crmgov.model.snapshot import kind_of
from crmgov.report.access import access
from crmgov.report.conditions import condition, is_condition
from crmgov.report.inside import inside
from crmgov.report.plain import WIDTH, listing, shorten, turn, value
from crmgov.report.text import clean

_FIRST = ("type", "required", "active")
"""Attributes told before all others."""
_MEANING: dict[tuple[str, bool], str] = {
    ("required", True): "becomes required",
    ("required", False): "is no longer required",
    ("unique", True): "becomes unique",
    ("unique", False): "need no longer be unique",
    ("active", True): "is switched on",
    ("active", False): "is switched off",
}
_ONE = {"picklists": "values of", "covers": "covers", "aliases": "alias", "capabilities": "capability"}
"""Collections whose elements are called otherwise than by the collection's name without its last letter."""


_PLACING = (("behavior",), ("column",))
"""Where and how a layout shows a field: not worth a word where the field is new there."""
_LONGEST = 240
"""Characters of a condition that is told whole."""


def title(address: str, body: Body | None = None, words: Mapping[str, str] | None = None) -> str:
    """What people call a resource: its kind (in the vendor's ``words``) where not plain, its name, its label."""
    kind = kind_of(address)
    if kind not in KINDS:
        return clean(people(address))
    name = for_people(address)
    if kind != "Field":
        name = f"{(words or {}).get(kind) or THING.get(kind) or kind.lower()} {name}"
    label = (body or {}).get("label")
    told = shorten(clean(str(label)), WIDTH)
    return clean(name) + (f' "{told}"' if label and str(label) != for_people(address) else "")


def lines(kind: str, changes: Sequence[RouteChange], *, full: bool = False) -> list[str]:
    """One line for each change; what comes or goes with its element is folded into the element's line."""
    told: list[str] = []
    if kind == "PermissionSet":
        told, changes = access(changes, full=full)
    whole: set[tuple[str, ...]] = set()
    for change in sorted(changes, key=_place):
        if change.route[-1] == ORDER and same_order(_keys(change.after), _keys(change.before)):
            continue
        if any(change.route[:depth] in whole for depth in range(1, len(change.route))):
            continue
        if PRESENT in (change.after, change.before):
            whole.add(change.route)
        told += inside(route_words(kind, change.route), change.before, change.after) or [line(kind, change, changes)]
    return told


def _place(change: RouteChange) -> tuple[int, Route, bool, Route]:
    first = _FIRST.index(change.route[0]) if change.route[0] in _FIRST else len(_FIRST)
    return first, change.route[:-1], change.route[-1] == ORDER, change.route


def _keys(order: object) -> list[str]:
    return order if isinstance(order, list) else []


def route_words(kind: str, route: Route) -> str:
    """A route as people say it: ``stage "Proposal Sent" entry required``, ``trigger days``."""
    words: list[str] = []
    for depth, step in enumerate(route, 1):
        if step != ORDER and is_element(kind, route[:depth]):
            words[-1] = _one(words[-1])
            words.append(clean(quote(step)))
        elif step != ORDER:
            words.append(clean(step.replace("_", " ")))
    return " ".join(words)


def _one(collection: str) -> str:
    return _ONE.get(collection) or collection.removesuffix("s")


def line(kind: str, change: RouteChange, others: Sequence[RouteChange] = ()) -> str:
    """One change in one line: ``becomes required``, ``+ value "Tier 3"``, ``length: 40 -> 80``."""
    route = change.route
    if route[-1] == ORDER:
        return f"{route_words(kind, route[:-1])}: in another order"
    if PRESENT in (change.before, change.after) and isinstance(change.before, str | type(UNSET)):
        return _element(kind, change, others)
    text = route_words(kind, route)
    meaning = _MEANING.get((route[-1], change.after)) if isinstance(change.after, bool) else None
    if meaning is not None and change.before is not UNSET:
        owner = route_words(kind, route[:-1])
        return f"{owner} {meaning}".lstrip()
    if change.before is UNSET or change.before is None:
        return f"{text}: {_told(change.after)}"
    if is_condition(change.before) or is_condition(change.after):
        return f"{text}: {_told(change.before)} -> {_told(change.after)}"
    return f"{text}: {turn(change.before, change.after)}"


def _told(given: object) -> str:
    return shorten(condition(given), _LONGEST) if is_condition(given) else value(given)


def _element(kind: str, change: RouteChange, others: Sequence[RouteChange]) -> str:
    route = change.route
    sign = "+" if change.after == PRESENT else "-"
    details = _details(change, others) if sign == "+" else ""
    name = clean(quote(route[-1]))
    if len(route) == 2:
        return f"{sign} {_one(clean(route[0].replace('_', ' ')))} {name}{details}"
    return f"{route_words(kind, route[:-1])}: {sign} {name}{details}"


def _details(change: RouteChange, others: Sequence[RouteChange]) -> str:
    """What an added element holds, in brackets."""
    depth = len(change.route)
    inner = [
        f"{clean(' '.join(other.route[depth:]).replace('_', ' '))} {value(other.after, 30)}"
        for other in others
        if len(other.route) > depth and other.route[:depth] == change.route and other.after != PRESENT
        if other.route[-1] != ORDER and other.route[depth:] not in _PLACING
    ]
    return f" ({listing(inner, 3)})" if inner else ""


def gist(address: str, body: Body) -> str:
    """What a new resource is, in a few words: ``picklist (Tier 1, Tier 2)``."""
    kind = kind_of(address)
    if kind == "Field":
        names = [str(v["name"]) for v in body.get("values") or []]
        words = [str(body.get("type") or "")]
        words += (
            [f"({listing(names)})"] if names else [f"of {clean(str(body['picklist']))}"] if body.get("picklist") else []
        )
        words += [f"to {listing(body['references'])}"] if body.get("references") else []
        words += ["required"] if body.get("required") else []
        return " ".join(word for word in words if word)
    if kind in ("Picklist", "StageSet", "Pipeline"):
        rows = body.get("values") or body.get("stages") or []
        return f"({listing([str(row['name']) for row in rows])})" if rows else ""
    if kind == "Automation":
        return "arrives off" if body.get("active") is False else "arrives on"
    return ""
