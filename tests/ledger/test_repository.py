"""The ledger in the repository: clones, remotes, odd repositories."""

import os
import time
from pathlib import Path

import pytest

from crmgov.ledger.errors import LedgerError
from crmgov.ledger.open import open_ledger
from crmgov.ledger.protocol import Ledger
from crmgov.ledger.repository import ref_of
from tests.ledger.acts import applied
from tests.ledger.conftest import git

REF = "refs/crmgov/ledger/production"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clone of a remote with one commit."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(tmp_path / "origin.git"), str(folder))
    author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for name in ("one", "two"):
        (folder / name).write_text(name)
        git(folder, "add", ".")
        git(folder, *author, "commit", "--quiet", "-m", name)
    git(folder, "push", "--quiet", "origin", "HEAD:main")
    return folder


def opened(folder: Path) -> Ledger:
    return open_ledger("repository", "production", folder)


def heads(folder: Path) -> set[str]:
    ledger = opened(folder)
    found = set(ledger.baseline().heads)
    ledger.close()
    return found


def apply_in(folder: Path, run: str, *natives: str) -> None:
    ledger = opened(folder)
    applied(ledger, run, *natives)
    ledger.close()


@pytest.mark.parametrize("left", [b"", b"garbage\n", b"\0" * 41])
def test_a_ref_that_a_crash_left_damaged_is_not_taken_for_no_ledger(tmp_path: Path, left: bytes) -> None:
    git(tmp_path, "init", "--quiet", "alone")
    apply_in(tmp_path / "alone", "r1", "Object/A")
    (tmp_path / "alone" / ".git" / REF).write_bytes(left)
    with pytest.raises(LedgerError) as caught:
        heads(tmp_path / "alone")
    assert (caught.value.diagnostic.code, "damaged" in caught.value.diagnostic.message) == ("LEDGER007", True)


def test_clones_share_one_ledger(tmp_path: Path, folder: Path) -> None:
    origin = f"file://{tmp_path / 'origin.git'}"
    git(tmp_path, "clone", "--quiet", "--depth", "1", origin, "shallow")
    git(tmp_path, "clone", "--quiet", "--bare", origin, "bare")
    apply_in(folder, "r1", "Object/A")
    apply_in(tmp_path / "shallow", "r2", "Object/B")
    apply_in(tmp_path / "bare", "r3", "Object/C")
    assert heads(folder) == {"Object/A", "Object/B", "Object/C"}
    assert git(tmp_path / "shallow", "rev-list", "--count", "HEAD") == "1"
    assert git(folder, "rev-parse", "--is-shallow-repository") == "false"
    parents = git(tmp_path / "origin.git", "log", "--format=%p|%an|%ae", REF).splitlines()
    assert [row.partition("|")[0] == "" for row in parents] == [False] * (len(parents) - 1) + [True]
    assert {row.partition("|")[2] for row in parents} == {"crmgov|crmgov@localhost"}


def test_nothing_else_of_the_repository_moves(folder: Path) -> None:
    before = git(folder, "for-each-ref"), git(folder, "status", "--porcelain"), git(folder, "rev-parse", "HEAD")
    apply_in(folder, "r1", "Object/A")
    refs = [line for line in git(folder, "for-each-ref").splitlines() if not line.endswith(REF)]
    after = "\n".join(refs), git(folder, "status", "--porcelain"), git(folder, "rev-parse", "HEAD")
    assert after == before
    assert not (folder / ".git" / "FETCH_HEAD").exists()


def test_a_ledger_gone_from_the_remote_is_announced_and_not_rebuilt(tmp_path: Path, folder: Path) -> None:
    apply_in(folder, "r1", "Object/A")
    git(tmp_path / "origin.git", "update-ref", "-d", REF)
    with pytest.raises(LedgerError) as caught:
        opened(folder).baseline()
    assert (caught.value.diagnostic.code, caught.value.diagnostic.mend) == (
        "LEDGER006", f"If origin is new, publish it: git push origin {REF}",
    )  # fmt: skip
    assert git(tmp_path / "origin.git", "for-each-ref", "refs/crmgov") == ""
    git(folder, "push", "--quiet", "origin", REF)
    assert heads(folder) == {"Object/A"}


def test_a_ledger_set_back_on_the_remote_is_announced(tmp_path: Path, folder: Path) -> None:
    apply_in(folder, "r1", "Object/A")
    old = git(folder, "rev-parse", REF)
    apply_in(folder, "r2", "Object/B")
    git(tmp_path / "origin.git", "update-ref", REF, old)
    with pytest.raises(LedgerError, match="older than the one this clone has seen"):
        opened(folder).baseline()


def test_a_remote_out_of_reach_is_told_and_nothing_is_written(tmp_path: Path, folder: Path) -> None:
    apply_in(folder, "r1", "Object/A")
    old = git(folder, "rev-parse", REF)
    git(folder, "remote", "set-url", "origin", f"https://name:secret@127.0.0.1:1/{tmp_path.name}.git")
    ledger = opened(folder)
    with pytest.raises(LedgerError, match="The ledger at origin cannot be reached") as caught:
        ledger.baseline()
    assert "secret" not in str(caught.value.diagnostic)
    assert git(folder, "rev-parse", REF) == old


