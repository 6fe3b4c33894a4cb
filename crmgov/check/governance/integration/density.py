"""Rule: as many systems and shared fields as the Governance document allows. No limit is shipped."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import Maps, maps
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

_WORDS = {
    "integrations": ("running integration", "running integrations"),
    "mapped_fields": ("field shared with other systems", "fields shared with other systems"),
    "shared_writers": ("field written by more than one integration", "fields written by more than one integration"),
}
"""What each budget counts, one of them and several."""


def within_budget(scene: Scene) -> Iterator[Diagnostic]:
    """Integrations that run, fields they share, and fields that several of them write."""
    governance = next(iter(scene.tree.of_kind("Governance")), None)
    if governance is None:
        return
    for name, (single, several) in _WORDS.items():
        most = scene.budget(name, -1)
        if most >= 0:
            count = _count(maps(scene), name)
            if count > most:
                message = f"{count:,} {single if count == 1 else several}; the budget is {most:,}"
                yield scene.finding("SHARED015", message, governance, ("budgets", name), amount=count)


def _count(whole: Maps, name: str) -> int:
    if name == "integrations":
        return len(whole.running)
    if name == "mapped_fields":
        return len(whole.by_field)
    return sum(len({one.integration for one in sharing if one.comes}) > 1 for sharing in whole.by_field.values())
