"""Findings are taken from the last run only where nothing changed since."""

import os
from pathlib import Path

import pytest

from crmgov.cli import remembered
from crmgov.cli.remembered import Found
from crmgov.model.diagnostics import Diagnostic


class Work:
    """Something that finds how many lines a project's file has, and counts how often it was asked."""

    def __init__(self, root: Path) -> None:
        self.root, self.project, self.asked = root, root / "app", 0

    def ask(self, more: object = "today") -> int:
        """The lines, from this run or an earlier one."""
        return int(remembered.remembered(self.root, self.project, more, self._find).counted)

    def _find(self) -> Found:
        self.asked += 1
        lines = (self.project / "a.xml").read_text().count("\n")
        return Found([Diagnostic(code="DOC001", message="something")], str(lines))


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    """A project in a repository; files count as old at once."""
    monkeypatch.setattr(remembered, "_RACY_NS", -3_600_000_000_000)
    (tmp_path / ".git").mkdir()
    (tmp_path / "app/deep").mkdir(parents=True)
    (tmp_path / "app/a.xml").write_text("one\n")
    (tmp_path / "app/deep/b.xml").write_text("b")
    return Work(tmp_path)


def test_what_did_not_change_is_not_looked_at_again(work: Work) -> None:
    assert [work.ask(), work.ask(), work.asked] == [1, 1, 1]


def test_names_that_are_no_text_are_names_all_the_same(work: Work) -> None:
    (work.project / os.fsdecode(b"\xff.xml")).write_text("x")
    assert [work.ask(), work.ask(), work.asked] == [1, 1, 1]


def test_what_tells_of_such_a_name_is_not_kept_and_not_lost(work: Work) -> None:
    found = Found([Diagnostic(code="DOC001", message=os.fsdecode(b"\xff.xml"))], "1")
    for _ in range(2):
        assert remembered.remembered(work.root, work.project, "", lambda: found) == found


@pytest.mark.parametrize("change", ["content", "new", "gone", "renamed", "more"])
def test_any_change_is_seen(work: Work, change: str) -> None:
    work.ask()
    deep = work.project / "deep/b.xml"
    if change == "content":
        (work.project / "a.xml").write_text("one\ntwo\n")
    elif change == "new":
        (work.project / "deep/c.xml").write_text("c")
    elif change == "gone":
        deep.unlink()
    elif change == "renamed":
        deep.rename(work.project / "deep/c.xml")
    assert work.ask("tomorrow" if change == "more" else "today") == (2 if change == "content" else 1)
    assert work.asked == 2


def test_a_damaged_or_foreign_memory_is_not_believed(work: Work) -> None:
    work.ask()
    (kept,) = (work.root / ".crmgov/cache").glob("findings-*.bin")
    data = kept.read_bytes()
    kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert [work.ask(), work.asked] == [1, 2]


def test_nothing_is_kept_of_links_nor_of_files_that_were_just_written_nor_outside_a_repository(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = work.project / "link.xml"
    link.symlink_to(work.project / "a.xml")
    assert [work.ask(), work.ask(), work.asked] == [1, 1, 2]
    link.unlink()
    monkeypatch.setattr(remembered, "_RACY_NS", 3_600_000_000_000)
    assert [work.ask(), work.ask(), work.asked] == [1, 1, 4]
    monkeypatch.setattr(remembered, "_RACY_NS", -3_600_000_000_000)
    (work.root / ".git").rmdir()
    assert [work.ask(), work.ask(), work.asked] == [1, 1, 6]
    monkeypatch.setattr(remembered, "_MOST_FILES", 1)
    (work.root / ".git").mkdir()
    assert [work.ask(), work.ask(), work.asked] == [1, 1, 8]
    assert not (work.root / ".crmgov").exists()
