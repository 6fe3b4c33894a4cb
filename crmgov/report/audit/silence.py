"""The block of an audit that says what automations make of the records: in scope, served, passed by."""

from collections import Counter
from collections.abc import Iterator

from crmgov.audit.scene import AuditScene
from crmgov.audit.silence.predict import Counted, Prediction, predictions, splits
from crmgov.check.governance.silence.subjects import beyond
from crmgov.report.text import clean, count

_WIDTH = 40
_AMISS = ("skipped", "false", "catch_all", "nobody", "empty_team", "no_person")


def block(scene: AuditScene, *, full: bool) -> Iterator[str]:
    """The lines; none where no automation starts from the records looked at."""
    found = list(predictions(scene, splits(scene)))
    if not found:
        return
    told = [one for one in found if full or one.fires.exactness != "value" or _lines(one, full=False)]
    if told:
        yield f"{'AUTOMATION':<{_WIDTH}} {'IN SCOPE':>9} {'FIRES':>9}  SKIPPED OR MISROUTED"
    for one in sorted(told, key=_worst):
        yield from _rows(one, full=full)
    rest = len(found) - len(told)
    if rest:
        yield f"{count(rest, 'automation')} that pass nothing by (--full shows them)"
    yield from _notes(scene, found)
    yield ""


def _worst(one: Prediction) -> tuple[bool, float, str]:
    amiss = sum(part.evidence.count or 0 for part in one.shares if part.kind in _AMISS)
    return one.fires.exactness == "unmeasured", -amiss / (one.scope.count or 1), one.address


def _rows(one: Prediction, *, full: bool) -> Iterator[str]:
    name = clean(f"{one.object}: {one.name}")
    if one.fires.exactness == "unmeasured":
        yield f"{name:<{_WIDTH}} {'-':>9} {'-':>9}  not counted: {clean(one.fires.reason)}"
        return
    lines = _lines(one, full=full) or ["-"]
    scope = "-" if one.scope.count is None else f"{one.scope.count:,}"
    yield f"{name:<{_WIDTH}} {scope:>9} {one.fires.count or 0:>9,}  {lines[0]}"
    yield from (f"{'':<{_WIDTH + 20}}  {line}" for line in lines[1:])


def _lines(one: Prediction, *, full: bool) -> list[str]:
    wanted = one.shares if full else tuple(part for part in one.shares if part.kind in (*_AMISS, "otherwise"))
    lines = [clean(_said(one, part)) for part in wanted if part.evidence.count]
    lines += [
        clean(f"not counted, {part.what}: {part.evidence.reason}")
        for part in wanted
        if part.evidence.exactness == "unmeasured"
    ]
    return [*lines, *(f"not counted: {clean(what)}" for what in one.left if full)]


def _said(one: Prediction, part: Counted) -> str:
    number = part.evidence.count or 0
    share = f" ({number / one.scope.count:.0%})" if one.scope.count and part.kind != "waiting" else ""
    causes = ", ".join(what if times == number else f"{what} {times:,}" for what, times in part.causes)
    return f"{number:,}{share} {_words(part)}" + (f": {causes}" if causes else "")


def _words(part: Counted) -> str:
    if part.kind == "false":
        return f"taken although {part.what}"
    return f"rest {part.what}" if part.kind == "catch_all" else part.what


def _notes(scene: AuditScene, found: list[Prediction]) -> Iterator[str]:
    """On what the figures rest."""
    bases = Counter(one.base for one in found)
    yield "Looked at: " + "; ".join(f"{base} ({count(times, 'automation')})" for base, times in bases.items())
    if any(one.supposed for one in found):
        yield "Supposed: where a condition asks what a record was before, it is taken as met"
    others = Counter(reason for _, reason in beyond(scene.config))
    if others:
        yield "Not predicted: " + "; ".join(f"{count(n, 'automation')}, {why}" for why, n in sorted(others.items()))
