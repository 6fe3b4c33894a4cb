"""Automations whose body is the vendor's own, as far as their files say for certain what they do."""

from collections.abc import Iterator
from typing import Any

import msgspec

from crmgov.check.governance.automation.steps import Running, actions, running
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.tree import parts
from crmgov.model.canonical import Body


class Outlined(msgspec.Struct, frozen=True):
    """One rule of such an automation: ``body`` as in ``Derived.outlines``."""

    running: Running
    rule: str

    @property
    def body(self) -> Body:
        """The outline."""
        return self.running.body

    @property
    def object(self) -> str:
        """The object whose records start it."""
        return self.running.does.object

    @property
    def name(self) -> str:
        """What a message calls it."""
        own = parts(self.running.address)[2]
        return f"{own}: {self.rule}" if self.rule else own

    @property
    def phase(self) -> str:
        """``before`` or ``after`` the record is stored, or with the ``rules`` in between."""
        return str(mapping(self.body.get("trigger")).get("phase"))

    def steps(self) -> Iterator[Body]:
        """Its actions."""
        return (action for _, action in actions(self.body))


def outlined(scene: Scene) -> Iterator[Outlined]:
    """Everything that runs and of which an outline is known."""
    for one in running(scene):
        derived = scene.snapshot.derived.get(one.address) if one.does.opaque else None
        for rule, body in derived.outlines if derived is not None else ():
            trigger = mapping(body.get("trigger"))
            owner = one.does.object or _object(derived.triggers if derived is not None else ())
            does = msgspec.structs.replace(one.does, object=owner, on=str(trigger.get("on")), order=body.get("order"))
            if owner:
                yield Outlined(Running(one.address, body, does), rule)


def _object(triggers: tuple[str, ...]) -> str:
    return next((name.partition(":")[0] for name in triggers), "")


def certain(criterion: Any) -> bool:
    """Whether every part of a condition is known."""
    held = mapping(criterion)
    if "formula" in held:
        return False
    inner = [*(held.get("all") or ()), *(held.get("any") or ()), *([held["not"]] if "not" in held else ())]
    return all(map(certain, inner))
