"""A case of a governance rule: a configuration that it finds fault with, and one that it does not."""

from collections.abc import Mapping
from datetime import date

import msgspec

from crmgov.check.governance.run import govern
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.normal import canonical_body
from crmgov.model.snapshot import Snapshot, kind_of

TODAY = date(2026, 6, 15)
Tree = Mapping[str, Body]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """``failing`` has the finding at ``address``; ``passing`` has none of its code. Bodies by address, as in YAML."""

    code: str
    address: str
    failing: Tree
    passing: Tree


def found(tree: Tree, *, files: bool = False, today: date = TODAY) -> list[Diagnostic]:
    """Everything the rules find in a tree."""
    bodies = {address: canonical_body(kind_of(address), dict(body)) for address, body in tree.items()}
    return govern(Snapshot.of("tree", bodies), today=today, files=files)
