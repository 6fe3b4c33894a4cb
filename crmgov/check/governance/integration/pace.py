"""Rule: data is as fresh as promised."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import maps
from crmgov.check.governance.scene import Scene, spoken
from crmgov.model.diagnostics import Diagnostic

_HOURS = {"realtime": 0, "hourly": 1, "daily": 24, "weekly": 7 * 24, "monthly": 28 * 24}
"""The least time between two runs. A month has 28 days at the least, so what is said of it always holds."""


def keeps_pace(scene: Scene) -> Iterator[Diagnostic]:
    """Every integration that runs and shares fields says how often, and can keep its lag."""
    for address in maps(scene).running:
        body = scene.tree.body(address)
        cadence, most = body.get("cadence"), body.get("max_lag_hours")
        if not cadence:
            if body.get("mappings"):
                message = f"{spoken(address)} does not say how often it runs"
                yield scene.finding("SHARED014", message, address, ("mappings",), on_key=True)
        elif not isinstance(most, (int, float)) or isinstance(most, bool):
            continue
        elif cadence == "on_demand":
            message = f"{spoken(address)} promises a lag of {most:g} hours, but runs only when somebody starts it"
            yield scene.finding("SHARED014", message, address, ("max_lag_hours",))
        elif _HOURS.get(str(cadence), 0) > most:
            message = (
                f"{spoken(address)} promises a lag of {most:g} hours, but runs {cadence}, "
                f"so {_HOURS[str(cadence)]} hours may pass"
            )
            yield scene.finding("SHARED014", message, address, ("max_lag_hours",))
