"""Rule: a field made here says what it is for (governance rule 7)."""

from collections.abc import Iterator

from crmgov.check.governance.made import is_shipped
from crmgov.check.governance.scene import Scene
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic

_MOST = 2 / 3
"""The share of described fields from which a vendor's project is taken to describe its fields."""
_FEW = 10
"""Fewer fields than these show no habit."""


def purpose(scene: Scene) -> Iterator[Diagnostic]:
    """Fields without description or help; in a vendor's own files only where describing them is the rule."""
    own = [one for one in scene.made if not is_shipped(scene.tree, one[1], one[2])]
    lacking = [one for one in own if not _said(one[3])]
    described = len(own) - len(lacking)
    habit = f"{described} of the {len(own)} fields made here say it"
    if scene.files and not scene.governance and (len(own) < _FEW or described < _MOST * len(own)):
        return
    for address, parent, name, _ in lacking:
        message = f"{parent}.{name} does not say what it is for"
        yield scene.finding("MODEL004", message, address, ("description",), evidence=(habit,) if scene.files else ())


def _said(body: Body) -> bool:
    return any(isinstance(body.get(one), str) and body[one].strip() for one in ("description", "help"))
