"""Rules: nothing that is true in one environment only is written into formulas and bodies."""

import re
from collections.abc import Iterator

from crmgov.check.governance.automation.texts import KINDS, formulas, in_use
from crmgov.check.governance.scene import Scene, spoken
from crmgov.model.diagnostics import Diagnostic, Route
from crmgov.model.snapshot import kind_of

_ORGANISATION = "00D"
"""What the id of an organisation begins with: a formula names it to tell environments apart, which is no mistake."""
_OWN_HOST = re.compile(
    r"https?://((?:[a-z0-9-]+\.)+(?:lightning\.force|my\.salesforce|my\.site|visual\.force|visualforce)\.com"
    r"|[a-z0-9-]+(?:\.[a-z]{2,3}[0-9]{1,3})?\.force\.com|[a-z]{2,3}[0-9]{1,3}\.salesforce\.com)(?:[/:?#]|\Z)",
    re.IGNORECASE,
)
"""Hosts that are one organisation's own; login, help and www are everybody's."""
_SHARED = ("www.", "help.", "login.", "test.", "developer.", "trailhead.", "appexchange.")
_SHOWN = 3


def fixed_literals(scene: Scene) -> Iterator[Diagnostic]:
    """Record ids, addresses of one organisation, and e-mail addresses, in what is in use."""
    for address, route, found in _places(scene):
        ids = [one for one in found if "@" not in one and "://" not in one and not one.startswith(_ORGANISATION)]
        hosts = list(dict.fromkeys(host for one in found if (host := _host(one))))
        mails = [one for one in found if "@" in one and "://" not in one]
        for code, what, plural, named in (
            ("LITERAL002", "record id", "record ids", ids),
            ("LITERAL003", "address of one organisation", "addresses of one organisation", hosts),
            ("LITERAL004", "e-mail address or user name", "e-mail addresses or user names", mails),
        ):
            if named:
                shown = ", ".join(named[:_SHOWN]) + (f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else "")
                many = f"{len(named)} {plural} written into it: {shown}"
                message = f"{spoken(address)} has " + (many if named[1:] else f"the {what} {shown} written into it")
                yield scene.finding(code, message, address, route, evidence=tuple(named))


def _host(text: str) -> str:
    match = _OWN_HOST.match(text)
    return "" if match is None or match.group(1).casefold().startswith(_SHARED) else match.group(1)


def _places(scene: Scene) -> Iterator[tuple[str, Route, tuple[str, ...]]]:
    """What is in use and holds something of the sort, with the route of the formula where there is one."""
    read: set[str] = set()
    for address, route, formula in formulas(scene):
        read.add(address)
        if formula.hard_coded:
            yield address, route, formula.hard_coded
    for address, derived in scene.snapshot.derived.items():
        if derived.hard_coded and address not in read and kind_of(address) in KINDS and in_use(scene, address):
            yield address, (), derived.hard_coded
