"""Exported values whose time is over are removed, and the ledger says so."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from crmgov.apply import codes
from crmgov.apply.places import NoPlace
from crmgov.apply.session import Session
from crmgov.ledger.entries import Entry, ExportPurged, ExportRecorded
from crmgov.model.diagnostics import of
from crmgov.model.kinds.environments import Exports


def purge(session: Session) -> list[ExportPurged]:
    """Remove the files that the environment's ``retention_days`` no longer covers; what is to be recorded of each.

    A file that is gone already is recorded too: a run that was killed between the two has removed it. What cannot be
    removed is told and left for the next run.
    """
    exports, place = session.spec.exports, session.place
    days = exports.retention_days if isinstance(exports, Exports) else None
    if not isinstance(days, int) or isinstance(place, NoPlace):
        return []
    purged = []
    for entry, export in _kept(session):
        if datetime.fromisoformat(entry.at) + timedelta(days=days) > session.now:
            continue
        try:
            found = _removed(place.root, export.file)
        except OSError as error:
            message = f"{export.file} should be gone after {days} days: {error.strerror or error}"
            session.problems.append(of(codes.NOT_PURGED, message))
            continue
        purged.append(ExportPurged(file=export.file, digest=export.digest, found=found))
    return purged


def _kept(session: Session) -> Iterator[tuple[Entry, ExportRecorded]]:
    """All exports that were not purged yet."""
    entries = list(session.ledger.entries())
    gone = {entry.what.file for entry in entries if isinstance(entry.what, ExportPurged)}
    for entry in entries:
        if isinstance(entry.what, ExportRecorded) and entry.what.file not in gone:
            yield entry, entry.what


def _removed(root: Path, file: str) -> bool:
    """Remove a file below the root; whether it was there. Raises OSError."""
    path = root / file
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise OSError("a link leads out of the repository")
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True
