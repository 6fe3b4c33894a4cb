"""Predictions as an audit's document tells them."""

from collections.abc import Iterator

from crmgov.audit.scene import AuditScene
from crmgov.audit.silence.predict import AMISS, Counted, Prediction, predictions, splits
from crmgov.audit.silence.segments import segments
from crmgov.check.governance.scene import spoken
from crmgov.check.governance.silence.subjects import beyond
from crmgov.model.audits import AutomationFigures, SegmentFigures

SUPPOSED = "what they were before is taken to be as its condition asks"
_LABELS = 60
"""Characters of a rule's name within a label."""


def automations(scene: AuditScene) -> Iterator[AutomationFigures]:
    """Every automation that runs on the objects looked at, those that cannot be predicted with the reason."""
    found = splits(scene)
    for part, one in zip(found, predictions(scene, found), strict=True):
        yield _told(one, segments(scene, part) if one.astray.count else ())
    for address, why in beyond(scene.config):
        if scene.config.behaviours[address].object in (*scene.holdings, ""):
            yield AutomationFigures(address=address, label=spoken(address), not_known=(why,))


def _told(one: Prediction, parts: tuple[SegmentFigures, ...]) -> AutomationFigures:
    unknown = [reason for reason in (one.fires.reason, one.astray.reason) if reason]
    unknown += [
        f"{part.what}: {part.evidence.reason}"
        for part in one.shares
        if part.evidence.reason and part.evidence.reason not in unknown
    ]
    own = spoken(one.address)
    rule = one.name.partition(": ")[2]
    return AutomationFigures(
        address=one.address,
        label=f"{own}: {rule[:_LABELS]}" if rule else own,
        base=f"{one.base}; {SUPPOSED}" if one.supposed else one.base,
        in_scope=one.scope.count,
        fires=one.fires.count,
        skipped=one.astray.count if one.fires.exactness == "value" else None,
        reasons=tuple(said(part) for part in one.shares if part.kind in AMISS and part.evidence.count),
        not_known=tuple(dict.fromkeys((*unknown, *one.left))),
        segments=parts,
    )


def said(part: Counted) -> str:
    """One share in words: how many, what becomes of them, and for want of what."""
    number = part.evidence.count or 0
    causes = ", ".join(what if times == number else f"{what} {times:,}" for what, times in part.causes)
    what = {"false": f"taken although {part.what}", "catch_all": f"rest {part.what}"}.get(part.kind, part.what)
    return f"{number:,} {what}" + (f" ({causes})" if causes else "")
