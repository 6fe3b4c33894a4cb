"""A folder of the repository that may not be read: told by every verb, and nothing is concluded from what it hides."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.running import run

_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_RIGHTS = "-dac_override,-dac_read_search"
_WITHOUT_RIGHTS = ["setpriv", f"--bounding-set={_RIGHTS}", f"--inh-caps={_RIGHTS}"] if _ROOT else []
pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="Windows has other rights"),
    pytest.mark.skipif(_ROOT and shutil.which("setpriv") is None, reason="the administrator may read everything"),
]


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    for name, text in (
        ("config/lead/object.yaml", "kind: Object\nname: Lead\nlabel: Lead\nfields:\n  Fax: {type: text, length: 9}\n"),
        ("config/deal/object.yaml", "kind: Object\nname: Deal\nlabel: Deal\n"),
        (
            "environments/live.yaml",
            "kind: Environment\nname: live\nprovider: sql\nconnection: {url: sqlite:///crm.db}\n",
        ),
        ("export/Lead.csv", "Id,Fax\n" + "".join(f"{at},\n" for at in range(300))),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    yield tmp_path
    for folder in ("config", "config/deal", "environments"):
        (tmp_path / folder).chmod(0o700)


def crmgov(root: Path, *words: str) -> CompletedProcess[str]:
    done = run([*_WITHOUT_RIGHTS, sys.executable, "-m", "crmgov", "-C", str(root), *words])
    assert "Traceback" not in done.stderr + done.stdout
    assert "CLI001" not in done.stderr
    return done


VERBS = [
    (("validate",), 1), (("plan", "live"), 1), (("fmt", "--check"), 1),
    (("audit", "--records", "export"), 2), (("audit", "live", "--records", "export"), 2),
]  # fmt: skip


@pytest.mark.parametrize(("words", "status"), VERBS, ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")
@pytest.mark.parametrize("folder", ["config", "config/deal"])
def test_every_verb_names_it(root: Path, folder: str, words: tuple[str, ...], status: int) -> None:
    (root / folder).chmod(0)
    words = tuple(str(root / word) if word == "export" else word for word in words)
    done = crmgov(root, *words)
    assert f"{folder} cannot be read: permission denied" in done.stdout + done.stderr
    assert done.returncode == status
    assert "to deprecate" not in done.stdout


def test_environments_that_cannot_be_read_are_not_said_to_be_none(root: Path) -> None:
    (root / "environments").chmod(0)
    for words in (("plan", "live"), ("audit", "live", "--records", str(root / "export"))):
        done = crmgov(root, *words)
        assert done.returncode == 2
        assert "environments cannot be read: permission denied" in done.stderr
