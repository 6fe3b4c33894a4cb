"""``crmgov report`` takes files that others touched, and says what is wrong with them."""

import json
from pathlib import Path

import pytest

from tests.running import crmgov

GARBAGE = {
    "missing": None,
    "empty": b"",
    "no json": b"\xff\xfe{",
    "another format": b'{"format": "crmgov-other/1"}',
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "odd findings": json.dumps({"format": "crmgov-findings/1", "findings": [{"code": 1}]}).encode(),
    "odd drift": json.dumps({"format": "crmgov-drift/1", "environment": "x", "drift": [{}]}).encode(),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a plan, findings and drift of its sandbox."""
    root = tmp_path_factory.mktemp("repository")
    for words in (
        ["init", "-q"],
        ["env", "init", "sandbox", "--kind", "sandbox"],
        ["plan", "sandbox", "--out", "sandbox.plan"],
        ["validate", "--format", "json", "--output", "findings.json"],
        ["drift", "sandbox", "--format", "json", "--output", "drift.json"],
    ):
        assert crmgov(*words, cwd=root).returncode == 0
    return root


@pytest.mark.parametrize("name", GARBAGE)
def test_a_file_that_is_not_what_it_should_be_is_named(repository: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "file.json"
    if GARBAGE[name] is not None:
        path.write_bytes(GARBAGE[name])
    for words in (
        ["comment", "--plan", str(path)],
        ["comment", "--plan", "sandbox.plan", "--findings", str(path)],
        ["issues", "--findings", str(path)],
        ["issues", "--drift", str(path)],
    ):
        done = crmgov("report", *words, cwd=repository)
        assert done.returncode == 2, words
        assert "CLI005" in done.stderr
        assert "file.json" in done.stderr
        assert done.stdout == ""


def test_an_edited_plan_is_not_told_as_one(repository: Path, tmp_path: Path) -> None:
    path = tmp_path / "edited.plan"
    path.write_bytes((repository / "sandbox.plan").read_bytes().replace(b"Region", b"Regiom"))
    done = crmgov("report", "comment", "--plan", str(path), cwd=repository)
    assert done.returncode == 2
    assert "edited or damaged" in done.stderr


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x/>](y", "http://plain.example", "https://a b"])
def test_a_link_that_is_none_is_refused(repository: Path, link: str) -> None:
    done = crmgov("report", "comment", "--plan", "sandbox.plan", "--link", link, cwd=repository)
    assert done.returncode == 2
    assert "CLI004" in done.stderr


def test_a_comment_needs_a_plan(repository: Path) -> None:
    assert crmgov("report", "comment", cwd=repository).returncode == 2


def test_a_comment_is_made_where_the_repository_is_not(repository: Path, tmp_path: Path) -> None:
    words = ["comment", "--plan", str(repository / "sandbox.plan"), "--findings", str(repository / "findings.json")]
    done = crmgov("report", *words, "--output", "comment.md", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "comment.md").read_text()
    assert "| sandbox | 2 |" in text
    assert "Who notices" not in text


def test_nothing_to_do_is_no_issue(repository: Path) -> None:
    done = crmgov("report", "issues", "--drift", "drift.json", "--findings", "findings.json", cwd=repository)
    assert json.loads(done.stdout) == {"format": "crmgov-issues/1", "issues": []}


def test_codeowners_without_areas_writes_nothing(repository: Path) -> None:
    done = crmgov("report", "codeowners", "--output", "CODEOWNERS", cwd=repository)
    assert done.returncode == 1
    assert "REPORT004" in done.stderr
    assert not (repository / "CODEOWNERS").exists()


def test_a_saved_plan_is_shown_in_the_words_it_was_made_in(repository: Path, tmp_path: Path) -> None:
    made = crmgov("plan", "sandbox", cwd=repository).stdout
    added = [line for line in made.splitlines() if line.startswith(" + add")]
    assert any("table Lead" in line for line in added), made
    shown = crmgov("show", "sandbox.plan", cwd=repository).stdout.splitlines()
    assert [line for line in shown if line.startswith(" + add")] == added
    away = crmgov("show", str(repository / "sandbox.plan"), cwd=tmp_path)
    assert (away.returncode, "object Lead" in away.stdout) == (0, True)
