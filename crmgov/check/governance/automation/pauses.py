"""Rule: messages to one person leave time between them."""

from collections.abc import Iterator

from crmgov.check.governance.automation.steps import running
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.tree import parts
from crmgov.model.canonical import encode
from crmgov.model.diagnostics import Diagnostic, Related


def messages_at_once(scene: Scene) -> Iterator[Diagnostic]:
    """Two templates that one automation sends to the same receiver with the same wait."""
    for one in running(scene):
        for collection in ("actions", "otherwise"):
            sent: dict[tuple[bytes, float], str] = {}
            for action in rows(one.body.get(collection)):
                if action.get("type") != "send_template" or not action.get("to"):
                    continue
                name, wait = str(action.get("name")), mapping(action.get("after"))
                hours = 24 * float(wait.get("days") or 0) + float(wait.get("hours") or 0)
                first = sent.setdefault((encode(action["to"]), hours), name)
                if first != name:
                    place = scene.tree.where(one.address, (collection, first))
                    yield scene.finding(
                        "TRIGGER009",
                        f'{parts(one.address)[2]} sends "{name}" to the same receiver and at the time of "{first}"',
                        one.address,
                        (collection, name),
                        related=(Related("Sent with", place),) if place is not None else (),
                    )
