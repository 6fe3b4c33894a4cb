"""Rule: a field that no CRM ships has what its type needs to be made."""

import re
from collections.abc import Iterator

import msgspec

from crmgov.check.session import Session
from crmgov.check.tree import Tree, parts
from crmgov.model.diagnostics import Diagnostic, Where
from crmgov.schema.conditions import NEEDS
from crmgov.schema.lacking import lacking

_NEEDS = [(need.type.encode(), [f'"{name}":'.encode() for name in (need.attribute, *need.instead)]) for need in NEEDS]
_NEEDY = re.compile(b'"type":"(' + b"|".join(sorted({of_type for of_type, _ in _NEEDS})) + b')"')
_TYPE = b'"type":'
_NOWHERE = Where("")


def check_lacking(session: Session) -> Iterator[Diagnostic]:
    """Every field but those that exist in every instance, or of which that cannot be known."""
    tree = session.tree
    bodies = tree.snapshot.bodies
    for address in tree.of_kind("Field"):
        if _may_lack(bodies[address]) and _own(tree, address):
            where = tree.where(address)
            for problem in lacking("Field", tree.body(address), where or _NOWHERE, address):
                yield problem if where is not None else msgspec.structs.replace(problem, at=None)


def _may_lack(data: bytes) -> bool:
    """One quick look that nearly every field passes."""
    if _TYPE not in data:
        return True
    found = _NEEDY.findall(data)
    return bool(found) and any(
        of_type in found and not any(name in data for name in names) for of_type, names in _NEEDS
    )


def _own(tree: Tree, address: str) -> bool:
    """Whether it is certain that somebody has to make the field."""
    if tree.snapshot.origin(address) != "custom":
        return False
    _, parent, name = parts(address)
    return all(catalogue.has("Field", name, parent) is False for catalogue in tree.catalogues)
