"""The whole check."""

from collections.abc import Sequence

from crmgov.check.names import Known
from crmgov.check.retired import Retired
from crmgov.check.rules import RULES
from crmgov.check.session import Session
from crmgov.check.tree import Case, Tree
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot


def check(
    snapshot: Snapshot,
    catalogues: Sequence[Catalogue] = (),
    *,
    known_references: Known | None = None,
    case: Case = "exact",
) -> list[Diagnostic]:
    """All problems of a whole tree of resources, in no particular order.

    ``catalogues`` are those of the providers the environments use. ``known_references`` may hold, by address, what
    ``model.references.references`` gives for a resource, where somebody kept it. ``case`` says what becomes of names
    that differ only in case: see ``Case``; where a CRM in use ignores case, ``mend`` for YAML and ``accept`` for the
    CRM's own files.
    """
    tree = Tree(snapshot.at_hand(), catalogues, case=case)
    retired = Retired(tree)
    session = Session(tree, known_references, retired.seen)
    found = [diagnostic for rule in RULES for diagnostic in rule(session)]
    return found + retired.told() + session.outside.told(tree)
