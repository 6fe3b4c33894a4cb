"""Command lines and environments that make no sense: told in plain words, nothing written, nothing waited for."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from tests.bad_input.command import told
from tests.bad_input.command_cases import COMMANDS, repository
from tests.bad_input.environment_cases import DOCUMENTS
from tests.bad_input.harness import check


def said(root: Path, commands: Sequence[Sequence[str]], **variables: str) -> Iterable[str]:
    for words in commands:
        yield from told(root, *words, **variables)


@pytest.mark.parametrize("case", sorted(COMMANDS))
def test_a_command_line(case: str, tmp_path: Path) -> None:
    check("commands", case, {case: repository}, lambda root: said(root, COMMANDS[case]), tmp_path)


def with_environment(text: str, root: Path) -> None:
    repository(root)
    (root / "environments/sandbox.yaml").write_text(text)
    (root / "link").symlink_to(root.parent)


@pytest.mark.parametrize("case", sorted(DOCUMENTS))
def test_an_environment(case: str, tmp_path: Path) -> None:
    name = "a/../sandbox" if case == "name_with_slashes" else "sandbox"
    commands = (("validate", "--full"), ("plan", name), ("history", name))
    outside = f"sqlite:///{tmp_path}/outside/x.db"
    check(
        "environments",
        case,
        {case: lambda root: with_environment(DOCUMENTS[case], root)},
        lambda root: said(root, commands, CRMGOV_TEST_OUT=outside),
        tmp_path,
    )
