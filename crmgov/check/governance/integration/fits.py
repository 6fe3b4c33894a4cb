"""Rules: what is shared has the same type, and the same values, at both ends."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.check.governance.integration.maps import Shared, about_field, maps, quoted
from crmgov.check.governance.scene import Scene
from crmgov.check.listing import PICKLISTS
from crmgov.check.types import group
from crmgov.model.diagnostics import Diagnostic

_PLAIN = ("number", "date", "time", "boolean")
"""Groups of types whose values cannot stand for one another."""


class _Sent(NamedTuple):
    """What a field sends: the type of its values, and how those of a picklist are spelt on the way."""

    holds: str
    values: tuple[tuple[str, str], ...]


def same_values(scene: Scene) -> Iterator[Diagnostic]:
    """Two of our fields that are one field elsewhere hold values that the other can hold."""
    for sharing in maps(scene).by_theirs.values():
        if len(sharing) < 2:
            continue
        senders = {_sent(scene, one): one for one in reversed(sharing) if one.goes}
        for one in sharing:
            for sent, sender in senders.items() if one.comes else ():
                wrong = "" if sender.ours == one.ours else _misfit(scene, sent, sender, one)
                if wrong:
                    yield about_field(scene, "SHARED006", wrong, one, key="ours", beside=[sender])
                    break


def _sent(scene: Scene, one: Shared) -> _Sent:
    holds = _holds(scene, one)
    names = _active(scene, one) if holds in PICKLISTS else []
    return _Sent(holds, tuple((name, one.values.get(name, name)) for name in names))


def _misfit(scene: Scene, sent: _Sent, sender: Shared, taker: Shared) -> str:
    """What is wrong where one field's values arrive in another by way of a system's field."""
    types = sent.holds, _holds(scene, taker)
    if not all(types):
        return ""
    way = f"{sender.ours} reaches {taker.ours} through {taker.theirs} of {taker.spelt}"
    groups = [group(one) for one in types]
    if groups[0] != groups[1] and all(one in _PLAIN for one in groups):
        return f"{way}, but one is of type {types[0]} and the other of type {types[1]}" if not taker.values else ""
    if types[0] not in PICKLISTS or types[1] not in PICKLISTS:
        return ""
    taken = scene.session.listings.of_field(taker.object, taker.field)
    if taken is None or taken.restricted is not True:
        return ""
    known = {taker.values.get(name, name) for name in taken.values}
    unknown = [name for name, spelling in sent.values if spelling not in known]
    return f"{way}, which has no value for {quoted(unknown)}" if unknown else ""


def _holds(scene: Scene, one: Shared) -> str:
    facts = scene.tree.field(one.object, one.field)
    return facts.holds or "" if facts is not None else ""


def _active(scene: Scene, one: Shared) -> list[str]:
    """The values of our field that can be chosen; none where they are not known."""
    listing = scene.session.listings.of_field(one.object, one.field)
    return [] if listing is None else [name for name, facts in listing.values.items() if facts.active is not False]


def clear_spellings(scene: Scene) -> Iterator[Diagnostic]:
    """On the way in, a spelling means one of our values only."""
    for one in maps(scene).shared:
        if not one.comes or not one.values:
            continue
        meant: dict[str, list[str]] = {}
        for name in _active(scene, one) or one.values:
            meant.setdefault(one.values.get(name, name), []).append(name)
        for spelling, names in meant.items():
            key = next((name for name in names if name in one.values), "")
            if len(names) > 1:
                message = f'"{spelling}" from {one.spelt} means {quoted(names)} of {one.ours}'
                yield scene.finding("SHARED007", message, one.integration, (*one.route, "values", key))


def whole_spellings(scene: Scene) -> Iterator[Diagnostic]:
    """Where nearly all values that are sent out have a spelling of their own, the last ones have too."""
    for one in maps(scene).shared:
        active = _active(scene, one) if one.goes and one.values else []
        spelt = [name for name in active if name in one.values]
        bare = [name for name in active if name not in one.values]
        translated = all(one.values[name].casefold() != name.casefold() for name in spelt)
        if bare and len(spelt) >= 3 and len(spelt) >= 4 * len(bare) - 1 and translated:
            message = (
                f"{one.spelt} has its own spelling for {len(spelt)} values of {one.ours}, but none for {quoted(bare)}"
            )
            yield scene.finding("SHARED008", message, one.integration, (*one.route, "values"))
