"""Rules: every value of a picklist is offered by a record type, every stage stands in a pipeline."""

from collections.abc import Iterator
from typing import Any

from crmgov.check.governance.permissions.grants import Grants
from crmgov.check.governance.scene import rows
from crmgov.check.listing import Listing
from crmgov.check.tree import parts
from crmgov.model.address import for_people
from crmgov.model.diagnostics import Diagnostic

_NAMED = 6
"""Values named in a message; the rest are counted."""


def unoffered(grants: Grants) -> Iterator[Diagnostic]:
    """Every picklist field whose values all record types of its object choose from, and active values none chooses.

    What an inactive record type offers counts: its records are still there.
    """
    scene = grants.scene
    if scene.snapshot.coverage.gap("RecordType") or scene.snapshot.coverage.gap("Picklist"):
        return
    by_object: dict[str, list[str]] = {}
    for address in scene.tree.of_kind("RecordType"):
        by_object.setdefault(parts(address)[1] or "", []).append(address)
    for parent, types in by_object.items():
        chosen = [_choices(scene.tree.body(address).get("picklists"), grants) for address in types]
        for field in sorted(set.intersection(*(set(one) for one in chosen))):
            offered: set[str] = set()
            for one in chosen:
                offered |= one[field]
            listing = scene.session.listings.of_field(parent, field)
            if offered and listing is not None and listing.container and not listing.stages:
                yield from _values(grants, (parent, field), listing, offered, len(types))


def _choices(picklists: Any, grants: Grants) -> dict[str, set[str]]:
    """By field: the values one record type lists, folded; fields of which it offers all or nothing are left out."""
    found: dict[str, set[str]] = {}
    for field, choice in picklists.items() if isinstance(picklists, dict) else ():
        values = choice.get("values") if isinstance(choice, dict) else choice
        if isinstance(values, list) and values:
            found[field] = {grants.fold(str(value)) for value in values}
    return found


def _active(listing: Listing) -> Iterator[str]:
    for name, value in listing.values.items():
        if value.active is not False and not value.replaced_by:
            yield name


def _values(
    grants: Grants, field: tuple[str, str], listing: Listing, offered: set[str], types: int
) -> Iterator[Diagnostic]:
    hidden = [name for name in _active(listing) if grants.fold(name) not in offered]
    if not hidden:
        return
    parent, name = field
    own = grants.scene.tree.address("Field", name, parent)
    address = own if own in grants.scene.snapshot else listing.container
    offering = f"the only record type of {parent}" if types == 1 else f"any of the {types} record types of {parent}"
    are = "is" if len(hidden) == 1 else "are"
    message = f"{_listed(hidden)} {are} active in {parent}.{name} and not offered by {offering}"
    evidence = (f"{sum(1 for _ in _active(listing)) - len(hidden)} other values are offered",)
    route = ("values", hidden[0]) if address == listing.container else ()
    yield grants.scene.finding("REACH003", message, address, route, evidence=evidence)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(f'"{name}"' for name in names[:_NAMED]) + more


def stages_apart(grants: Grants) -> Iterator[Diagnostic]:
    """Every stage set that pipelines choose from, and active stages that none of them has."""
    scene = grants.scene
    if scene.snapshot.coverage.gap("Pipeline") or scene.snapshot.coverage.gap("StageSet"):
        return
    chosen: dict[str, set[str]] = {}
    pipelines: dict[str, int] = {}
    open_: set[str] = set()
    for address in scene.tree.of_kind("Pipeline"):
        body = scene.tree.body(address)
        if body.get("active") is False or scene.retired(address):
            continue
        whole = scene.session.listings.stage_set_of(address)
        if not isinstance(body.get("stages"), list):
            open_.add(whole)
        pipelines[whole] = pipelines.get(whole, 0) + 1
        names = {grants.fold(str(row.get("name"))) for row in rows(body.get("stages"))}
        chosen.setdefault(whole, set()).update(names)
    for whole in sorted(set(chosen) - open_ - {""}):
        listing = scene.session.listings.of_set(whole)
        apart = [name for name in _active(listing) if grants.fold(name) not in chosen[whole]] if listing else []
        if apart:
            are = "is" if len(apart) == 1 else "are"
            which = "its only pipeline" if pipelines[whole] == 1 else f"any of its {pipelines[whole]} pipelines"
            message = f"{_listed(apart)} {are} active in {for_people(whole)} and not in {which}"
            yield scene.finding("REACH004", message, whole, ("stages", apart[0]))
