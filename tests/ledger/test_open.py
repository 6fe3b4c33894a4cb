"""Which ledger an environment names."""

from pathlib import Path

import pytest

from crmgov.ledger.errors import LedgerError
from crmgov.ledger.open import open_ledger
from tests.ledger.acts import applied
from tests.ledger.conftest import git


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("sqlite:///../ledger.db", "leads out of the repository"),
        ("sqlite:////etc/ledger.db", "leads out of the repository"),
        ("sqlite:///link/ledger.db", "leads out of the repository"),
        ("sqlite://ledger.db", "cannot be kept in sqlite"),
        ("sqlite:///", "cannot be kept in sqlite"),
        ("mysql://host/secret", "cannot be kept in mysql://...$"),
        ("repo", "cannot be kept in repo"),
        ("ana:hunter2", "cannot be kept in what the environment names$"),
        ("", "this folder is in none"),
        ("repository", "this folder is in none"),
    ],
)
def test_no_other_place_is_taken_instead(tmp_path: Path, spec: str, message: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path)
    with pytest.raises(LedgerError, match=message):
        open_ledger(spec, "production", root).baseline()


def test_what_is_wrong_is_told_of_a_ledger_read_ahead_too(tmp_path: Path) -> None:
    ledger = open_ledger("repository", "production", tmp_path)
    ledger.begin()
    with pytest.raises(LedgerError, match="this folder is in none"):
        ledger.baseline()
    ledger.close()


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    ledger = open_ledger("postgresql://user:hunter2@127.0.0.1:1/none", "production", tmp_path)
    with pytest.raises(LedgerError) as caught:
        ledger.baseline()
    assert "hunter2" not in str(caught.value.diagnostic)
    assert "127.0.0.1" in str(caught.value.diagnostic)


def test_two_environments_in_one_file_do_not_see_each_other(tmp_path: Path) -> None:
    one = open_ledger("sqlite:///ledger.db", "one", tmp_path)
    applied(one, "r1", "Object/A")
    two = open_ledger("sqlite:///ledger.db", "two", tmp_path)
    assert not two.baseline().exists
    one.close()
    two.close()


def test_variables_of_a_git_hook_lead_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("mine", "other"):
        (tmp_path / name).mkdir()
        git(tmp_path / name, "init", "--quiet")
    other = tmp_path / "other"
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / ".git" / "objects"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    monkeypatch.setenv("GIT_NAMESPACE", "elsewhere")
    ledger = open_ledger(None, "production", tmp_path / "mine")
    applied(ledger, "r1", "Object/A")
    assert ledger.baseline().bodies[ledger.baseline().heads["Object/A"].desired] == b"{}"
    ledger.close()
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_NAMESPACE"):
        monkeypatch.delenv(name)
    assert git(tmp_path / "mine", "for-each-ref", "--format=%(refname)") == "refs/crmgov/ledger/production"
    assert git(other, "for-each-ref") == ""
    assert list((other / ".git" / "objects").glob("??")) == []
