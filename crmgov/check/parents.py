"""Rule: what belongs to an object belongs to one that exists."""

from collections.abc import Iterator

from crmgov.check.names import Spot
from crmgov.check.references import check_name
from crmgov.check.session import Session
from crmgov.check.tree import parent_of
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.kinds import KINDS


def check_parents(session: Session) -> Iterator[Diagnostic]:
    """The ``object:`` of every document that has one; each use of a wrong one is told."""
    good: set[str | None] = {None}
    for kind in session.tree.kinds:
        if KINDS[kind].parent == "never":
            continue
        for address in session.tree.of_kind(kind):
            parent = parent_of(address)
            if parent in good or parent is None:
                continue
            if session.finder.find("Object", parent).status in ("resource", "shipped"):
                good.add(parent)
            else:
                yield from check_name(session, Spot(address, ("object",)), "Object", parent)
