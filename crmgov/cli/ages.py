"""How long what is configured has existed: by the ledger, and by git."""

import datetime as dt
from collections.abc import Container, Iterable
from contextlib import closing

from crmgov.audit.ages import Age
from crmgov.cli.workspace import Workspace
from crmgov.ledger.entries import Entry, HeadsChanged
from crmgov.ledger.errors import LedgerError
from crmgov.model.address import address as write
from crmgov.model.address import parse
from crmgov.model.provider import ProviderError


def known_ages(workspace: Workspace, environment: str | None, today: dt.date, days: int) -> dict[str, Age]:
    """By address, the age of everything whose age can be told: whatever the ledger recorded, and at least ``days``
    of what a commit that old holds already.
    """
    found = dict.fromkeys(_in_git(workspace, today - dt.timedelta(days=days)), Age(days, at_least=True))
    if environment is None:
        return found
    for address, age in _in_ledger(workspace, environment, today).items():
        known = found.get(address)
        # A document may be older than the thing it describes: only an apply makes that.
        if known is None or not age.at_least or age.days > known.days:
            found[address] = age
    return found


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


def _in_ledger(workspace: Workspace, environment: str, today: dt.date) -> dict[str, Age]:
    try:
        with closing(workspace.ledger(environment)) as ledger:
            snapshot = workspace.loaded.snapshot
            renamed = {address for address, data in snapshot.bodies.items() if b'"renamed_from"' in data}
            return ages(ledger.entries(), today, renamed)
    except LedgerError:
        return {}


def _in_git(workspace: Workspace, day: dt.date) -> list[str]:
    """The addresses that the newest commit before a day holds."""
    from crmgov.load.commits import FILE, Repository
    from crmgov.load.files import FOLDERS, MOST_BYTES
    from crmgov.load.revision import is_yaml, read_revision

    try:
        repository = Repository(workspace.root)
        revision = repository.before(day.isoformat())
        if revision is None:
            return []
        folders = tuple(f"{repository.prefix}{folder}/" for folder in FOLDERS)
        held = repository.listing(revision)
        files = {
            path: entry for path, entry in held.items()
            if entry.kind == FILE and path.startswith(folders) and is_yaml(path)
        }  # fmt: skip
        with closing(repository.blobs([entry.oid for entry in files.values()], MOST_BYTES)) as blobs:
            texts = ((path, repository.data(path, entry, blobs, MOST_BYTES)) for path, entry in files.items())
            return list(read_revision(revision.title, texts).snapshot)
    except (ProviderError, OSError):
        return []
