"""Rule: what people may change here is not overwritten by a system that is never told."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import Shared, about_field, maps, returns
from crmgov.check.governance.scene import Scene
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_EDITABLE = ("edit", "required")


def not_overwritten(scene: Scene) -> Iterator[Diagnostic]:
    """Fields that only come in, that a layout lets people change, and that people are granted to change."""
    whole = maps(scene)
    machines = {one for name in whole.by_identity for one in scene.access.behind(name)}
    for one in whole.shared:
        overwrites = one.direction == "in" and one.truth == "system" and one.on_conflict in ("", "truth")
        if not overwrites or returns(whole, one, "out"):
            continue
        layout = _editable(scene, one)
        editors = (name for name, level in scene.access.readers(one.object, one.field) if level == "edit")
        if layout and any(name not in machines for name in editors):
            message = (
                f"People may change {one.ours} on layout {parts(layout)[2]}, but {one.spelt} overwrites it "
                "and is never told what they wrote"
            )
            yield about_field(scene, "SHARED020", message, one, key="direction", beside=())


def _editable(scene: Scene, one: Shared) -> str:
    """A layout on which the field can be changed; empty where there is none."""
    shown = scene.shown.on(one.object, one.field)
    return next((layout for layout, (_, how) in shown.items() if how in _EDITABLE), "")
