"""Records that are kept for longer than was decided (governance rules 45 and 58)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import before, blank, every
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import mapping
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"RETAIN001": (45, 58), "RETAIN002": (58,)}


class _Kept(NamedTuple):
    parent: str
    address: str
    months: int
    field: str
    """The date the time counts from; empty where the source does not hold it."""
    named: str
    action: str


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records whose time is over, and those whose time never begins."""
    for one in _kept(scene):
        if one.field:
            yield from ((one.parent, figure) for figure in _figures(scene, one))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - dates decide
    """One for each object with records beyond their time, and one where the time cannot be told."""
    for one in _kept(scene):
        if not one.field:
            message = f"{one.parent} is kept for {one.months} months, and the records say no {one.named or 'date'}"
            yield scene.config.finding("RETAIN002", message, one.address, ("retention",), evidence=("unknown",))
            continue
        whole, (late, undated) = (
            counted(scene, one.parent, RECORDS), (counted(scene, one.parent, figure) for figure in _figures(scene, one))
        )  # fmt: skip
        if late:
            text = share(late, whole, f"{one.parent} records")
            until = f", and {one.action} is due" if one.action else ""
            message = f"{text} are kept beyond {one.months} months after {one.field}{until}"
            yield scene.config.finding("RETAIN001", message, one.address, ("retention",), evidence=(text,))
        if undated and whole >= scene.settings.minimum_records:
            text = share(undated, whole, f"{one.parent} records")
            message = f"{text} have no {one.field}, so the {one.months} months they are kept never begin"
            yield scene.config.finding("RETAIN002", message, one.address, ("retention", "from_field"), evidence=(text,))


def _kept(scene: AuditScene) -> Iterator[_Kept]:
    for parent, held in scene.holdings.items():
        address = scene.config.tree.address("Object", parent)
        body = scene.config.tree.body(address) if address in scene.config.snapshot else {}
        retention = mapping(body.get("retention"))
        months, named = retention.get("months"), str(retention.get("from_field") or "")
        if isinstance(months, int) and months > 0:
            field = named if named in held.kinds else "" if named else held.created
            yield _Kept(parent, address, months, field, named, str(retention.get("action") or ""))


def _figures(scene: AuditScene, one: _Kept) -> tuple[Figure, Figure]:
    late = before(one.field, _months_ago(scene.today, one.months))
    open_ = stages.opened(scene, one.parent) if stages.stage_field(scene, one.parent) else None
    # What is still open need not have come to the day it counts from.
    never = every(blank(one.field), {"not": open_} if open_ else None)
    return Figure(metric="records", where=scope(late)), Figure(metric="records", where=scope(never))


def _months_ago(today: date, months: int) -> date:
    """The same day so many months earlier, or the last day of a shorter month; the first year is the earliest."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    for day in range(today.day, 27, -1):
        try:
            return date(max(year, 1), month + 1, day)
        except ValueError:
            continue
    return date(max(year, 1), month + 1, min(today.day, 28))
