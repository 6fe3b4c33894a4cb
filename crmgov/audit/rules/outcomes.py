"""How records with each value of a list ended: lead sources that never win (governance rule 87)."""

import math
from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.picklists import listing
from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.held import values_asked
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made
from crmgov.check.governance.scene import spoken
from crmgov.check.governance.words import bare, words
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import percent
from crmgov.model.figures import Answer, Figure, scope

COVERS = {"VALUES008": (87,)}
_WON = ("won", "converted")
_CERTAIN = 4.0
"""Standard deviations below the share of all from which a lower share is no chance."""
_LESS = 0.5
"""Part of the share of all below which a share is worth telling."""
_ENDING = {"reason", "status", "stage", "outcome", "forecast", "result", "loss", "disqualified", "probability"}
"""Words in the name of a field that is filled in as a record ends: it tells the outcome and does not foretell it."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """For each list on an object with stages: records by value that were won, and that were won or lost."""
    for made, won, ended in _judged(scene):
        yield from ((made[1], figure) for figure in (won, ended))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each field with values that do far worse than the rest."""
    for made, won, ended in _judged(scene):
        wins, all_ = scene.answer(made[1], won), scene.answer(made[1], ended)
        whole = len(wins.counts) < won.most and len(all_.counts) < ended.most
        if whole and "unmeasured" not in (wins.evidence.exactness, all_.evidence.exactness):
            yield from _told(scene, made, wins, all_)


def _told(scene: AuditScene, made: Made, wins: Answer, all_: Answer) -> Iterator[Diagnostic]:
    known = listing(scene.config, made[3])
    total, won = all_.evidence.count or 0, wins.evidence.count or 0
    if known is None or total < scene.settings.minimum_records or not 0 < won < total:
        return
    by_value = dict(wins.counts)
    poor: list[tuple[float, int, str]] = []
    for value, count in all_.counts:
        rest, rest_won = total - count, won - by_value.get(value, 0)
        if value in known.values and rest and _far_below(by_value.get(value, 0), count, rest_won / rest):
            poor.append((by_value.get(value, 0) / count, count, value))
    if poor:
        named = ", ".join(f"{_share(share)} of {count:,} with {value}" for share, count, value in sorted(poor)[:3])
        more = f" and {len(poor) - 3} more" if len(poor) > 3 else ""
        message = f"{spoken(made[0])}: {percent(won / total)} of {total:,} ended records were won, but {named}{more}"
        evidence = tuple(f"{value}: {by_value.get(value, 0):,} of {count:,} won" for value, count in all_.counts
                         if value in known.values)  # fmt: skip
        yield scene.config.finding("VALUES008", message, made[0], evidence=evidence)


def _far_below(won: int, count: int, share: float) -> bool:
    """Whether so few won of so many, where this share of the others did, is more than chance."""
    spread = math.sqrt(count * share * (1 - share))
    return won < _LESS * share * count and won < share * count - _CERTAIN * spread


def _share(share: float) -> str:
    return "none" if share == 0 else percent(share)


def _judged(scene: AuditScene) -> Iterator[tuple[Made, Figure, Figure]]:
    """Fields with a list, on objects whose records are won or lost: records won by value, records ended by value."""
    ends: dict[str, tuple[str, list[str], list[str]]] = {}
    for _, parent, name, body in scene.fields:
        known = listing(scene.config, body)
        if known is not None and known.of_stages and scene.holds(parent, name):
            won = [stage for stage, row in known.values.items() if row.get("outcome") in _WON]
            lost = [stage for stage, row in known.values.items() if row.get("outcome") == "lost"]
            if won and lost:
                ends.setdefault(parent, (name, won, lost))
    for made in scene.fields:
        stage = ends.get(made[1])
        if stage is None or made[2] == stage[0] or made[3].get("type") != "picklist":
            continue
        if _ENDING.isdisjoint(words(bare(made[2]))):
            field, won, lost = stage
            wins = values_asked(scene, made, scope({"field": field, "op": "in", "value": won}))
            all_ = values_asked(scene, made, scope({"field": field, "op": "in", "value": [*won, *lost]}))
            if wins is not None and all_ is not None:
                yield made, wins, all_
