"""Rules: dashboards, reports and templates are looked through as often as the Governance document says."""

import re
from collections.abc import Iterator

from crmgov.check.governance.rhythm.days import day, days, is_to_come
from crmgov.check.governance.scene import Scene, mapping
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic

_TYPES = {"dashboard": ("dashboard",), "report": ("report",), "template": ("template", "content")}
"""For each type of External, the words in a cadence's name that mean it."""
_WORD = re.compile(r"[a-z]+")


def looked_through(scene: Scene) -> Iterator[Diagnostic]:
    """Every External of a type that has a cadence, and every day on which one was reviewed."""
    cadences = {kind: found for kind, words in _TYPES.items() if (found := _cadence(scene, words)) is not None}
    for address in scene.tree.of_kind("External"):
        if b'"reviewed"' not in scene.snapshot.bodies[address] and not cadences:
            continue
        body = scene.tree.body(address)
        if not scene.retired(address):
            yield from _one(scene, address, body, cadences.get(str(body.get("type"))))


def _cadence(scene: Scene, words: tuple[str, ...]) -> tuple[str, int] | None:
    """The name and the days of the cadence for things called so; the most frequent where there are several."""
    found = []
    for name, held in mapping(scene.governance.get("cadences")).items():
        every = mapping(held).get("every_days")
        said = {word.removesuffix("s") for word in _WORD.findall(name.casefold())}
        if isinstance(every, int) and not isinstance(every, bool) and said & set(words):
            found.append((every, name))
    return (min(found)[1], min(found)[0]) if found else None


def _one(scene: Scene, address: str, body: Body, cadence: tuple[str, int] | None) -> Iterator[Diagnostic]:
    label = str(body.get("label") or address.partition("/")[2])
    reviewed = body.get("reviewed")
    when = day(reviewed)
    owner = scene.owner(address)
    who = f"; {owner} answers for it" if owner else ""
    if reviewed is not None and (when is None or is_to_come(scene, when)):
        why = "is no day of the calendar" if when is None else "is still to come"
        yield scene.finding("RHYTHM005", f'"{label}" was reviewed on {reviewed}, which {why}', address, ("reviewed",))
    elif cadence is not None and when is None:
        message = f'"{label}" has never been looked through; {cadence[0]} is due every {days(cadence[1])}{who}'
        yield scene.finding("RHYTHM004", message, address)
    elif cadence is not None and when is not None and (scene.today - when).days > cadence[1]:
        late = (scene.today - when).days - cadence[1]
        message = f'"{label}" was last looked through on {reviewed}, {days(late)} more than {cadence[0]} allows{who}'
        yield scene.finding("RHYTHM003", message, address, ("reviewed",))
