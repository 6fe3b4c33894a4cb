"""Rule: one concept has one value, so no list offers two spellings of it (governance rule 1)."""

import re
from collections.abc import Iterator

from crmgov.check.governance.scene import Scene, rows, spoken
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Related

_LISTS = {"Picklist": "values", "StageSet": "stages", "Field": "values"}
_BLANK = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_MARK = re.compile(r"(?<=[^\W\d_])[.,'’`]+|[.,'’`]+(?=[^\W\d_])|(?<=[^\W\d_])[-_–/](?=[^\W\d_])")
"""Marks that end or join words. Signs that may be the meaning (C++, A-, <5, 1-2) stay."""
_COUNTRIES = {
    "us": "usa", "unitedstates": "usa", "unitedstatesofamerica": "usa", "usofamerica": "usa", "uk": "unitedkingdom",
    "uae": "unitedarabemirates", "holland": "netherlands", "thenetherlands": "netherlands",
}  # fmt: skip
"""Other spellings of countries, by what is left of them."""


def same_values(scene: Scene) -> Iterator[Diagnostic]:
    """Values in use whose name or label differs from another's only in case, blanks, punctuation or abbreviation."""
    for kind, collection in _LISTS.items():
        for address in scene.own(kind):
            if f'"{collection}"'.encode() not in scene.snapshot.bodies[address]:
                continue
            held = [row for row in rows(scene.tree.body(address).get(collection)) if _stays(row)]
            yield from _twice(scene, address, collection, held)
            yield from _aliases(scene, address, collection, held)


def _twice(scene: Scene, address: str, collection: str, held: list[Body]) -> Iterator[Diagnostic]:
    seen: dict[str, Body] = {}
    for row in held:
        name, label = str(row.get("name")), str(row.get("label") or row.get("name"))
        first = next((seen[one] for one in (plain(name), plain(label)) if one in seen), None)
        if first is not None and first.get("name") != name:
            at = scene.tree.where(address, (collection, str(first.get("name"))))
            related = (Related("The other value", at),) if at is not None else ()
            message = f"{_called(address)} offers {_spelt(first)} and {_spelt(row)}, which mean the same"
            yield scene.finding("MODEL006", message, address, (collection, name), related=related)
        for one in (plain(name), plain(label)):
            if one:
                seen.setdefault(one, row)


def _aliases(scene: Scene, address: str, collection: str, held: list[Body]) -> Iterator[Diagnostic]:
    """Spellings listed for one value that read like another; those that are equal to it are an error told elsewhere."""
    claimed: dict[str, tuple[Body, str]] = {}
    for row in held:
        claimed.setdefault(plain(str(row.get("name"))), (row, str(row.get("name"))))
    for row in held:
        listed = row.get("aliases")
        for alias in map(str, listed if isinstance(listed, list) else ()):
            owner, spelling = claimed.setdefault(plain(alias), (row, alias))
            if owner is not row and spelling.casefold() != alias.casefold():
                message = f'{_called(address)}: "{alias}", an alias of {_spelt(row)}, reads like {_spelt(owner)}'
                route = (collection, str(row.get("name")), "aliases", alias)
                yield scene.finding("MODEL006", message, address, route)


def _stays(row: Body) -> bool:
    return row.get("active") is not False and not row.get("replaced_by")


def plain(text: str) -> str:
    """What is left of a value without case, blanks and punctuation between words."""
    left = _MARK.sub("", _BLANK.sub("", text.strip().casefold()))
    return _COUNTRIES.get(left, left)


def _spelt(row: Body) -> str:
    name, label = str(row.get("name")), row.get("label")
    return f'"{name}"' if label in (None, name) else f'"{name}" (shown as "{label}")'


def _called(address: str) -> str:
    return spoken(address) if parts(address)[1] else parts(address)[2]
