"""A repository's YAML as a snapshot, with the place of every value."""

from itertools import accumulate
from pathlib import Path

from crmgov.load.bodies import body_file
from crmgov.load.clashes import clashes
from crmgov.load.files import find
from crmgov.load.loaded import Loaded
from crmgov.load.overlays import apply_overlays
from crmgov.load.reading import read
from crmgov.load.table import Part, Unread
from crmgov.load.told import unpacked
from crmgov.load.view import Bodies, Places
from crmgov.model.canonical import digest_of
from crmgov.model.diagnostics import Diagnostic, has_errors
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import Coverage, Gap, Snapshot

__all__ = ["Loaded", "load_tree"]


def load_tree(root: Path, *, cache: bool = True, environment: str | None = None) -> Loaded:
    """Read everything below config/ and environments/.

    ``cache`` allows ``.crmgov/cache/`` to be read and written. With ``environment``, the snapshot is what that
    environment should hold: its overlays are applied. Never raises for what the tree holds.
    """
    place = str(root.resolve())
    listing = find(Path(place))
    part = read(place, list(listing.files), {}).part
    problems = list(listing.problems)
    marks = dict(zip(part.table.files, part.table.marks, strict=True))
    snapshot, told, body_marks = _snapshot(place, part)
    problems += told
    digest = digest_of([sorted(marks.items()), sorted(body_marks.items())])
    if environment is not None:
        snapshot, told = apply_overlays(snapshot, environment)
        problems += told
    return Loaded(
        root=place,
        snapshot=snapshot,
        diagnostics=problems,
        broken=has_errors(problems),
        tree_digest=digest,
        marks=marks,
    )


def _snapshot(root: str, part: Part) -> tuple[Snapshot, list[Diagnostic], dict[str, str]]:
    table = part.table
    problems: list[Diagnostic] = []
    gaps: list[Gap] = []
    blobs: dict[str, bytes] = {}
    marks: dict[str, str] = {}
    for file, notes in table.notes.items():
        problems.extend(unpacked(problem) for problem in notes.problems)
        for ref in notes.body_files:
            mark, data, told = body_file(root, file, ref)
            problems.extend(told)
            marks[f"{file}: {ref.path}"] = mark
            if data is not None:
                blobs[mark] = data
        gaps.extend(_gap(file, unread) for unread in notes.unread)
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    for row, address in enumerate(table.addresses):
        if rows.setdefault(address, row) == row:
            digests[address] = table.digests[row]
    places = Places(rows, table.files, table.documents, table.inlines, list(accumulate(table.counts)))
    problems += clashes(table.addresses, rows, lambda row: places.at(table.addresses[row], row))
    snapshot = Snapshot(
        "repository", digests, Bodies(rows, list(accumulate(table.lengths)), part.data),
        coverage=Coverage(kinds=frozenset(KINDS), gaps=tuple(gaps)), places=places, blobs=blobs,
    )  # fmt: skip
    return snapshot, problems, marks


def _gap(file: str, unread: Unread) -> Gap:
    reason = f"{file} could not be read whole"
    return Gap(status="partial", reason=reason, kind=unread.kind or None, parent=unread.parent or None)
