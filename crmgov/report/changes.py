"""Changes in words: one line for each attribute or element that differs."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET

from crmgov.diff.values import same_order
from crmgov.model.address import for_people, quote
from crmgov.model.canonical import Body
from crmgov.model.flat import ORDER, PRESENT, route_text
from crmgov.model.operations import RouteChange
from crmgov.model.snapshot import kind_of
from crmgov.report.inside import inside
from crmgov.report.plain import WIDTH, listing, shorten, turn, value
from crmgov.report.text import clean


def title(address: str, body: Body | None = None, words: Mapping[str, str] | None = None) -> str:
    """What people call a resource: its kind (in the vendor's ``words``) where not plain, its name, its label."""
    kind = kind_of(address)
    name = for_people(address) if kind == "Field" else f"{(words or {}).get(kind, kind)} {for_people(address)}"
    label = (body or {}).get("label")
    return clean(name) + (f' "{shorten(clean(str(label)), WIDTH)}"' if label and str(label) != name else "")


def lines(kind: str, changes: Sequence[RouteChange]) -> list[str]:
    """One line for each change; what comes or goes with its element is folded into the element's line."""
    told: list[str] = []
    whole: set[tuple[str, ...]] = set()
    for change in sorted(changes, key=lambda c: (c.route[:-1], c.route[-1] == ORDER, c.route)):
        if change.route[-1] == ORDER and same_order(_keys(change.after), _keys(change.before)):
            continue
        if any(change.route[:depth] in whole for depth in range(1, len(change.route))):
            continue
        if PRESENT in (change.after, change.before):
            whole.add(change.route)
        told += inside(clean(route_text(kind, change.route)), change.before, change.after) or [
            line(kind, change, changes)
        ]
    return told


def _keys(order: object) -> list[str]:
    return order if isinstance(order, list) else []


def line(kind: str, change: RouteChange, others: Sequence[RouteChange] = ()) -> str:
    """One change in one line: ``required: no -> yes``, ``values: + Tier 3``."""
    route = change.route
    if route[-1] == ORDER:
        return f"{clean(route_text(kind, route[:-1]))}: in another order"
    if PRESENT in (change.before, change.after) and isinstance(change.before, str | type(UNSET)):
        sign = "+" if change.after == PRESENT else "-"
        details = _details(change, others) if sign == "+" else ""
        return f"{clean(route_text(kind, route[:-1]))}: {sign} {clean(quote(route[-1]))}{details}"
    text = clean(route_text(kind, route))
    if change.before is UNSET:
        return f"{text}: {value(change.after)}"
    return f"{text}: {turn(change.before, change.after)}"


def _details(change: RouteChange, others: Sequence[RouteChange]) -> str:
    """What an added element holds, in brackets."""
    depth = len(change.route)
    inner = [
        f"{clean(' '.join(other.route[depth:]))} {value(other.after, 30)}"
        for other in others
        if len(other.route) > depth and other.route[:depth] == change.route and other.after != PRESENT
        if other.route[-1] != ORDER
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
