"""Rule: as many systems and shared fields as the Governance document allows. No limit is shipped."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import Maps, maps
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

_WORDS = {
    "integrations": "running integration(s)",
    "mapped_fields": "field(s) shared with other systems",
    "shared_writers": "field(s) written by more than one integration",
}
"""What each budget counts."""


def within_budget(scene: Scene) -> Iterator[Diagnostic]:
    """Integrations that run, fields they share, and fields that several of them write."""
    governance = next(iter(scene.tree.of_kind("Governance")), None)
    if governance is None:
        return
    for name, words in _WORDS.items():
        most = scene.budget(name, -1)
        if most >= 0:
            count = _count(maps(scene), name)
            if count > most:
                message = f"{count:,} {words}; the budget is {most:,}"
                yield scene.finding("SHARED015", message, governance, ("budgets", name))


def _count(whole: Maps, name: str) -> int:
    if name == "integrations":
        return len(whole.running)
    if name == "mapped_fields":
        return len(whole.by_field)
    return sum(len({one.integration for one in sharing if one.comes}) > 1 for sharing in whole.by_field.values())
