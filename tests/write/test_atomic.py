"""Files are replaced whole or not at all, and never outside the root."""

import os
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crmgov.write import atomic
from crmgov.write.atomic import WriteError, replace_all, replace_file


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_files_are_made_changed_and_deleted(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_bytes(b"old")
    (tmp_path / "same.yaml").write_bytes(b"same")
    before = (tmp_path / "same.yaml").stat().st_mtime_ns
    changed = replace_all(tmp_path, {"a/b/new.yaml": b"new", "old.yaml": None, "same.yaml": b"same", "gone.yaml": None})
    assert sorted(changed) == ["a/b/new.yaml", "old.yaml"]
    assert tree(tmp_path) == {"a/b/new.yaml": b"new", "same.yaml": b"same"}
    assert (tmp_path / "same.yaml").stat().st_mtime_ns == before


@pytest.mark.parametrize("path", ["../out.yaml", "/tmp/out.yaml", "a/../../out.yaml", "", "a\\..\\b", "a\0b"])
def test_a_path_that_leads_out_writes_nothing(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    with pytest.raises(WriteError) as caught:
        replace_all(root, {"a.yaml": b"a", path: b"x"})
    assert caught.value.diagnostic.code == "WRITE001"
    assert tree(tmp_path) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_plain_file_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace_file(pipe, b"told")
        assert (os.read(reader, 10), stat.S_ISFIFO(pipe.lstat().st_mode)) == (b"told", True)
    finally:
        os.close(reader)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        with pytest.raises(WriteError) as caught:
            replace_file(tmp_path / "s", b"told")
        assert "no plain file" in caught.value.diagnostic.message
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_links_are_never_written_through(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.yaml").write_bytes(b"outside")
    root = tmp_path / "root"
    root.mkdir()
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "file.yaml").symlink_to(tmp_path / "outside" / "x.yaml")
    for path in ("folder/x.yaml", "file.yaml"):
        with pytest.raises(WriteError) as caught:
            replace_all(root, {"first.yaml": b"1", path: b"new"})
        assert caught.value.diagnostic.code == "WRITE001"
    assert (tmp_path / "outside" / "x.yaml").read_bytes() == b"outside"
    assert not (root / "first.yaml").exists()


def test_when_one_of_several_cannot_be_written_all_are_as_before(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"old a")
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(WriteError) as caught:
        replace_all(tmp_path, {"a.yaml": b"new a", "b.yaml": b"new b", "folder.yaml": b"x"})
    assert caught.value.diagnostic.code == "WRITE002"
    assert "folder.yaml" in caught.value.diagnostic.message
    assert tree(tmp_path) == {"a.yaml": b"old a"}


def test_a_failure_between_two_renames_puts_the_first_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_bytes(b"old a")
    real = atomic._rename
    done: list[Path] = []

    def failing(staged: Path, target: Path) -> None:
        if target.name == "c.yaml":
            raise OSError(28, "No space left on device")
        done.append(target)
        real(staged, target)

    monkeypatch.setattr(atomic, "_rename", failing)
    with pytest.raises(WriteError, match="No space left"):
        replace_all(tmp_path, {"a.yaml": b"new a", "b.yaml": b"new b", "c.yaml": b"new c"})
    assert [path.name for path in done[:2]] == ["a.yaml", "b.yaml"]
    left = {name: data for name, data in tree(tmp_path).items() if not name.endswith(".tmp")}
    assert left == {"a.yaml": b"old a"}


def test_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.sh"
    path.write_bytes(b"old")
    path.chmod(0o750)
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o750


def test_a_file_named_by_a_person_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    replace_file(tmp_path / "link", b"new")
    assert (tmp_path / "real").read_bytes() == b"new"
    assert (tmp_path / "link").is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_file_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as threads:
        read = threads.submit(pipe.read_bytes)
        replace_file(pipe, b"told")
        assert read.result() == b"told"
    assert pipe.is_fifo()
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]


def test_a_folder_that_is_not_there_cannot_be_written_to_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"file")
    with pytest.raises(WriteError) as caught:
        replace_all(tmp_path, {"a/b.yaml": b"x"})
    assert caught.value.diagnostic.code == "WRITE002"
