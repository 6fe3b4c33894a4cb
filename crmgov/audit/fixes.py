"""What a verdict asks for, as edits of the YAML: a lifecycle, and layouts without the field. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from crmgov.audit.facts import is_required
from crmgov.audit.scene import AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.bodies import mapping
from crmgov.check.governance.scene import spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Edit, Fix


def fix_of(scene: AuditScene, one: Judged) -> Fix | None:
    """The edits that do what a verdict says; None where there is nothing to do or no YAML to do it in."""
    if one.verdict in ("deprecate", "remove"):
        return deprecation(scene, one.facts.address, _reason(scene, one))
    if one.verdict == "hide":
        return hiding(scene, one.facts.address, _reason(scene, one))
    return None


def deprecation(scene: AuditScene, address: str, reason: str, until: str = "") -> Fix | None:
    """A field deprecated from today, taken off its layouts and to be read only, so that nobody goes on filling it.

    One that is required stays as it is there, for without it no record could be saved. It is to be removed after
    ``until``, or after the repository's usual time.
    """
    held = mapping(scene.config.tree.body(address).get("lifecycle"))
    stated = str(held.get("remove_after") or "") if held.get("status") == "deprecated" else ""
    day = until or stated or (scene.today + timedelta(days=scene.settings.deprecation_days)).isoformat()
    status = {"status": "deprecated", "since": scene.today.isoformat(), "remove_after": day, "reason": reason}
    required = is_required(scene.config.tree.body(address))
    rest = "" if required else ", take it off its layouts and let nobody write it"
    stops = () if required else _read_only(scene, address)
    return _going(scene, address, status, f"Deprecate {spoken(address)}{rest}", stops)


def hiding(scene: AuditScene, address: str, reason: str) -> Fix | None:
    """A field marked as one that is meant to stand on no layout, and taken off all of them."""
    status = {"status": "hidden", "since": scene.today.isoformat(), "reason": reason}
    return _going(scene, address, status, f"Take {spoken(address)} off its layouts")


def _read_only(scene: AuditScene, address: str) -> Iterator[Edit | None]:
    """Permission sets that let people write a field let them read it; None for one that stands in no file."""
    _, parent, name = parts(address)
    for granted, level in scene.config.access.readers(parent or "", name):
        if level == "edit":
            tree, route = scene.config.tree, ("fields", parent or "", "fields", name)
            at = tree.where(tree.address("PermissionSet", granted), route)
            yield None if at is None else Edit(at=at, action="put", value="read")


def _going(
    scene: AuditScene, address: str, status: Mapping[str, str], title: str, stops: Iterable[Edit | None] = ()
) -> Fix | None:
    """All of it or nothing: None where a document or a row of a layout stands in no file."""
    edits = list(_lifecycle(scene, address, status))
    for stop in stops:
        if stop is None:
            return None
        edits.append(stop)
    _, parent, name = parts(address)
    shown = {} if is_required(scene.config.tree.body(address)) else scene.config.shown.on(parent or "", name)
    for layout, (route, _) in shown.items():
        at = scene.config.tree.where(layout, route)
        if at is None:
            return None
        edits.append(Edit(at=at, action="delete"))
    return Fix(title, tuple(edits), safe=True) if edits else None


def _lifecycle(scene: AuditScene, address: str, status: Mapping[str, str]) -> Iterator[Edit]:
    """The edits that give a document a status; keys of one that is there already are kept or replaced one by one."""
    tree = scene.config.tree
    held = mapping(tree.body(address).get("lifecycle"))
    if not held:
        at = tree.where(address, ("lifecycle",))
        if at is not None:
            yield Edit(at=at, action="set", value=dict(status))
        return
    same = held.get("status") == status["status"]
    for key, value in status.items():
        if same and key == "since" and held.get(key):
            continue
        at = tree.where(address, ("lifecycle", key))
        if at is not None and held.get(key) != value:
            yield Edit(at=at, action="set", value=value)


def _reason(scene: AuditScene, one: Judged) -> str:
    """Why, in figures: no value of a record is among them."""
    return f"{one.reasons[0]} ({scene.today.isoformat()})"
