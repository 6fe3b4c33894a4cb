"""The files that init --ci writes: safe, valid, and saying nothing that this version does not know."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

import crmgov as package
from crmgov.cli import cli
from crmgov.cli.ci import HOSTS, files
from tests.running import ROOT, crmgov, run

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which both hosts' files were written."""
    folder = tmp_path_factory.mktemp("written")
    for host in HOSTS:
        assert crmgov("init", "--ci", host, cwd=folder).returncode == 0
    return folder


def scripts(document: Any) -> Iterator[str]:
    """Every text that a shell runs."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key in ("run", "entry") and isinstance(value, str):
                yield value
            elif key in ("script", "before_script"):
                yield from value
            else:
                yield from scripts(value)
    elif isinstance(document, list):
        for value in document:
            yield from scripts(value)


def commands() -> list[list[str]]:
    """Every call of crmgov in anything that is shipped or used here, its words as a shell cuts them."""
    texts = [data.decode() for host in HOSTS for path, data in files(host).items() if path.endswith(".yml")]
    texts += [path.read_text() for path in (ROOT / ".github").rglob("*.yml")]
    texts.append((ROOT / ".pre-commit-hooks.yaml").read_text())
    lines = [line for text in texts for script in scripts(yaml.safe_load(text)) for line in script.splitlines()]
    found = [match[1] for line in lines for match in re.finditer(r"(?:^|\s|\|\s)(crmgov [a-z][^|;>]*)", line)]
    return [shlex.split(re.sub(r"\|\|.*|; then.*", "", line))[1:] for line in found]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_verb_and_option_exists(words: list[str]) -> None:
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group):
        name = words.pop(0)
        inner = command.get_command(context, name)
        assert inner is not None, name
        command = inner
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert [word for word in words if word.startswith("-") and word not in known] == []


def test_there_are_many_commands() -> None:
    assert len(commands()) >= 20


def test_the_workflows_have_no_known_weakness(written: Path) -> None:
    for folder in (written, ROOT):
        done = run([str(BIN / "zizmor"), "--offline", "--quiet", str(folder / ".github")])
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("github-workflows", ".github/workflows/*.yml"),
        ("github-actions", ".github/actions/*/action.yml"),
        ("gitlab-ci", ".gitlab/*.yml"),
    ],
)
def test_each_file_is_what_its_host_reads(written: Path, schema: str, pattern: str) -> None:
    found = [str(path) for path in written.glob(pattern)] + [str(path) for path in ROOT.glob(pattern)]
    assert found
    done = run([str(BIN / "check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *found])
    assert done.returncode == 0, done.stdout


def workflows(folder: Path) -> list[tuple[str, Any]]:
    """Name and document of each workflow."""
    return [(path.name, yaml.safe_load(path.read_text())) for path in sorted(folder.glob(".github/workflows/*.yml"))]


def test_every_job_has_the_least_token_and_an_end(written: Path) -> None:
    for name, document in [*workflows(written), *workflows(ROOT)]:
        assert document["permissions"] == {}, name
        for job in document["jobs"].values():
            assert job["permissions"], name
            assert "timeout-minutes" in job, name
            secret = "secrets." in str(job)
            assert not secret or "environment" in job, name


def test_everything_of_others_is_pinned_by_its_commit(written: Path) -> None:
    for folder in (written, ROOT):
        for path in folder.glob(".github/**/*.yml"):
            for used in re.findall(r"uses: (\S+)(.*)", path.read_text()):
                assert used[0].startswith("./") or re.search(r"@[0-9a-f]{40}$", used[0]), used
                assert used[0].startswith("./") or used[1].strip().startswith("# v"), used


def test_every_script_is_bash(written: Path) -> None:
    for path in [*written.glob(".github/**/*.yml"), *written.glob(".gitlab/*.yml")]:
        for script in scripts(yaml.safe_load(path.read_text())):
            done = subprocess.run(["bash", "-n", "-c", script], capture_output=True, text=True, check=False)
            assert done.returncode == 0, (path, done.stderr)


def test_no_text_of_an_event_becomes_a_command(written: Path) -> None:
    for path in written.glob(".github/**/*.yml"):
        assert [script for script in scripts(yaml.safe_load(path.read_text())) if "${{" in script] == []


def test_init_leaves_what_is_there_and_adds_no_example_to_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    own = tmp_path / ".github/workflows/crmgov-watch.yml"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    done = crmgov("init", "--ci", "github", cwd=tmp_path)
    assert done.returncode == 0
    assert own.read_text() == "mine"
    assert "left as it is: .github/workflows/crmgov-watch.yml" in done.stderr
    assert list((tmp_path / "config").iterdir()) == []
    requirements = tmp_path / ".github/actions/crmgov/requirements.txt"
    assert f"crmgov=={package.__version__}" in requirements.read_text()


def test_this_repository_uses_the_action_it_ships() -> None:
    shipped = files("github")[".github/actions/crmgov/action.yml"]
    assert (ROOT / ".github/actions/crmgov/action.yml").read_bytes() == shipped
