"""Addresses as people type them: in any case, the kind left out where the rest says enough."""

from collections.abc import Collection

from crmgov.cli.trouble import stop
from crmgov.model.address import for_people
from crmgov.model.diagnostics import brief

_LONGEST = 500
"""Characters of a typed text beyond which nothing can be near it."""


def find_address(known: Collection[str], typed: str) -> str:
    """The one of these addresses that a typed text means. Ends the verb where there is none, or more than one."""
    wanted = typed.partition("#")[0].lower()
    exact = [address for address in known if address.lower() == wanted]
    found = exact or [address for address in known if for_people(address).lower() == wanted.replace('"', "")]
    found = found or [address for address in known if for_people(address).lower() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise stop("CLI007", f"{brief(typed)} may be {' or '.join(found)}")
    raise stop("CLI006", f"Nothing is called {brief(typed)}{_near(known, typed)}")


def _near(known: Collection[str], typed: str) -> str:
    from rapidfuzz import process

    if len(typed) > _LONGEST:
        return ""
    names = {for_people(address): address for address in known}
    near = [name for name, score, _ in process.extract(typed, list(names), limit=3) if score >= 75]
    return f"; closest: {', '.join(names[name] for name in near)}" if near else ""
