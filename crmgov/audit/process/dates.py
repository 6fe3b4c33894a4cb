"""Fields that tell when a record entered a stage, and the like."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from crmgov.audit.process.stations import Station
from crmgov.audit.scene import AuditScene
from crmgov.check.governance.automation.steps import running
from crmgov.check.governance.automation.truth import holds
from crmgov.check.governance.scene import rows
from crmgov.check.governance.words import bare, key, words

_NOW = re.compile(r"\$today|(?:today|now)\(\)|date(?:time)?\('now'\)|current_(?:date|timestamp)", re.IGNORECASE)
_CHANGED = re.compile(r"stage.*(?:entered|changed?|since)|(?:entered|changed|since).*stage", re.IGNORECASE)
"""Names such as ``LastStageChangeDate``, ``StageEnteredOn``, ``hs_v2_date_entered_current_stage``."""
ACTIVITY = ("LastActivityDate", "last_activity", "last_activity_on", "last_activity_at", "last_activity_time",
            "notes_last_updated", "last_contacted", "last_contacted_on")  # fmt: skip
"""What the field is called that says when somebody last did something with a record."""


class Entered(NamedTuple):
    """A field, and what it tells of the time in a stage."""

    field: str
    how: Literal["stamped", "named", "modified"]

    @property
    def words(self) -> str:
        """What it rests on, for people."""
        return {
            "stamped": f"by {self.field}, which an automation sets at entry",
            "named": f"by {self.field}",
            "modified": f"by {self.field}: whoever was not written to for so long has not moved either",
        }[self.how]


def entered(scene: AuditScene, station: Station) -> Entered | None:
    """What tells how long records have been in a stage; None where nothing does."""
    stamped = stamp(scene, station)
    if stamped:
        return Entered(stamped, "stamped")
    held = scene.holdings[station.parent]
    stages = {words(step.name) for way in scene.config.ways.pipelines.values() for step in way.steps}
    named = [name for name, kind in held.kinds.items() if kind == "time" and _CHANGED.search(name)]
    named = [name for name in named if not any(_says(words(name), stage) for stage in stages)]
    if len(named) == 1:
        return Entered(named[0], "named")
    return Entered(held.modified, "modified") if held.modified else None


def _says(name: tuple[str, ...], stage: tuple[str, ...]) -> bool:
    """Whether the name of a date speaks of one stage, as ``Offer_Stage_Entered`` does, and not of the present one."""
    return any(name[at : at + len(stage)] == stage for at in range(len(name))) if stage else False


def stamp(scene: AuditScene, station: Station) -> str:
    """The field that an automation sets to the day on which a record enters this stage and no other."""
    return next(iter(_stamps(scene, station)), "")


def _stamps(scene: AuditScene, station: Station) -> Iterator[str]:
    names = {step.name for way, _ in station.steps for step in way.steps}
    for one in running(scene.config):
        if (station.parent, station.field) not in one.does.starts_on or one.does.on != "field_changed":
            continue
        when = one.body.get("when")
        if holds(when, station.field, station.stage) is False or len(one.does.starts_on) > 1:
            continue
        if any(holds(when, station.field, name) is not False for name in names - {station.stage}):
            continue
        for action in rows(one.body.get("actions")):
            field = str(action.get("field") or "")
            said = str(action.get("formula") or action.get("value") or "")
            stamped = action.get("type") == "set_field" and _NOW.search(said) and not action.get("after")
            if stamped and scene.holds(station.parent, field):
                yield field


def activity(scene: AuditScene, parent: str) -> str:
    """The field that says when somebody last did something with a record; empty where there is none."""
    held = scene.holdings[parent]
    known = {key(bare(name)): name for name, kind in held.kinds.items() if kind == "time"}
    return next((known[key(name)] for name in ACTIVITY if key(name) in known), "")
