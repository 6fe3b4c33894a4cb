"""How long things have existed, by what the ledger recorded. Pure."""

import datetime as dt
from collections.abc import Container, Iterable
from typing import NamedTuple

from crmgov.ledger.entries import Entry, HeadsChanged
from crmgov.model.address import address as write
from crmgov.model.address import parse


class Age(NamedTuple):
    """Days a resource has existed, or has ``at_least``.

    ``with_object``: a field made together with its object is as old as any record there, so its youth makes nothing
    look emptier than it is.
    """

    days: int
    at_least: bool = False
    with_object: bool = False

    def young(self, days: int) -> bool:
        """Whether it is known to be younger than that, and than records it could be filled on."""
        return self.days < days and not self.at_least and not self.with_object

    def settled(self, days: int) -> bool:
        """Whether it is known to have had that long to be filled."""
        return self.days >= days or self.with_object


def ages(entries: Iterable[Entry], today: dt.date, renamed: Container[str] = ()) -> dict[str, Age]:
    """By address in the repository, the age of what a ledger knows of.

    What an apply made is exactly as old as that. What it found, or took over under another name
    (``renamed`` holds what has had another), is at least as old.
    """
    found: dict[str, Age] = {}
    runs: dict[str, str] = {}
    for entry in entries:
        if not isinstance(entry.what, HeadsChanged):
            continue
        made = entry.what.batch is not None
        days = (today - dt.datetime.fromisoformat(entry.at).date()).days
        for head in entry.what.set:
            address = head.address or head.native
            if address not in runs:
                new = made and address not in renamed
                runs[address] = entry.run if new else ""
                found[address] = Age(max(days, 0), at_least=not new)
    return {address: age._replace(with_object=_with_object(address, runs)) for address, age in found.items()}


def _with_object(address: str, runs: dict[str, str]) -> bool:
    at, run = parse(address), runs[address]
    return at.kind == "Field" and bool(run) and runs.get(write("Object", at.parent or "")) == run