def test_a_remote_that_refuses_pushes_is_told(tmp_path: Path, folder: Path) -> None:
    hook = tmp_path / "origin.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho no ledgers here >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(LedgerError, match="could not be pushed to origin"):
        apply_in(folder, "r1", "Object/A")
    assert heads(folder) == set()


def test_a_hook_of_the_user_is_not_run(folder: Path) -> None:
    hook = folder / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    apply_in(folder, "r1", "Object/A")
    assert heads(folder) == {"Object/A"}


def test_settings_of_the_user_change_nothing(folder: Path) -> None:
    for name, value in (("push.followTags", "true"), ("push.gpgSign", "if-asked"), ("commit.gpgSign", "true"),
                        ("transfer.hideRefs", "refs/none"), ("fetch.prune", "true"), ("push.default", "nothing"),
                        ("core.quotePath", "true"), ("core.autocrlf", "true")):  # fmt: skip
        git(folder, "config", name, value)
    git(folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "tag", "-a", "-m", "x", "v1")
    apply_in(folder, "r1", 'Layout/Lead."Büro\r\n"')
    assert heads(folder) == {'Layout/Lead."Büro\r\n"'}
    assert git(folder, "ls-remote", "--tags", "origin") == ""


def test_a_folder_below_the_top_and_a_second_work_tree_use_the_same_ledger(folder: Path) -> None:
    apply_in(folder, "r1", "Object/A")
    (folder / "below").mkdir()
    git(folder, "worktree", "add", "--quiet", str(folder.parent / "second"), "--detach")
    apply_in(folder / "below", "r2", "Object/B")
    apply_in(folder.parent / "second", "r3", "Object/C")
    assert heads(folder) == {"Object/A", "Object/B", "Object/C"}


@pytest.mark.parametrize("name", ["EU production", "a..b", "x.lock", "~^:?*[\\", "@{-1}", "ß/../x", "%41"])
def test_any_name_of_an_environment_makes_a_ref_of_its_own(folder: Path, name: str) -> None:
    git(folder, "check-ref-format", ref_of(name))
    ledger = open_ledger("repository", name, folder)
    applied(ledger, "r1", "Object/A")
    assert set(ledger.baseline().heads) == {"Object/A"}
    ledger.close()
    assert ref_of(name) != ref_of("A")
    assert heads(folder) == set()


def test_a_repository_that_git_does_not_trust_is_not_taken_for_an_empty_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_in(folder, "r1", "Object/A")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(LedgerError, match="dubious ownership"):
        opened(folder).baseline()


def test_what_a_dead_process_left_is_tidied_away_in_time(folder: Path) -> None:
    apply_in(folder, "r1", "Object/A")
    tip = git(folder, "rev-parse", REF)
    empty = git(folder, "hash-object", "-t", "tree", "-w", "/dev/null")
    old = git(folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit-tree", "-m", "x", empty)
    stamped = git(folder, "cat-file", "commit", old).replace(" +0000", " +0000")
    (folder / ".git" / "old").write_text("\n".join(
        " ".join((*line.split(" ")[:-2], "1000000000", "+0000")) if line.startswith(("author", "committer")) else line
        for line in stamped.split("\n")
    ) + "\n")  # fmt: skip
    old = git(folder, "hash-object", "-t", "commit", "-w", ".git/old")
    git(folder, "update-ref", "refs/crmgov/new/dead", old)
    git(folder, "update-ref", "refs/crmgov/new/living", tip)
    apply_in(folder, "r2", "Object/B")
    left = git(folder, "for-each-ref", "--format=%(refname)", "refs/crmgov/new")
    assert left == "refs/crmgov/new/living"


def test_a_repository_with_the_longer_names_works_too(tmp_path: Path) -> None:
    folder = tmp_path / "sha256"
    folder.mkdir()
    git(folder, "init", "--quiet", "--object-format=sha256")
    apply_in(folder, "r1", "Object/A")
    apply_in(folder, "r2", "Object/B")
    assert heads(folder) == {"Object/A", "Object/B"}


@pytest.mark.parametrize("name", [f"{REF}.lock", "packed-refs.lock"])
def test_a_lock_file_that_a_killed_git_left_is_named_and_stays(tmp_path: Path, name: str) -> None:
    git(tmp_path, "init", "--quiet", "alone")
    folder = tmp_path / "alone"
    apply_in(folder, "r1", "Object/A")
    git(folder, "pack-refs", "--all")
    lock = folder / ".git" / name
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    three_hours_ago = time.time() - 3 * 3600
    os.utime(lock, (three_hours_ago, three_hours_ago))
    tries: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", lambda _: tries.append("waited"))
        with pytest.raises(LedgerError) as caught:
            apply_in(folder, "r2", "Object/B")
    told = caught.value.diagnostic
    assert told.message.endswith(f"git's lock file {lock} has been there for 3 hours")
    assert "delete that file by hand" in told.mend
    assert tries == []
    assert lock.exists()
    lock.unlink()
    apply_in(folder, "r2", "Object/B")
    assert heads(folder) == {"Object/A", "Object/B"}


def test_a_lock_that_goes_is_waited_for(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "alone")
    folder = tmp_path / "alone"
    apply_in(folder, "r1", "Object/A")
    lock = folder / ".git" / f"{REF}.lock"
    lock.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", lambda _: lock.unlink(missing_ok=True))
        apply_in(folder, "r2", "Object/B")
    assert heads(folder) == {"Object/A", "Object/B"}
