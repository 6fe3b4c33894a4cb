"""What the documents say of the code and of each other is so."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from crmgov.cli import VERBS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
PACKAGES = {path.parent.name for path in (ROOT / "crmgov").glob("*/__init__.py")}


def named() -> set[str]:
    """Everything in code marks in the life of a change that is written as a path into one of our packages."""
    text = (ROOT / "docs/lifecycle.md").read_text(encoding="utf-8")
    found = re.findall(r"`(?:crmgov\.)?([a-z_]+(?:\.[A-Za-z_]+)+)(?:\([^`]*\))?`", text)
    return {name for name in found if name.partition(".")[0] in PACKAGES}


def test_the_life_of_a_change_names_many_functions() -> None:
    assert len(named()) >= 30


@pytest.mark.parametrize("name", sorted(named()))
def test_everything_it_names_exists(name: str) -> None:
    whole = f"crmgov.{name}"
    module, _, attribute = whole.rpartition(".")
    assert _is_module(whole) or hasattr(import_module(module), attribute)


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (document.parent / link).exists()] == []


def test_the_readme_has_every_verb_in_a_line() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `crmgov ([a-z]+)[^`]*` \|", text, flags=re.MULTILINE)
    assert rows == list(VERBS)


def test_every_dependency_says_why_it_is_there() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.partition("\ndependencies = [")[2].partition("]")[0]
    text = (ROOT / "docs/decisions/0001-libraries.md").read_text(encoding="utf-8").lower()
    for name in re.findall(r'"([a-z0-9.-]+)[>=\[]', block):
        assert f"| {name.removesuffix('.yaml')}" in text, name


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    pages = sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [page for page in pages if page not in listed] == []
