"""Contracts in force without an end date (governance rule 27)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.picklists import listed
from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import blank, every, one_of
from crmgov.audit.process.links import links
from crmgov.audit.process.words import counted, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.automation.renewals import contract_dates
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"DEALS003": (27,)}
_IN_FORCE = ("active", "activated", "in force", "running", "live", "signed", "current")


class _Contract(NamedTuple):
    parent: str
    dates: tuple[str, ...]
    """Fields that say when it ends; one of them is enough."""
    where: Body | None
    """Those in force; None where no status tells."""
    values: tuple[str, ...]


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Contracts in force, and those with no end date."""
    for one in _contracts(scene):
        yield from ((one.parent, figure) for figure in _figures(one))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - dates decide
    """One for each object of contracts with such records."""
    for one in _contracts(scene):
        whole, endless = (counted(scene, one.parent, figure) for figure in _figures(one))
        if endless:
            which = f"{one.parent} records" + (f" that are {' or '.join(one.values)}" if one.values else "")
            text = share(endless, whole, which)
            message = f"{text} have no {' and no '.join(one.dates)}, so nothing can start their renewal"
            address = scene.field(one.parent, one.dates[0])
            yield scene.config.finding("DEALS003", message, address, evidence=(text,))


def _contracts(scene: AuditScene) -> Iterator[_Contract]:
    """Contracts and the like; what belongs to another of them ends with it."""
    dated = {
        parent: tuple(name for name in (parts(address)[2] for address in found) if scene.holds(parent, name))
        for parent, found in contract_dates(scene.config).items()
        if parent in scene.holdings
    }
    for parent, names in dated.items():
        if not names or any(link.target in dated and link.target != parent for link in links(scene, parent)):
            continue
        field, values = _in_force(scene, parent)
        yield _Contract(parent, names, one_of(field, values) if values else None, values)


def _in_force(scene: AuditScene, parent: str) -> tuple[str, tuple[str, ...]]:
    """The field and its values that say that a contract is in force."""
    for address in scene.config.tree.of_kind("Field"):
        _, of, name = parts(address)
        if of == parent and scene.holds(parent, name) and "status" in name.casefold():
            known = listed(scene.config, scene.config.tree.body(address)) or frozenset()
            values = tuple(sorted(value for value in known if value.casefold() in _IN_FORCE))
            if values:
                return name, values
    return "", ()


def _figures(one: _Contract) -> tuple[Figure, Figure]:
    endless = every(one.where, *(blank(name) for name in one.dates))
    return Figure(metric="records", where=scope(one.where)), Figure(metric="records", where=scope(endless))
