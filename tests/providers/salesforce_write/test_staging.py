import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce import staging

BEFORE: dict[str, bytes] = {"a/one": b"1", "a/two": b"2", "a/b/three": b"3", "keep": b"k"}
AFTER: dict[str, bytes | None] = {
    "a/one": b"one",
    "a/two": None,
    "a/b/three": None,
    "new/deep/four": b"4",
    "five": b"5",
}
EXPECTED = {"a/one": b"one", "new/deep/four": b"4", "five": b"5", "keep": b"k"}


def lay(root: Path) -> None:
    for path, data in BEFORE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def held(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def folders(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_dir()}


def prepared(root: Path) -> staging.Handle:
    return staging.stage(root, "r1-0", dict(BEFORE), AFTER)


def test_a_batch_takes_effect_as_a_whole(tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / "a/one").chmod(0o640)
    handle = staging.decode(staging.encode(prepared(tmp_path)))
    assert {path: data for path, data in held(tmp_path).items() if not path.startswith(".crmgov")} == BEFORE
    assert staging.progress(tmp_path, handle) == "none"
    staging.finish(tmp_path, handle)
    assert held(tmp_path) == EXPECTED
    assert folders(tmp_path) == {"a", "new", "new/deep"}
    assert (tmp_path / "a/one").stat().st_mode & 0o777 == 0o640
    assert staging.progress(tmp_path, handle) == "all"
    staging.finish(tmp_path, handle)
    assert held(tmp_path) == EXPECTED


def killed_at(step: int, root: Path, work: Callable[[], object]) -> bool:
    """Run in a child process that dies by SIGKILL before its n-th call that touches the disk; whether it died."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    count = 0

    def hooked(function: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            nonlocal count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **more)

        return call

    for name in ("replace", "unlink", "mkdir", "rmdir", "rename", "fsync", "open"):
        setattr(os, name, hooked(getattr(os, name)))
    try:
        work()
    finally:
        os._exit(0)
    return False


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_anywhere_it_is_finished_from_the_handle(tmp_path: Path) -> None:
    seen = set()
    for step in range(1, 500):
        root = tmp_path / str(step)
        root.mkdir()
        lay(root)
        handle = prepared(root)
        died = killed_at(step, root, lambda root=root, handle=handle: staging.finish(root, handle))
        now = held(root)
        for change in handle.changes:
            assert now.get(change.path) in (BEFORE.get(change.path), AFTER[change.path])
        seen.add(staging.progress(root, handle))
        staging.finish(root, handle)
        assert held(root) == EXPECTED
        assert folders(root) == {"a", "new", "new/deep"}
        if not died:
            break
    assert seen == {"none", "some", "all"}
    assert step > 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_while_staging_nothing_took_effect(tmp_path: Path) -> None:
    for step in range(1, 500):
        root = tmp_path / str(step)
        root.mkdir()
        lay(root)
        died = killed_at(step, root, lambda root=root: prepared(root))
        staging.discard(root, ".crmgov/stage/r1-0")
        assert held(root) == BEFORE
        assert not (root / ".crmgov").exists()
        if not died:
            break
    assert step > 10


@pytest.mark.parametrize("path", ["a/one", "a/two", "five"])
def test_a_file_that_changed_meanwhile_stops_everything(tmp_path: Path, path: str) -> None:
    lay(tmp_path)
    handle = prepared(tmp_path)
    (tmp_path / path).write_bytes(b"by hand")
    before = held(tmp_path)
    with pytest.raises(ProviderError, match=path):
        staging.finish(tmp_path, handle)
    assert held(tmp_path) == before
    with pytest.raises(ProviderError, match=path):
        staging.stage(tmp_path, "r2-0", dict(BEFORE), AFTER)


def test_lost_prepared_files_are_told(tmp_path: Path) -> None:
    lay(tmp_path)
    handle = prepared(tmp_path)
    (tmp_path / ".crmgov/stage/r1-0/1").write_bytes(b"torn")
    with pytest.raises(ProviderError) as caught:
        staging.finish(tmp_path, handle)
    assert caught.value.diagnostic.code == "SFWRITE005"
    assert held(tmp_path)["a/one"] == b"1"


@pytest.mark.parametrize("path", ["../out", "/etc/out", "a/../../out", "a//b", "a/./b", "a\\b", "", "a\x00b"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    with pytest.raises(ProviderError) as caught:
        staging.stage(root, "r1-0", {}, {path: b"x"})
    assert caught.value.diagnostic.code == "SFWRITE002"
    assert held(tmp_path) == {}


@pytest.mark.parametrize("path", ["link/file", "linked", "a/one"])
def test_links_are_not_followed(tmp_path: Path, path: str) -> None:
    root, out = tmp_path / "project", tmp_path / "out"
    out.mkdir()
    (out / "file").write_bytes(b"mine")
    root.mkdir()
    (root / "link").symlink_to(out)
    (root / "linked").symlink_to(out / "file")
    (root / "a").symlink_to(out)
    with pytest.raises(ProviderError) as caught:
        staging.stage(root, "r1-0", {path: b"mine"}, {path: b"x"})
    assert caught.value.diagnostic.code == "SFWRITE002"
    assert held(out) == {"file": b"mine"}


def test_a_link_put_there_after_staging_is_not_followed(tmp_path: Path) -> None:
    root, out = tmp_path / "project", tmp_path / "out"
    out.mkdir()
    root.mkdir()
    lay(root)
    handle = prepared(root)
    (root / "new").symlink_to(out)
    with pytest.raises(ProviderError):
        staging.finish(root, handle)
    assert held(out) == {}


@pytest.mark.parametrize(
    "after",
    [{"A/new": b"x"}, {"a/ONE": b"x"}, {"n/new": b"x", "N/other": b"y"}, {"new": b"x", "NEW": b"y"}],
)
def test_names_that_differ_only_in_case_are_refused(tmp_path: Path, after: dict[str, bytes]) -> None:
    lay(tmp_path)
    with pytest.raises(ProviderError) as caught:
        staging.stage(tmp_path, "r1-0", {}, after)
    assert caught.value.diagnostic.code == "SFWRITE003"
    assert held(tmp_path) == BEFORE


def test_a_refusing_system_is_told_without_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ProviderError, match="No space left"):
        prepared(tmp_path)
    assert {path for path in held(tmp_path) if not path.startswith(".crmgov")} == set(BEFORE)
