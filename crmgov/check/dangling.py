"""What a snapshot names and does not hold, as Externals: so that what was pulled can be checked."""

from collections.abc import Sequence

from crmgov.check.rules import RULES
from crmgov.check.session import Session
from crmgov.check.tree import Case, Tree
from crmgov.model.address import address
from crmgov.model.canonical import Body
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot

_TYPES = {"Object": "object", "Field": "field", "External": "template"}


def dangling(snapshot: Snapshot, catalogues: Sequence[Catalogue] = (), *, case: Case = "accept") -> dict[str, Body]:
    """Bodies of Externals by address, in order, for every name that ``check`` would call missing.

    A field or anything else of an object is named ``Object.Name``. Values and stages are not among them: a value that
    its own picklist does not list is nowhere else either.
    """
    found: dict[str, Body] = {}

    def lost(kind: str, name: str, parent: str | None) -> None:
        whole = name if parent is None else f"{parent}.{name}"
        found[address("External", whole)] = {"type": _TYPES.get(kind, "other")}

    session = Session(Tree(snapshot, catalogues, case=case), lost=lost)
    for rule in RULES:
        for _ in rule(session):
            pass
    return dict(sorted(found.items()))
