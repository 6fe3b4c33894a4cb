"""Rules: the CRM and its areas have owners, under one name each."""

import re
from collections.abc import Iterator

from crmgov.check.governance.scene import Scene, mapping, spoken
from crmgov.model.diagnostics import Diagnostic, Edit, Fix
from crmgov.model.snapshot import kind_of

_WORD = re.compile(r"\w+")
_RARE = 2
"""Things with an owner of a spelling, at most, for it to be taken for a slip."""


def somebody_leads(scene: Scene) -> Iterator[Diagnostic]:
    """Every Governance document names the CRM's owner, and each area's handle."""
    for address in scene.tree.of_kind("Governance"):
        body = scene.tree.body(address)
        if not body.get("crm_owner"):
            yield scene.finding("OWNER001", "The Governance document names no crm_owner", address)
        for name, area in mapping(body.get("areas")).items():
            if isinstance(area, dict) and not area.get("handle"):
                message = f'Area "{name}" belongs to {area.get("owner")}, who has no handle'
                yield scene.finding("OWNER002", message, address, ("areas", name), on_key=True)


def one_spelling(scene: Scene) -> Iterator[Diagnostic]:
    """Owners are written as the Governance document writes them."""
    known = _known(scene)
    if not known:
        return
    stated: dict[str, list[str]] = {}
    for address in scene.snapshot:
        if b'"owner":' in scene.snapshot.bodies[address] and kind_of(address) != "Governance":
            owner = scene.tree.body(address).get("owner")
            if isinstance(owner, str) and owner not in known:
                stated.setdefault(owner, []).append(address)
    for owner, addresses in stated.items():
        meant = _meant(owner, known, len(addresses))
        for address in addresses if meant else ():
            yield _misspelt(scene, address, owner, meant)


def _known(scene: Scene) -> set[str]:
    """The owners that the Governance document names."""
    named = [scene.governance.get("crm_owner"), *(area.owner for area in scene.areas.values())]
    return {name for name in named if isinstance(name, str) and name}


def _folded(name: str) -> str:
    return "".join(_WORD.findall(name.casefold())).replace("_", "")


def _meant(owner: str, known: set[str], times: int) -> str:
    """The known owner that a spelling surely means: the same letters, or one letter off in a long word."""
    same = [name for name in known if _folded(name) == _folded(owner)]
    if same or times > _RARE:
        return same[0] if len(same) == 1 else ""
    near = [name for name in known if _one_slip(owner.casefold().split(), name.casefold().split())]
    return near[0] if len(near) == 1 else ""


def _one_slip(ours: list[str], theirs: list[str]) -> bool:
    from rapidfuzz.distance import OSA

    if len(ours) != len(theirs):
        return False
    other = [(one, two) for one, two in zip(ours, theirs, strict=True) if one != two]
    if len(other) != 1:
        return False
    one, two = other[0]
    long = min(len(one), len(two)) >= 6 and one.isalpha() and two.isalpha()
    return long and OSA.distance(one, two, score_cutoff=1) <= 1


def _misspelt(scene: Scene, address: str, owner: str, meant: str) -> Diagnostic:
    at = scene.tree.where(address, ("owner",))
    edits = (Edit(at, "set", meant),) if at is not None else ()
    fix = Fix(f'write "{meant}"', edits, safe=_folded(owner) == _folded(meant)) if edits else None
    message = f'{spoken(address)} belongs to "{owner}"; the Governance document knows "{meant}"'
    return scene.finding("OWNER004", message, address, ("owner",), hint=f'write "{meant}"', fix=fix)
