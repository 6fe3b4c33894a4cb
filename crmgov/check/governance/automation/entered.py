"""Stages that records enter, and the automations that may act when they do."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crmgov.check.governance.automation.steps import Running, running
from crmgov.check.governance.automation.truth import holds
from crmgov.check.governance.automation.welcome import started_on
from crmgov.check.governance.scene import Scene, rows
from crmgov.model.canonical import Body


class Entered(NamedTuple):
    """A stage in use: its set's address, the object and field it belongs to, and what runs for that object."""

    address: str
    parent: str
    field: str
    row: Body
    automations: Sequence[Running]

    @property
    def name(self) -> str:
        """The stage's name."""
        return str(self.row.get("name"))


def entered(scene: Scene, events: Sequence[str]) -> Iterator[Entered]:
    """Every active stage that a pipeline has, with the automations that start on these events.

    None where nobody governs, or where the tree is a vendor's own files, which cannot say all that would be needed.
    """
    if not scene.governance or scene.files:
        return
    by_object: dict[str, list[Running]] = {}
    for one in running(scene):
        for parent in started_on(scene, one, tuple(events)):
            by_object.setdefault(parent, []).append(one)
    for address in scene.own("StageSet"):
        body = scene.tree.body(address)
        parent, _, field = str(body.get("field") or "").partition(".")
        used = _in_pipelines(scene, parent)
        for row in rows(body.get("stages")):
            if str(row.get("name")) in used and row.get("active") is not False:
                yield Entered(address, parent, field, row, by_object.get(parent, ()))


def _in_pipelines(scene: Scene, parent: str) -> set[str]:
    pipelines = scene.session.listings.pipelines.get(parent, [])
    return {str(row.get("name")) for address in pipelines for row in rows(scene.tree.body(address).get("stages"))}


def works_there(one: Running, stage: Entered, work: Sequence[str]) -> bool:
    """Whether an automation may do one of these kinds of action for a record that enters a stage."""
    if one.does.on == "field_changed" and (one.does.object, stage.field) not in one.does.starts_on:
        return False
    acts = any(action.get("type") in work for action in rows(one.body.get("actions")))
    return acts and holds(one.body.get("when"), stage.field, stage.name) is not False
