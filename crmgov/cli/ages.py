"""How long what is configured has existed: by the ledger, and by git."""

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import closing
from functools import cache

import msgspec

from crmgov.audit.ages import Age
from crmgov.cli.workspace import Workspace
from crmgov.ledger.entries import Entry, HeadsChanged, RunOpened
from crmgov.ledger.errors import LedgerError
from crmgov.ledger.protocol import Ledger
from crmgov.model.address import address as write
from crmgov.model.address import parse
from crmgov.model.provider import ProviderError

Made = Callable[[str, int], Container[str]]
"""By run and batch: the native addresses of what the batch made, rather than changed."""


def known_ages(workspace: Workspace, environment: str | None, today: dt.date, days: int) -> dict[str, Age]:
    """By address, the age of everything whose age can be told: whatever the ledger recorded, and at least ``days``
    of what a commit that old holds already. Nothing where there is a ledger that cannot be read: a document may be
    older than the thing it describes.
    """
    recorded = _in_ledger(workspace, environment, today) if environment is not None else {}
    if recorded is None:
        return {}
    found = dict.fromkeys(_in_git(workspace, today - dt.timedelta(days=days)), Age(days, at_least=True))
    for address, age in recorded.items():
        known = found.get(address)
        # A document may be older than the thing it describes: only an apply makes that.
        if known is None or not age.at_least or age.days > known.days:
            found[address] = age
    return found


def told_ages(made: Mapping[str, dt.date], today: dt.date) -> dict[str, Age]:
    """By address, the age of what the CRM itself says the day of, whatever is recorded elsewhere."""
    return {
        address: Age(max((today - day).days, 0), with_object=_first_day(address, made)) for address, day in made.items()
    }


def _first_day(address: str, made: Mapping[str, dt.date]) -> bool:
    """Whether a field was made on its object's own first day."""
    at = parse(address)
    return at.kind == "Field" and made.get(write("Object", at.parent or "")) == made[address]


def ages(entries: Iterable[Entry], today: dt.date, made: Made, renamed: Container[str] = ()) -> dict[str, Age]:
    """By address in the repository, the age of what a ledger knows of.

    What an apply made is exactly as old as that, and no older for having been there before, once it was removed. What
    it found, changed, or took over under another name (``renamed`` holds what has had another), is at least as old.
    """
    found: dict[str, Age] = {}
    runs: dict[str, str] = {}
    natives: dict[str, str] = {}
    for entry in entries:
        what = entry.what
        if not isinstance(what, HeadsChanged):
            continue
        for native in what.drop:
            gone = natives.pop(native, native)
            found.pop(gone, None)
            runs.pop(gone, None)
        days = (today - dt.datetime.fromisoformat(entry.at).date()).days
        for head in what.set:
            address = natives[head.native] = head.address or head.native
            if address not in runs:
                new = what.batch is not None and address not in renamed and head.native in made(entry.run, what.batch)
                runs[address] = entry.run if new else ""
                found[address] = Age(max(days, 0), at_least=not new)
    return {address: age._replace(with_object=_with_object(address, runs)) for address, age in found.items()}


def _with_object(address: str, runs: dict[str, str]) -> bool:
    at, run = parse(address), runs[address]
    return at.kind == "Field" and bool(run) and runs.get(write("Object", at.parent or "")) == run


def _in_ledger(workspace: Workspace, environment: str, today: dt.date) -> dict[str, Age] | None:
    """None where the ledger cannot be read."""
    try:
        with closing(workspace.ledger(environment)) as ledger:
            snapshot = workspace.loaded.snapshot
            renamed = {address for address, data in snapshot.bodies.items() if b'"renamed_from"' in data}
            entries = list(ledger.entries())
            return ages(entries, today, _made(ledger, entries), renamed)
    except (LedgerError, KeyError, msgspec.MsgspecError):
        return None


class _Step(msgspec.Struct):
    action: str
    address: str


class _Batch(msgspec.Struct):
    operations: tuple[_Step, ...] = ()


def _made(ledger: Ledger, entries: Iterable[Entry]) -> Made:
    """Looks into a run's batches as the ledger keeps them, each once."""
    batches = {entry.run: entry.what.batches for entry in entries if isinstance(entry.what, RunOpened)}

    @cache
    def made(run: str, batch: int) -> frozenset[str]:
        steps = msgspec.json.decode(ledger.body(batches[run][batch]), type=_Batch).operations
        return frozenset(step.address for step in steps if step.action in ("add", "replace"))

    return made


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
