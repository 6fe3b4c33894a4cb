"""Rule: a name in ``renamed_from`` is gone, and one resource alone claims it."""

from collections.abc import Iterator

from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.kinds import KINDS


def check_renames(session: Session) -> Iterator[Diagnostic]:
    """Every name that something had before."""
    tree = session.tree
    claimed: dict[str, str] = {}
    for kind in KINDS:
        for address in tree.holding(kind, "renamed_from"):
            former = tree.snapshot.body(address).get("renamed_from")
            for name in former if isinstance(former, list) else ():
                if isinstance(name, str):
                    yield from _former(session, address, kind, name, claimed)


def _former(session: Session, address: str, kind: str, name: str, claimed: dict[str, str]) -> Iterator[Diagnostic]:
    tree = session.tree
    old = tree.address(kind, name, parts(address)[1])
    at = tree.where(address, ("renamed_from", name))
    first = claimed.setdefault(old, address)
    if old in tree.snapshot:
        same = old == address
        message = f'"{name}" is its own name' if same else f'"{name}" still exists'
        related = () if same else tree.defined(old)
        yield of("RENAME001", message, at=at, address=address, related=related)
    elif first != address:
        message = f'"{name}" became {parts(first)[2]} already'
        yield of("RENAME002", message, at=at, address=address, related=tree.defined(first, ("renamed_from",)))
