"""Runs a reader over a case of bad input and compares what it says with the golden text.

A case is a folder ``tests/bad_input/GROUP/CASE`` with ``expected.txt`` and either ``input/`` or a builder of the same name
(for what is too large, too odd or too fragile to be kept in git). A reader is any callable that takes the folder of the
input and gives lines of text. ``CRMGOV_GOLDEN=write pytest tests/bad_input`` writes the golden texts anew.
"""

import os
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
Reader = Callable[[Path], Iterable[str]]
Builder = Callable[[Path], None]
_HANG_SECONDS = 60
_IGNORED = (".crmgov",)


def cases(group: str, builders: Mapping[str, Builder]) -> list[str]:
    """Names of all cases of a group, kept or built."""
    kept = {path.name for path in (HERE / group).iterdir() if path.is_dir() and not path.name.startswith("_")}
    return sorted(kept | set(builders))


def check(group: str, case: str, builders: Mapping[str, Builder], reader: Reader, tmp_path: Path) -> None:
    """Run one case: the words are the golden ones, nothing hangs, nothing but the cache is written."""
    folder = HERE / group / case
    root = tmp_path / "repository"
    if case in builders:
        root.mkdir()
        builders[case](root)
    else:
        shutil.copytree(folder / "input", root, symlinks=True)
    outside = tmp_path / "outside"
    outside.mkdir(exist_ok=True)
    before = _listing(tmp_path)
    with _no_hang():
        lines = [line.rstrip() for line in reader(root)]
    assert _listing(tmp_path) == before, "something was written"
    told = "".join(f"{line}\n" for line in lines)
    golden = folder / "expected.txt"
    if os.environ.get("CRMGOV_GOLDEN") == "write":
        folder.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8", newline="\n")
    assert told == golden.read_text(encoding="utf-8")


def _listing(top: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in _walk(top) if not path.is_dir()}


def _walk(top: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if name not in _IGNORED]
        yield from (Path(folder, name) for name in files + folders)


@contextmanager
def _no_hang() -> Iterator[None]:
    def stop(_signal: int, _frame: object) -> None:
        raise AssertionError(f"still running after {_HANG_SECONDS} seconds")

    old = signal.signal(signal.SIGALRM, stop)
    signal.alarm(_HANG_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)
