"""Rule: what is on its way out goes when its time is over (lead 6, rule 28)."""

from collections.abc import Iterator
from datetime import date

from crmgov.check.governance.scene import Scene, mapping, spoken
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.snapshot import kind_of


def overdue(scene: Scene) -> Iterator[Diagnostic]:
    """Deprecated and retired things whose ``remove_after`` has passed."""
    for kind in scene.tree.kinds:
        for address in scene.tree.holding(kind, "remove_after"):
            lifecycle = mapping(scene.tree.body(address).get("lifecycle"))
            day = _day(lifecycle.get("remove_after"))
            if day is None or day >= scene.today or lifecycle.get("status") not in ("deprecated", "retired"):
                continue
            late = (scene.today - day).days
            message = (
                f"{kind_of(address)} {spoken(address)} was to be removed after {day.isoformat()}, {_days(late)} ago"
            )
            yield scene.finding("MODEL010", message, address, ("lifecycle", "remove_after"))


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
