"""What a person meets first: help that says what each verb is for, with an example, and clear endings."""

import sys
from pathlib import Path

import pytest

from crmgov.cli import VERBS
from tests.running import crmgov, run


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    done = crmgov(verb, "--help")
    assert done.returncode == 0, done.stderr
    assert f"Example: crmgov {verb}" in done.stdout


def test_the_first_page_lists_every_verb_without_importing_any() -> None:
    code = "import sys; from crmgov.cli import cli\ntry: cli(['--help'])\nfinally: print(sorted(m for m in sys.modules if m.startswith(('crmgov.', 'sqlalchemy', 'lxml', 'git', 'rich', 'jinja2', 'msgspec'))))"
    done = run([sys.executable, "-c", code])
    assert all(verb in done.stdout for verb in VERBS)
    assert done.stdout.splitlines()[-1] == "['crmgov.cli']"


def test_a_misspelt_code_is_answered_with_the_one_that_is_near(tmp_path: Path) -> None:
    done = crmgov("explain", "OWNERS003", cwd=tmp_path)
    assert (done.returncode, "Did you mean OWNER003?" in done.stderr) == (2, True)


def test_an_unknown_verb_or_option_is_usage(tmp_path: Path) -> None:
    for words in (["frobnicate"], ["plan", "--nonsense"], ["plan"], ["-C", "/nowhere/at/all", "validate"]):
        done = crmgov(*words, cwd=tmp_path)
        assert done.returncode == 2, words
        assert done.stderr


def test_a_folder_that_is_no_repository_is_told_so(tmp_path: Path) -> None:
    done = crmgov("validate", cwd=tmp_path)
    assert done.returncode == 2
    assert "CLI003" in done.stderr
    assert "crmgov init" in done.stderr


def test_a_closed_pipe_is_no_fault() -> None:
    done = run(["sh", "-c", f"{sys.executable} -m crmgov --help | head -n 1"])
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
