"""Rule: values and stages are listed once, mean one thing, have one default, and are replaced by others that exist."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from crmgov.check.names import Choices, Spot, missing
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related, of
from crmgov.model.snapshot import kind_of

_LISTS = {"Picklist": "values", "StageSet": "stages", "Field": "values", "Pipeline": "stages"}


def check_values(session: Session) -> Iterator[Diagnostic]:
    """Every list of values or stages."""
    tree = session.tree
    for kind, collection in _LISTS.items():
        for address in tree.holding(kind, collection):
            rows = tree.body(address).get(collection)
            named = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            yield from _repeated(session, address, collection, named)
            yield from _defaults(session, address, collection, named)
            yield from _aliases(session, address, collection, named)
            yield from _replaced(session, address, collection, named)
    yield from _stage_fields(session)


def _repeated(session: Session, address: str, collection: str, rows: list[dict[str, Any]]) -> Iterator[Diagnostic]:
    times = Counter(str(row.get("name")) for row in rows)
    for name, count in times.items():
        if count > 1:
            message = f'"{name}" is listed {count} times in {parts(address)[2]}'
            yield of("DUP004", message, at=session.tree.where(address, (collection, name)), address=address)


def _defaults(session: Session, address: str, collection: str, rows: list[dict[str, Any]]) -> Iterator[Diagnostic]:
    tree = session.tree
    chosen = [row for row in rows if row.get("default") is True]
    names = [str(row.get("name")) for row in chosen]
    if len(names) > 1 and not _many(session, address):
        at = tree.where(address, (collection, names[1], "default"))
        first = tree.where(address, (collection, names[0], "default"))
        related = (Related("First default", first),) if first is not None else ()
        message = f"{len(names)} defaults in {parts(address)[2]}: {', '.join(names[:5])}"
        yield of("DUP003", message, at=at, address=address, related=related)
    for row in chosen:
        if row.get("active") is False:
            at = tree.where(address, (collection, str(row.get("name")), "default"))
            yield of("FIT003", f'"{row.get("name")}" is the default, but not active', at=at, address=address)


def _many(session: Session, address: str) -> bool:
    """Whether a new record may start with several values at once."""
    return kind_of(address) == "Field" and session.tree.body(address).get("type") == "multipicklist"


def _aliases(session: Session, address: str, collection: str, rows: list[dict[str, Any]]) -> Iterator[Diagnostic]:
    claimed = {str(row.get("name")).casefold(): str(row.get("name")) for row in rows}
    for row in rows:
        name, aliases = str(row.get("name")), row.get("aliases")
        for alias in aliases if isinstance(aliases, list) else ():
            owner = claimed.setdefault(str(alias).casefold(), name)
            if owner != name:
                at = session.tree.where(address, (collection, name, "aliases", str(alias)))
                related = session.tree.defined(address, (collection, owner))
                message = f'"{alias}" stands for "{name}" and for "{owner}"'
                yield of("DUP005", message, at=at, address=address, related=related)


def _replaced(session: Session, address: str, collection: str, rows: list[dict[str, Any]]) -> Iterator[Diagnostic]:
    names = [str(row.get("name")) for row in rows]
    for row in rows:
        by = row.get("replaced_by")
        if isinstance(by, str) and by not in names:
            spot = Spot(address, (collection, str(row.get("name")), "replaced_by"))
            choices = Choices(names, parts(address)[2], container=address)
            kind = "Value" if collection == "values" else "Stage"
            yield missing(session.finder, spot, kind, by, choices)


def _stage_fields(session: Session) -> Iterator[Diagnostic]:
    """A stage set belongs to a picklist field, and each field to one stage set."""
    seen: dict[str, str] = {}
    for address in session.tree.of_kind("StageSet"):
        field = session.tree.body(address).get("field")
        if not isinstance(field, str):
            continue
        at = session.tree.where(address, ("field",))
        first = seen.setdefault(field, address)
        if first != address:
            message = f"{field} has two stage sets, {parts(first)[2]} and {parts(address)[2]}"
            yield of("DUP006", message, at=at, address=address, related=session.tree.defined(first, ("field",)))
        parent, _, name = field.partition(".")
        facts = session.tree.field(parent, name)
        if facts is not None and facts.type not in (None, "picklist"):
            message = f"{field} is of type {facts.type}; only a picklist can hold stages"
            yield of("FIT002", message, at=at, address=address)
