"""Rule: a new record that is to be converted gets an owner, a message and a first task in time."""

from collections.abc import Iterator

from crmgov.check.governance.automation.steps import Running, actions, running
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic

_HOURS = 24
"""Hours until the first task is due, as shipped; ``hours_to_first_task`` in the Governance document."""


def new_record_basics(scene: Scene) -> Iterator[Diagnostic]:
    """Objects whose records are converted: what nothing gives a new one. Asked for where a tree is governed."""
    if not scene.governance or scene.files:
        return
    hours = scene.budget("hours_to_first_task", _HOURS)
    started: dict[str, list[Running]] = {}
    for one in running(scene):
        for parent in started_on(scene, one, ("created", "saved")):
            started.setdefault(parent, []).append(one)
    for parent in sorted(_converted(scene)):
        found = started.get(parent, [])
        address = scene.tree.address("Object", parent)
        if address not in scene.snapshot or any(one.does.opaque for one in found):
            continue
        done = [action for one in found for _, action in actions(one.body)]
        missing = [
            words
            for words, there in (
                ("an owner", any(action.get("type") == "route" for action in done)),
                ("a message", any(action.get("type") == "send_template" for action in done)),
                (f"a task due within {hours} hours", any(_in_time(action, hours) for action in done)),
            )
            if not there
        ]
        if missing:
            message = f"No automation gives a new {parent} {' or '.join(missing)}"
            yield scene.finding("TRIGGER006", message, address)


def started_on(scene: Scene, one: Running, events: tuple[str, ...]) -> set[str]:
    """The objects on whose records an automation starts at one of these events."""
    derived = scene.snapshot.derived.get(one.address) if one.does.opaque else None
    if derived is None:
        return {one.does.object} if one.does.on in events or one.does.opaque else set()
    pairs = [trigger.partition(":") for trigger in derived.triggers]
    return {parent for parent, _, event in pairs if parent and event in events}


def _converted(scene: Scene) -> set[str]:
    """Objects with a stage whose outcome is conversion, or that a lifecycle's conversion begins at."""
    found: set[str] = set()
    for address in scene.own("StageSet"):
        field = str(scene.tree.body(address).get("field") or "")
        if any(row.get("outcome") == "converted" for row in rows(scene.tree.body(address).get("stages"))):
            found.add(field.partition(".")[0])
    for address in scene.own("Lifecycle"):
        for handoff in rows(scene.tree.body(address).get("handoffs")):
            if handoff.get("conversion") is True:
                found.add(str(mapping(handoff.get("from")).get("object")))
    return found


def _in_time(action: Body, hours: int) -> bool:
    if action.get("type") != "create_task":
        return False
    wait, due = mapping(action.get("after")), (action.get("due_days"), action.get("due_hours"))
    if due == (None, None):
        return False
    total = 24 * sum(_number(one) for one in (due[0], wait.get("days"))) + _number(due[1]) + _number(wait.get("hours"))
    return total <= hours


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
