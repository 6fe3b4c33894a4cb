"""People and companies whose data nobody has verified for long (governance rules 43 and 44)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import before, blank, days_ago
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"DECAY001": (43, 44)}
_VERIFIED = re.compile(r"verif|validated|reviewed|confirmed|checked", re.IGNORECASE)
_REACHED = ("email", "phone")
"""Types of fields by which people and companies are reached: where one is, data decays."""


class _Verified(NamedTuple):
    parent: str
    field: str
    how: str


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records verified long ago, and never."""
    for one in _verified(scene):
        yield from ((one.parent, figure) for figure in _figures(scene, one))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - dates decide
    """One for each object of which more is stale than decays in a year."""
    for one in _verified(scene):
        whole = counted(scene, one.parent, RECORDS)
        old, never = (counted(scene, one.parent, figure) for figure in _figures(scene, one))
        if whole < scene.settings.minimum_records or (old + never) * 100 <= whole * scene.settings.stale_percent:
            continue
        text = share(old + never, whole, f"{one.parent} records")
        message = f"{text} were not {one.how} in the last {scene.settings.stale_days} days, by {one.field}"
        told = (text, f"{old:,} longer ago, {never:,} without {one.field}")
        yield scene.config.finding("DECAY001", message, scene.field(one.parent, one.field), evidence=told)


def _verified(scene: AuditScene) -> Iterator[_Verified]:
    """Objects that hold a way to reach somebody, with the date that says when it was last looked at."""
    tree = scene.config.tree
    reached = {
        parts(address)[1]
        for address in tree.of_kind("Field")
        if tree.body(address).get("type") in _REACHED and not scene.config.retired(address)
    }
    for parent, held in scene.holdings.items():
        if parent in reached:
            names = [name for name, kind in held.kinds.items() if kind == "time" and _VERIFIED.search(name)]
            if names:
                yield _Verified(parent, names[0], "verified")
            elif held.modified:
                yield _Verified(parent, held.modified, "changed")


def _figures(scene: AuditScene, one: _Verified) -> tuple[Figure, Figure]:
    old = before(one.field, days_ago(scene.today, scene.settings.stale_days))
    return Figure(metric="records", where=scope(old)), Figure(metric="records", where=scope(blank(one.field)))
