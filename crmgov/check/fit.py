"""Whether a value fits a field: its type, and the values that are listed for it."""

from collections.abc import Iterator

from crmgov.check.listing import PICKLISTS, Listing
from crmgov.check.names import Spot
from crmgov.check.session import Session
from crmgov.check.types import mended, misfit
from crmgov.check.words import CODES, why
from crmgov.model.address import element
from crmgov.model.canonical import encode
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Severity, of


def check_value(
    session: Session, spot: Spot, parent: str, name: str, value: object, *, new: bool
) -> Iterator[Diagnostic]:
    """Whether a literal can be a value of a field. ``new``: it would be stored, so it must be active too."""
    facts = session.tree.field(parent, name)
    holds = facts.holds if facts is not None else None
    if facts is None or holds is None:
        return
    wrong = misfit(holds, value)
    if wrong:
        message = f"{shown(value)} {wrong}, but {parent}.{name} is of type {holds}"
        yield _wrong(session, spot, message, mended(holds, value))
    elif isinstance(value, str) and holds in PICKLISTS:
        listing = session.listings.of_field(parent, name)
        if listing is not None:
            for text in value.split(";") if holds == "multipicklist" else [value]:
                yield from check_listed(session, spot, listing, text, new=new)
    elif isinstance(value, str) and facts.length is not None and len(value) > facts.length:
        message = f"{shown(value)} has {len(value)} characters; {parent}.{name} holds {facts.length}"
        yield of("FIT001", message, at=spot.at(session.tree), address=spot.user)


def _wrong(session: Session, spot: Spot, message: str, better: object | None) -> Diagnostic:
    at = spot.at(session.tree)
    fix = None
    if better is not None and at is not None and not spot.is_key:
        fix = Fix(f"write {shown(better)}", (Edit(at, "set", better),), safe=True)
    return of(
        "FIT001",
        message,
        at=at,
        address=spot.user,
        hint=f"write {shown(better)}" if better is not None else "",
        fix=fix,
    )


def shown(value: object) -> str:
    """A value as it stands in YAML, cut where it is long."""
    text = encode(value).decode()
    return text if len(text) <= 60 else text[:57] + "..."


def check_listed(session: Session, spot: Spot, listing: Listing, text: str, *, new: bool) -> Iterator[Diagnostic]:
    """Whether a text is one of the values of a listing, and active where new records would be given it."""
    value = listing.values.get(text)
    tree = session.tree
    if value is not None:
        if listing.container:
            session.seen(spot, element(listing.container, _collection(listing), text))
        if new and value.active is False:
            message = f'"{text}" is not active in {listing.within}'
            related = tree.defined(listing.container, (_collection(listing), text)) if listing.container else ()
            yield of("FIT003", message, at=spot.at(tree), address=spot.user, related=related)
        return
    meant = listing.alias_of(text)
    closest = meant or session.finder.closest(text, listing.values)
    hint = f'an alias of "{meant}"' if meant else f'closest: "{closest}"' if closest else ""
    severity: Severity | None = "warning" if listing.restricted is False else None
    kind = "Stage" if listing.stages else "Value"
    related = tree.defined(listing.container, (_collection(listing), closest) if closest else ())
    yield of(
        CODES[kind],
        f'No {"stage" if listing.stages else "value"} "{text}" in {listing.within}',
        severity=severity,
        at=spot.at(tree),
        address=spot.user,
        detail=why(spot.user, kind),
        hint=hint,
        related=related if listing.container else (),
        fix=spot.renamed(tree, closest, safe=bool(meant)) if closest else None,
    )


def _collection(listing: Listing) -> str:
    return "stages" if listing.stages else "values"
