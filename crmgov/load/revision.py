"""The YAML files of one revision as a snapshot, from their bytes."""

from collections.abc import Iterable
from itertools import accumulate

import msgspec

from crmgov.load.clashes import clashes
from crmgov.load.documents import Gathered, read_documents
from crmgov.load.files import ENDINGS
from crmgov.load.positions import Positions
from crmgov.load.table import Table
from crmgov.load.told import unpacked
from crmgov.load.view import Bodies, Places
from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Diagnostic, Place, Related, Where, of
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import Coverage, Gap, Snapshot


class Revised(msgspec.Struct, frozen=True, kw_only=True):
    """The resources of some files of a revision, and the files that hold a mistake; ``twice`` are addresses that are
    described several times.
    """

    snapshot: Snapshot
    problems: list[Diagnostic]
    broken: frozenset[str]
    twice: frozenset[str]


def is_yaml(path: str) -> bool:
    """Whether a file of this name is loaded at all."""
    return path.endswith(ENDINGS)


def read_revision(name: str, files: Iterable[tuple[str, bytes | OSError]]) -> Revised:
    """Read files of a revision, given by path with their bytes or why there are none; problems are told with lines."""
    gathered, table = Gathered(), Table()
    problems: list[Diagnostic] = []
    gaps: list[Gap] = []
    broken: set[str] = set()
    for file, data in files:
        before = len(gathered.addresses)
        if isinstance(data, OSError):
            told = of("FILE001", f"{file} cannot be read: {data.strerror or data}", at=Place(file))
            notes, found = None, [told]
            gaps.append(_gap(file, "", ""))
        else:
            notes = read_documents(file, data, gathered)
            found = [] if notes is None else [unpacked(problem) for problem in notes.problems]
            found = _placed(found, file, data)
        problems += found
        if any(problem.severity == "error" for problem in found):
            broken.add(file)
        if notes is not None:
            gaps += [_gap(file, unread.kind, unread.parent) for unread in notes.unread]
        table.files.append(file)
        table.marks.append("" if isinstance(data, OSError) else digest(data))
        table.counts.append(len(gathered.addresses) - before)
    gathered.into(table)
    rows: dict[str, int] = {}
    for row, address in enumerate(table.addresses):
        rows.setdefault(address, row)
    places = Places(rows, table)
    clashing = clashes(table.addresses, rows, lambda row: places.at(table.addresses[row], row))
    snapshot = Snapshot(
        name,
        {address: table.digests[row] for address, row in rows.items()},
        Bodies(rows, list(accumulate(table.lengths)), b"".join(gathered.data)),
        coverage=Coverage(kinds=frozenset(KINDS), gaps=tuple(gaps)),
        places=places,
    )
    return Revised(
        snapshot=snapshot,
        problems=[*problems, *map(_file_only, clashing)],
        broken=frozenset(broken),
        twice=frozenset(problem.address for problem in clashing),
    )


def _gap(file: str, kind: str, parent: str) -> Gap:
    return Gap(status="partial", reason=f"{file} could not be read whole", kind=kind or None, parent=parent or None)


def _placed(problems: list[Diagnostic], file: str, data: bytes) -> list[Diagnostic]:
    """Problems of one file with their lines, found while its bytes are at hand."""
    if not problems:
        return []
    positions = Positions(file, data)
    replace = msgspec.structs.replace
    return [
        replace(problem, at=positions.place(problem.at)) if isinstance(problem.at, Where) else problem
        for problem in problems
    ]


def _file_only(problem: Diagnostic) -> Diagnostic:
    """A problem between two files, by their names."""
    at = None if problem.at is None else Place(problem.at.file)
    related = tuple(Related(one.label, Place(one.at.file)) for one in problem.related)
    return msgspec.structs.replace(problem, at=at, related=related)
