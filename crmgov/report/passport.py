"""The passport of one thing: what it is, who answers for it, where it is used, who can reach it."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from crmgov.check.words import people
from crmgov.model.address import address as write_address
from crmgov.model.address import element, for_people, parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Place, Route
from crmgov.model.flat import ORDER, PRESENT, flatten, route_text
from crmgov.model.kinds import KINDS
from crmgov.model.provider import Catalogue
from crmgov.model.secrets import without_passwords
from crmgov.model.shape import Shape, shape_of
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.plan.uses import users
from crmgov.report.changes import route_words
from crmgov.report.plain import WIDTH, listing, shorten, value
from crmgov.report.text import clean, fenced

FORMAT = "crmgov-passport/1"


class Passport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known of one resource in one snapshot."""

    address: str
    place: Place | None
    origin: str
    body: Body
    used_by: list[str]
    places: dict[str, list[str]]
    """For each user where it names the thing, or a value or stage of it; not known inside opaque bodies. For what is no
    resource, such as a list view: file and line.
    """
    readers: dict[str, str]
    """For a field or object: permission set, and the access it gives."""


def passport(
    snapshot: Snapshot,
    address: str,
    place: Place | None,
    same: Callable[[str], str] = str,
    catalogues: Sequence[Catalogue] = (),
    *,
    mentions: Mapping[str, Place | None] | None = None,
) -> Passport:
    """The passport of one resource; ``same`` and ``catalogues`` are those of the CRM it is in. ``mentions`` are the
    places of what names it and is no resource.
    """
    places = _places(snapshot, address, same, catalogues)
    places |= {one: [_line(at)] if at is not None else [] for one, at in (mentions or {}).items()}
    return Passport(
        address=address,
        place=place,
        origin=snapshot.origin(address),
        body=without_passwords(kind_of(address), snapshot.body(address)),
        used_by=sorted(places),
        places=places,
        readers=_readers(snapshot, address),
    )


def _places(
    snapshot: Snapshot, address: str, same: Callable[[str], str], catalogues: Sequence[Catalogue]
) -> dict[str, list[str]]:
    """By user the routes at which it names the resource, or one of its values or stages, as people read them."""
    body = snapshot.body(address)
    wanted = [address] + [
        element(address, collection, row["name"] if isinstance(row, dict) else row)
        for collection in ("values", "stages")
        for row in body.get(collection) or ()
    ]
    found: dict[str, list[str]] = {}
    for uses in users(snapshot, wanted, same, catalogues).values():
        for user, route in uses:
            if user != address:
                found.setdefault(user, []).extend([route_words(kind_of(user), _stated(user, route))] if route else [])
    return {user: sorted(set(routes)) for user, routes in sorted(found.items())}


def _called(user: str) -> str:
    """A resource by its address, anything else in words, for it has none that could be asked for."""
    return user if kind_of(user) in KINDS else people(user)


def _where(user: str, places: list[str]) -> str:
    """Where a user names the thing: attributes in short, lines of files as they are."""
    return listing(places, 2) if kind_of(user) in KINDS else clean(", ".join(places))


def _line(place: Place) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


def _stated(user: str, route: Route) -> Route:
    """A route as far as the attribute it lies in; what is inside a condition or formula is one with it."""
    shape: Shape | None = shape_of(kind_of(user))
    for depth, step in enumerate(route, 1):
        if shape is not None:
            shape = shape.item if shape.form in ("map", "keyed", "set") else shape.attributes.get(step)
        if shape is None or shape.form == "leaf":
            return route[:depth]
    return route


def _readers(snapshot: Snapshot, address: str) -> dict[str, str]:
    """Which permission sets give access, by their own rows; groups and roles stand behind them."""
    at = parse(address)
    found = {}
    for grant, holder in snapshot.of_kind("PermissionSet"):
        body = snapshot.body(grant)
        if at.kind == "Field" and at.parent is not None:
            rows = (body.get("fields") or {}).get(at.parent) or {}
            access = (rows.get("fields") or {}).get(at.name, rows.get("default"))
            if access:
                found[holder.name] = str(access)
        elif at.kind == "Object":
            row = (body.get("objects") or {}).get(at.name) or {}
            granted = [name.replace("_", " ") for name, given in row.items() if given is True]
            if granted:
                found[holder.name] = ", ".join(granted)
    return found


def render(card: Passport, form: str) -> str:
    """A passport as ``human`` text, ``json``, ``markdown`` or ``html``."""
    if form == "json":
        data = {"format": FORMAT, "passport": card}
        return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2).decode() + "\n"
    text = "\n".join(_lines(card)) + "\n"
    if form == "human":
        return text
    from crmgov.report.page import text_page

    return fenced(text, "text") if form == "markdown" else text_page(for_people(card.address), text)


def _lines(card: Passport) -> list[str]:
    at = parse(card.address)
    label = card.body.get("label")
    told = [clean(card.address) + (f' "{shorten(clean(str(label)), WIDTH)}"' if label else "")]
    if card.place is not None:
        told.append(f"  Defined at   {clean(_line(card.place))}")
    told.append(f"  Origin       {card.origin}")
    told.append(f"  Owner        {value(card.body.get('owner'))}")
    if at.parent:
        told.append(f"  Belongs to   {clean(write_address('Object', at.parent))}")
    for route, given in sorted(flatten(at.kind, card.body).items()):
        if route[0] not in ("label", "owner") and given != PRESENT and route[-1] != ORDER:
            told.append(f"  {clean(route_text(at.kind, route)):<30} {value(given)}")
    told.append(f"Used by {len(card.used_by):,}:" if card.used_by else "Used by nothing here")
    told += [f"  {clean(_called(user)):<40} {_where(user, card.places[user])}".rstrip() for user in card.used_by]
    if at.kind in ("Field", "Object"):
        told.append("Who can reach it:" if card.readers else "No permission set here gives access to it")
        told += [f"  {clean(holder):<40} {access}" for holder, access in sorted(card.readers.items())]
    return told
