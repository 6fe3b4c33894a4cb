"""The passport of one thing: what it is, who answers for it, where it is used, who can reach it."""

import msgspec

from crmgov.model.address import address as write_address
from crmgov.model.address import for_people, parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Place
from crmgov.model.flat import ORDER, PRESENT, flatten, route_text
from crmgov.model.snapshot import Snapshot
from crmgov.plan.uses import users_after
from crmgov.report.plain import WIDTH, shorten, value
from crmgov.report.text import clean, fenced

FORMAT = "crmgov-passport/1"


class Passport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known of one resource in one snapshot."""

    address: str
    place: Place | None
    origin: str
    body: Body
    used_by: list[str]
    readers: dict[str, str]
    """For a field or object: permission set, and the access it gives."""


def passport(snapshot: Snapshot, address: str, place: Place | None) -> Passport:
    """The passport of one resource."""
    used = users_after(snapshot, {}, [address])[address]
    return Passport(
        address=address,
        place=place,
        origin=snapshot.origin(address),
        body=snapshot.body(address),
        used_by=sorted(used),
        readers=_readers(snapshot, address),
    )


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
        line = f":{card.place.line}" if card.place.line else ""
        told.append(f"  Defined at   {clean(card.place.file)}{line}")
    told.append(f"  Origin       {card.origin}")
    told.append(f"  Owner        {value(card.body.get('owner'))}")
    if at.parent:
        told.append(f"  Belongs to   {clean(write_address('Object', at.parent))}")
    for route, given in sorted(flatten(at.kind, card.body).items()):
        if route[0] not in ("label", "owner") and given != PRESENT and route[-1] != ORDER:
            told.append(f"  {clean(route_text(at.kind, route)):<30} {value(given)}")
    told.append(f"Used by {len(card.used_by):,}:" if card.used_by else "Used by nothing here")
    told += [f"  {clean(user)}" for user in card.used_by]
    if at.kind in ("Field", "Object"):
        told.append("Who can reach it:" if card.readers else "No permission set here gives access to it")
        told += [f"  {clean(holder):<40} {access}" for holder, access in sorted(card.readers.items())]
    return told
