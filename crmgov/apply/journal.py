"""Writing to the ledger while a run goes on."""

from collections.abc import Mapping

from crmgov.apply.session import Session
from crmgov.ledger.entries import Happening

_NO_BODIES: Mapping[str, bytes] = {}


def write(session: Session, name: str, *happenings: Happening, bodies: Mapping[str, bytes] = _NO_BODIES) -> None:
    """Append entries; a boundary before and after, at each of which the process may die."""
    session.crash(f"before {name}")
    session.ledger.append(happenings, bodies, holder=session.holder, at=session.at())
    session.crash(f"after {name}")
