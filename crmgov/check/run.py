"""The whole check, rule by rule."""

from collections.abc import Callable, Iterator, Sequence

from crmgov.check import codes as _codes  # noqa: F401 - declares the codes
from crmgov.check.names import Known
from crmgov.check.parents import check_parents
from crmgov.check.references import check_references
from crmgov.check.session import Session
from crmgov.check.tree import Tree
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot

RULES: tuple[Callable[[Session], Iterator[Diagnostic]], ...] = (check_parents, check_references)


def check(
    snapshot: Snapshot,
    catalogues: Sequence[Catalogue] = (),
    *,
    known_references: Known | None = None,
    folds: bool = False,
) -> list[Diagnostic]:
    """All problems of a whole tree of resources, in no particular order.

    ``catalogues`` are those of the providers the environments use. ``known_references`` may hold, by address, what
    ``model.references.references`` gives for a resource, where somebody kept it. ``folds`` says whether the providers
    take names that differ only in case for the same.
    """
    session = Session.of(Tree(snapshot, catalogues, folds=folds), known_references)
    found = [diagnostic for rule in RULES for diagnostic in rule(session)]
    return found + session.outside.told(session.tree)
