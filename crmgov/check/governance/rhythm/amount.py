"""Rules: as many reports and dashboards, and as much on a dashboard, as the Governance document allows.

No limit is shipped: what a report costs is each company's own measure.
"""

from collections.abc import Iterator

from crmgov.check.governance.scene import Scene, mapping
from crmgov.model.diagnostics import Diagnostic

_COUNTED = {"report": "reports", "dashboard": "dashboards"}
"""For each type of External, the budget that limits how many there are."""


def within_budget(scene: Scene) -> Iterator[Diagnostic]:
    """Reports and dashboards that are listed and in use."""
    governance = next(iter(scene.tree.of_kind("Governance")), None)
    budgets = mapping(scene.governance.get("budgets"))
    if governance is None or not budgets.keys() & {*_COUNTED.values(), "fields_per_dashboard"}:
        return
    listed = {kind: list(_in_use(scene, kind)) for kind in _COUNTED}
    for kind, name in _COUNTED.items():
        most = scene.budget(name, -1)
        if 0 <= most < len(listed[kind]):
            count = len(listed[kind])
            message = f"{count:,} {name if count > 1 else kind} listed; the budget is {most:,}"
            yield scene.finding("RHYTHM007", message, governance, ("budgets", name), amount=count)
    most = scene.budget("fields_per_dashboard", -1)
    for address in listed["dashboard"] if most >= 0 else ():
        body = scene.tree.body(address)
        reads = body.get("reads")
        if isinstance(reads, list) and len(reads) > most:
            label = body.get("label") or address.partition("/")[2]
            message = f'"{label}" shows {len(reads):,} fields; the budget is {most:,}'
            yield scene.finding("RHYTHM008", message, address, ("reads",), amount=len(reads))


def _in_use(scene: Scene, kind: str) -> Iterator[str]:
    for address in scene.tree.of_kind("External"):
        if scene.tree.body(address).get("type") == kind and not scene.retired(address):
            yield address
