"""The cache changes how long loading takes, and nothing else."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.load import memory, parallel, sealed, tree
from crmgov.load.loaded import Loaded
from crmgov.load.tree import load_tree

CACHE = ".crmgov/cache/tree.bin"


@pytest.fixture(autouse=True)
def settled_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled at once, so that their stat is trusted without waiting two seconds."""
    monkeypatch.setattr(memory, "_RACY_NS", -(10**15))


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The files read by each load that read any."""
    calls: list[list[str]] = []
    real = tree._parse

    def spy(root: str, files: dict[str, object], known: dict[str, str]) -> object:
        calls.append(list(files))
        return real(root, files, known)  # type: ignore[arg-type]

    monkeypatch.setattr(tree, "_parse", spy)
    return calls


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for number in range(5):
        write(tmp_path, f"config/r{number}.yaml", f"kind: Role\nname: R{number}\nlabel: Role {number}\n")
    return tmp_path


def same(one: Loaded, other: Loaded) -> None:
    assert dict(one.snapshot.digests) == dict(other.snapshot.digests)
    assert list(one.snapshot) == list(other.snapshot)
    assert dict(one.snapshot.bodies) == dict(other.snapshot.bodies)
    assert dict(one.snapshot.places) == dict(other.snapshot.places)
    assert one.snapshot.coverage == other.snapshot.coverage
    assert dict(one.snapshot.blobs) == dict(other.snapshot.blobs)
    assert one.diagnostics == other.diagnostics
    assert (one.broken, one.tree_digest) == (other.broken, other.tree_digest)


def test_nothing_is_read_where_nothing_changed(root: Path, parses: list[list[str]]) -> None:
    load_tree(root)
    parses.clear()
    same(load_tree(root), load_tree(root, cache=False))
    assert parses == [[f"config/r{number}.yaml" for number in range(5)]], "only the load without a cache reads"


def test_only_the_changed_file_is_read(root: Path, parses: list[list[str]]) -> None:
    load_tree(root)
    write(root, "config/r3.yaml", "kind: Role\nname: R3\nlabel: Another\n")
    write(root, "config/a0.yaml", "kind: Role\nname: New\n")
    (root / "config/r1.yaml").unlink()
    parses.clear()
    loaded = load_tree(root)
    assert parses == [["config/a0.yaml", "config/r3.yaml"]]
    same(loaded, load_tree(root, cache=False))


def test_equal_size_and_time_do_not_hide_a_change(root: Path) -> None:
    load_tree(root)
    path = root / "config/r2.yaml"
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("Role 2", "Rule 2"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert load_tree(root).snapshot.body("Role/R2")["label"] == "Rule 2"


def test_a_file_written_in_the_tick_it_was_read_in_is_read_again(
    root: Path, parses: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_RACY_NS", 10**15)
    load_tree(root)
    parses.clear()
    load_tree(root)
    assert parses == [[f"config/r{number}.yaml" for number in range(5)]]


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    moment = path.stat().st_mtime_ns
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(moment, moment))


def _cut(path: Path) -> None:
    moment = path.stat().st_mtime_ns
    path.write_bytes(path.read_bytes()[:-7])
    os.utime(path, ns=(moment, moment))


def _copied_in(path: Path) -> None:
    """As a checkout would bring it: the same bytes, at a time of its own."""
    path.write_bytes(path.read_bytes())


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _linked(path: Path) -> None:
    path.rename(path.with_suffix(".other"))
    path.symlink_to(path.with_suffix(".other").name)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [_flip, _cut, _copied_in, _empty, _linked, _folder, Path.unlink])
def test_a_cache_that_is_not_whole_or_not_ours_is_not_used(
    root: Path, parses: list[list[str]], damage: Callable[[Path], None]
) -> None:
    first = load_tree(root)
    damage(root / CACHE)
    parses.clear()
    same(load_tree(root), first)
    assert parses == [[f"config/r{number}.yaml" for number in range(5)]]


def test_every_single_bit_is_covered(tmp_path: Path) -> None:
    folder = sealed.Folder(str(tmp_path))
    folder.write("x.bin", b"content")
    path = tmp_path / ".crmgov/cache/x.bin"
    data, moment = path.read_bytes(), path.stat().st_mtime_ns
    assert bytes(folder.read("x.bin") or b"") == b"content"
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        os.utime(path, ns=(moment, moment))
        assert folder.read("x.bin") is None


def test_another_version_of_the_tool_starts_afresh(
    root: Path, parses: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_tree(root)
    monkeypatch.setattr(sealed, "fingerprint", lambda: b"another version.")
    parses.clear()
    load_tree(root)
    assert len(parses) == 1


def test_a_linked_cache_folder_is_left_alone(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / ".crmgov").symlink_to(outside)
    same(load_tree(root), load_tree(root, cache=False))
    assert list(outside.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_trouble(root: Path) -> None:
    (root / ".crmgov").write_text("a file", encoding="utf-8")
    same(load_tree(root), load_tree(root, cache=False))
    assert (root / ".crmgov").read_text(encoding="utf-8") == "a file"


def test_no_cache_means_nothing_is_written(root: Path) -> None:
    load_tree(root, cache=False)
    assert not (root / ".crmgov").exists()


def test_git_never_sees_the_cache(root: Path) -> None:
    load_tree(root)
    assert (root / ".crmgov/cache/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_leavings_of_a_dead_process_are_cleared(root: Path) -> None:
    load_tree(root)
    old, new = root / ".crmgov/cache/tmp-old", root / ".crmgov/cache/tmp-new"
    old.touch()
    new.touch()
    os.utime(old, (1, 1))
    write(root, "config/r9.yaml", "kind: Role\nname: R9\n")
    load_tree(root)
    assert not old.exists()
    assert new.exists()


def test_what_others_store_is_kept_by_key(root: Path) -> None:
    loaded = load_tree(root)
    assert loaded.cached("verdict", "one") is None
    loaded.store("verdict", "one", b"fine")
    assert load_tree(root).cached("verdict", "one") == b"fine"
    assert loaded.cached("verdict", "on") is None
    assert loaded.cached("verdict", "two") is None
    loaded.store("verdict", "two", b"")
    assert loaded.cached("verdict", "one") is None
    assert loaded.cached("verdict", "two") == b""
    with pytest.raises(ValueError, match="cannot name"):
        loaded.store("../verdict", "two", b"")
    with pytest.raises(ValueError, match="cannot name"):
        loaded.store("tree", "two", b"")


TEXTS = st.sampled_from(
    [
        "kind: Role\nname: A\n", "kind: Role\nname: a\n", "kind: Role\nname: B\nlable: x\n", "kind: Role\nname: 'x\n",
        "kind: Object\nname: O\nfields: {F: {type: text}, G: {type: email}}\n", "", "# empty\n", "name: C\n",
        "kind: Field\nname: F\nobject: O\n---\nkind: Role\nname: D\n---\nkind: Role\nname: A\n",
    ]
)  # fmt: skip
EDITS = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "sub/c", "sub/d", "e"]), TEXTS | st.none(), min_size=1, max_size=5),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(EDITS)
def test_after_any_edits_it_says_what_a_fresh_load_says(tmp_path: Path, rounds: list[dict[str, str | None]]) -> None:
    root = tmp_path / "tree"
    shutil.rmtree(root, ignore_errors=True)
    (root / "config").mkdir(parents=True)
    for edits in rounds:
        for name, text in edits.items():
            path = root / f"config/{name}.yaml"
            if text is None:
                path.unlink(missing_ok=True)
            else:
                write(root, f"config/{name}.yaml", text)
        same(load_tree(root), load_tree(root, cache=False))


@pytest.mark.parametrize("count", [2, 3])
def test_several_processes_read_the_same(root: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    write(root, "config/o.yaml", "kind: Object\nname: O\nfields: {F: {type: text}}\nlable: x\n")
    one = load_tree(root, cache=False)
    monkeypatch.setattr(parallel, "_WORTH_BYTES", 1)
    monkeypatch.setattr(parallel, "processors", lambda: count)
    same(load_tree(root, cache=False), one)


def test_a_helper_that_dies_is_made_up_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = load_tree(root, cache=False)
    monkeypatch.setattr(parallel, "_WORTH_BYTES", 1)
    monkeypatch.setattr(parallel, "processors", lambda: 2)
    monkeypatch.setattr(parallel, "_sent", lambda result: os._exit(9))
    same(load_tree(root, cache=False), one)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(1, 5))
def test_shares_are_neighbours_and_complete(weights: list[int], count: int) -> None:
    names = [str(number) for number in range(len(weights))]
    shares = parallel.split(names, weights, count)
    assert len(shares) == count
    assert [name for share in shares for name in share] == names


@pytest.mark.parametrize(("file", "counts"), [("schema/run.py", True), ("crm.txt", True), ("a.cpython-311.pyc", False)])
def test_the_cache_is_of_the_tool_with_all_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, counts: bool
) -> None:
    monkeypatch.setattr(sealed, "__file__", str(tmp_path / "load/sealed.py"))
    (tmp_path / "schema").mkdir()
    (tmp_path / file).write_text("one")
    before = sealed.fingerprint.__wrapped__()
    (tmp_path / file).write_text("another")
    assert (sealed.fingerprint.__wrapped__() != before) is counts
