"""The jobs of the budget, each beside what it can not be faster than."""

import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import floors, peers, trees
from benchmarks.timing import Figure, paired, python, timed
from crmgov.model.provider import Identity
from crmgov.model.snapshot import Snapshot

OBJECTS, FIELDS = 1000, 100


class Row(NamedTuple):
    """One line of the table. ``budget`` holds in seconds on an idle machine of two processors, ``limit`` for the ratio
    to the floor elsewhere; a budget of 0 leaves the ratio alone to decide.
    """

    job: str
    figure: Figure
    floor: Figure
    limit: float
    budget: float = 0


def start_up() -> Iterator[Row]:
    """``--help`` beside importing click."""
    own, click = paired(python("from crmgov.cli import main; main()", "--help"), python("import click"), runs=15)
    yield Row("crmgov --help", own, click, 1.4)


def planning(folder: Path) -> Iterator[Row]:
    """Cold, warm and one-file-changed validate and plan of 100,000 fields; the live read aside."""
    big, small = folder / "objects", folder / "fields"
    trees.object_files(big, OBJECTS, FIELDS)
    trees.field_files(small, OBJECTS, FIELDS)
    live = _recorded(big)
    _recorded(small)
    floor = timed(python(floors.LIBYAML, str(big / "config")), runs=3)
    yield Row("cold, 100k fields, object files", _plan(big, live, cold=True), floor, 8, 2.5)
    peer = peers.octodns(folder / "octodns", OBJECTS * FIELDS)
    if peer is not None:
        yield Row("the same beside octodns-sync", _plan(big, live, cold=True), peer, 1 / 20)
    yield Row("the same, one processor", _plan(big, live, cold=True, processors="one"), floor, 8, 4.0)
    walk = timed(python(floors.STAT_WALK, str(big / "config")), runs=5)
    yield Row("warm, nothing changed", _plan(big, live, cold=False), walk, 7, 0.4)
    hashed = timed(python(floors.READ_AND_HASH, str(small / "config")), runs=3)
    yield Row("cold, 100k fields, one-field files", _plan(small, live, cold=True), hashed, 10, 7.0)
    yield from _one_file(folder)
    yield from _growth(folder, live)


def _one_file(folder: Path) -> Iterator[Row]:
    tree = folder / "many"
    trees.field_files(tree, 36, 99)
    live = _recorded(tree)
    target = tree / "config/objects/Object0001/fields/Field001.yaml"
    text = target.read_text()
    count = iter(range(1000))

    def change() -> None:
        target.write_text(text.replace("number 1 ", f"number {next(count)} "))

    figure = _plan(tree, live, cold=False, before=change)
    yield Row("one file of 3,600 changed", figure, timed(python(floors.STAT_WALK, str(tree / "config"))), 20, 0.5)


def _growth(folder: Path, live: Path) -> Iterator[Row]:
    half = folder / "half"
    trees.object_files(half, OBJECTS // 2, FIELDS)
    small = _plan(half, _recorded(half), cold=True)
    big = _plan(folder / "objects", live, cold=True)
    yield Row("twice the fields", big, small, 2.2)


def _plan(root: Path, live: Path, *, cold: bool, before: object = None, processors: str = "all") -> Figure:
    """The time of validate and plan without reading the recorded live state and without starting Python."""
    cache = root / ".crmgov"

    def prepare() -> None:
        if cold:
            shutil.rmtree(cache, ignore_errors=True)
        if callable(before):
            before()

    figures = []
    for _ in range(3):
        figure = timed(python(floors.VALIDATE_AND_PLAN, str(root), str(live), processors), runs=1, before=prepare)
        told = json.loads(figure.output.splitlines()[-1])
        figures.append(Figure(told["seconds"] - told["aside"], figure.memory, figure.output))
    return sorted(figures, key=lambda figure: figure.seconds)[1]


def _recorded(root: Path) -> Path:
    """The recorded state, made by a process of its own: memory used here would be counted for every process after."""
    code = "import pathlib, sys; from benchmarks.jobs import record; record(pathlib.Path(sys.argv[1]))"
    timed(python(code, str(root)), runs=1, warm=False)
    return root.parent / f"{root.name}.snapshot"


def record(root: Path) -> None:
    """A recorded live state equal to the tree, so that a plan has everything to compare and nothing to do."""
    from crmgov.load.recorded import recording
    from crmgov.load.tree import load_tree
    from crmgov.providers.sql.provider import SqlProvider

    provider = SqlProvider("sqlite:///.crmgov/bench.db", root=root, kind="sandbox")
    snapshot = provider.normalise(load_tree(root).snapshot).snapshot
    identity = Identity(provider="sql", instance="bench", kind="sandbox")
    path = root.parent / f"{root.name}.snapshot"
    path.write_bytes(recording("bench", identity, "2026-01-01T00:00:00Z", snapshot))
    _applied(root, snapshot, identity)


def _applied(root: Path, snapshot: Snapshot, identity: Identity) -> None:
    """A ledger that says that all of it was applied."""
    from crmgov.ledger.entries import HeadsChanged, SetHead
    from crmgov.ledger.holder import this_process
    from crmgov.ledger.open import open_ledger

    ledger = open_ledger(None, "bench", root)
    holder = this_process("bench")
    ledger.bind(identity)
    ledger.lock(holder)
    heads = tuple(SetHead(native, native, digest, digest) for native, digest in snapshot.digests.items())
    ledger.append([HeadsChanged(set=heads)], dict(_bodies(snapshot)), holder=holder, at="2026-01-01T00:00:00Z")
    ledger.release(holder)
    ledger.close()


def _bodies(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    yield from ((digest, snapshot.bodies[native]) for native, digest in snapshot.digests.items())


def reading(folder: Path, corpora: Path) -> Iterator[Row]:
    """Reading a real Salesforce project, with and without what its ignore rules hide."""
    with tarfile.open(corpora / "northstar.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    project = folder / "northstar"
    for ignored in ("no", "yes"):
        read = python(floors.READ_PROJECT, str(project), ignored)
        figure, floor = paired(read, python(floors.READ_AND_HASH, str(project)), runs=5)
        name = "read northstar" + (", ignored files too" if ignored == "yes" else "")
        yield Row(name, figure, floor, 5, 1.0)
    peer = peers.sf(project, folder / "converted")
    if peer is not None:
        own = timed(python(floors.READ_PROJECT, str(project), "no"), runs=5)
        yield Row("read northstar beside sf convert", own, peer, 1 / 6)
