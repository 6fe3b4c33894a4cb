"""All governance rules over one tree."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from crmgov.check.governance import automation, integration, lifecycle, modelling, permissions, rhythm
from crmgov.check.governance.scene import Scene
from crmgov.check.tree import Case
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot

Rule = Callable[[Scene], Iterator[Diagnostic]]

AREAS = (modelling, lifecycle, automation, permissions, integration, rhythm)
"""Each area has ``RULES``, its rules in order, and ``COVERS``, by code the numbers of the governance rules it keeps."""
RULES: tuple[Rule, ...] = tuple(rule for area in AREAS for rule in area.RULES)


def govern(
    snapshot: Snapshot,
    catalogues: Sequence[Catalogue] = (),
    *,
    today: date,
    case: Case = "exact",
    files: bool = False,
) -> list[Diagnostic]:
    """Everything the rules find. ``files``: the tree is a vendor's own files, see ``Scene``."""
    scene = Scene(snapshot.at_hand(), catalogues, today=today, case=case, files=files)
    return [finding for rule in RULES for finding in rule(scene)]
