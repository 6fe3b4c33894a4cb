"""Rules: what the Governance document says is done regularly is done."""

from collections.abc import Iterator

from crmgov.check.governance.rhythm.days import day, days, is_to_come
from crmgov.check.governance.scene import Scene, mapping
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic


def kept_up(scene: Scene) -> Iterator[Diagnostic]:
    """Every cadence of every Governance document."""
    for address in scene.tree.of_kind("Governance"):
        cadences = mapping(scene.tree.body(address).get("cadences"))
        if not cadences:
            yield scene.finding("RHYTHM006", "The Governance document sets no cadences", address)
        for name, held in cadences.items():
            if isinstance(held, dict):
                yield from _one(scene, address, name, held)


def _one(scene: Scene, address: str, name: str, cadence: Body) -> Iterator[Diagnostic]:
    every, last, owner = cadence.get("every_days"), cadence.get("last"), cadence.get("owner")
    if not isinstance(every, int) or isinstance(every, bool):
        return
    route = ("cadences", name)
    who = f"; {owner} does it" if owner else "; nobody is named who does it"
    if last is None:
        message = f"{name} is due every {days(every)}, but it is not written when it was last done{who}"
        yield scene.finding("RHYTHM002", message, address, route, on_key=True)
        return
    when = day(last)
    if when is None or is_to_come(scene, when):
        why = "is no day of the calendar" if when is None else "is still to come"
        yield scene.finding("RHYTHM005", f"{name} was last done on {last}, which {why}", address, (*route, "last"))
        return
    late = (scene.today - when).days - every
    if late > 0:
        message = f"{name} is {days(late)} overdue: last done on {last}, due every {days(every)}{who}"
        yield scene.finding("RHYTHM001", message, address, (*route, "last"))
