"""Two revisions of the YAML tree: what is told, what is not, and what only seems to differ."""

import os
from pathlib import Path

import pytest

from crmgov.cli import revisions
from crmgov.cli.revisions import Compared, yaml_changes
from crmgov.cli.trouble import Stop
from tests.history import History
from tests.running import crmgov

LEAD = "kind: Object\nname: Lead\nlabel: Lead\n"
REGION = "kind: Field\nname: Region\nobject: Lead\ntype: text\nlength: 80\n"
SOURCE = "kind: Field\nname: Source\nobject: Lead\ntype: text\n"
ENVIRONMENT = "kind: Environment\nname: sandbox\nprovider: sql\nconnection: {url: 'sqlite:///.crmgov/s.db'}\n"


@pytest.fixture
def history(tmp_path: Path) -> History:
    made = History(tmp_path / "repo")
    made.commit(
        "one",
        {
            "config/lead.yaml": LEAD, "config/region.yaml": REGION, "config/source.yaml": SOURCE,
            "environments/sandbox.yaml": ENVIRONMENT,
        },
    )  # fmt: skip
    return made


def compared(history: History, base: str = "one", head: str | None = "two") -> Compared:
    return yaml_changes(history.root, base, head)


def told(found: Compared) -> list[tuple[str, str]]:
    return [(change.action, change.address) for change in found.changes]


def codes(found: Compared) -> set[str]:
    return {problem.code for problem in found.problems}


def test_added_changed_and_removed_are_told(history: History) -> None:
    history.commit("two", {
        "config/region.yaml": REGION.replace("80", "90"), "config/source.yaml": None,
        "config/new.yaml": SOURCE.replace("Source", "New"), "environments/sandbox.yaml": ENVIRONMENT + "owner: Ana\n",
    })  # fmt: skip
    found = compared(history)
    assert told(found) == [
        ("modify", "Environment/sandbox"), ("add", "Field/Lead.New"), ("modify", "Field/Lead.Region"),
        ("remove", "Field/Lead.Source"),
    ]  # fmt: skip
    (change,) = found.changes[2].changes
    assert (change.route, change.before, change.after) == (("length",), 80, 90)
    assert found.problems == []


def test_where_a_resource_stands_has_no_meaning(history: History) -> None:
    inline = LEAD + "fields:\n  Region: {length: 80, type: text}\n"
    history.commit("two", {"config/lead.yaml": None, "config/region.yaml": None, "config/all.yml": inline + f"---\n{SOURCE}", "config/source.yaml": None})  # fmt: skip
    assert told(compared(history)) == []


def test_a_copy_that_goes_is_no_removal(history: History) -> None:
    history.commit("two", {"config/copy.yaml": REGION})
    history.commit("three", {"config/copy.yaml": None})
    for base, head in (("one", "two"), ("two", "three")):
        found = compared(history, base, head)
        assert told(found) == []
        assert "DOC008" in codes(found)


def test_only_files_that_are_loaded_count(history: History) -> None:
    history.commit("two", {"config/readme.md": "x", "other/region.yaml": SOURCE.replace("Source", "X")})
    found = compared(history)
    assert (told(found), found.problems) == ([], [])


@pytest.mark.parametrize("content", ["a: [", "kind: Field\nname: Region\n", b"\xff\xfe", b"\0"])
@pytest.mark.parametrize(("base", "head"), [("one", "two"), ("two", "one")])
def test_of_a_broken_file_nothing_is_claimed(history: History, content: str | bytes, base: str, head: str) -> None:
    history.commit("two", {"config/region.yaml": content, "config/source.yaml": SOURCE + "help: Which one\n"})
    found = compared(history, base, head)
    assert told(found) == [("modify", "Field/Lead.Source")]
    assert {one.at.file for one in found.problems if one.at is not None} == {"config/region.yaml"}


def test_what_a_broken_file_may_hold_is_not_called_new(history: History) -> None:
    history.commit("two", {"config/region.yaml": "a: ["})
    history.commit("three", {"config/region.yaml": None, "config/elsewhere.yaml": REGION})
    found = compared(history, "two", "three")
    assert told(found) == []
    assert "REVISION005" in codes(found)


def test_a_mistake_is_told_with_its_line(history: History) -> None:
    history.commit("two", {"config/region.yaml": REGION + "colour: red\n"})
    (problem,) = (one for one in compared(history).problems if one.severity == "error")
    assert problem.at is not None
    assert (problem.at.file, getattr(problem.at, "line", 0)) == ("config/region.yaml", 6)


def test_links_are_told_and_not_followed(history: History) -> None:
    (history.root / "outside.yaml").write_text(REGION.replace("80", "90"))
    (history.root / "config/region.yaml").unlink()
    (history.root / "config/region.yaml").symlink_to("../outside.yaml")
    history.commit("two", {})
    for head in ("two", None):
        found = compared(history, head=head)
        assert "modify" not in dict(told(found))
        assert "REVISION004" in codes(found)


def test_the_work_tree_is_read_with_files_git_does_not_know(history: History) -> None:
    history.write(
        {"config/new.yaml": SOURCE.replace("Source", "New"), ".gitignore": "new.yaml\n", "config/source.yaml": None}
    )
    assert told(compared(history, head=None)) == [("add", "Field/Lead.New"), ("remove", "Field/Lead.Source")]


def test_a_tree_below_the_top_of_the_repository(tmp_path: Path) -> None:
    history = History(tmp_path / "repo")
    history.commit("one", {"crm/config/lead.yaml": LEAD, "config/other.yaml": LEAD})
    history.commit("two", {"crm/config/region.yaml": REGION, "config/other.yaml": LEAD + "owner: Ana\n"})
    assert told(yaml_changes(history.root / "crm", "one", "two")) == [("add", "Field/Lead.Region")]


def test_a_folder_without_configuration_is_refused(tmp_path: Path) -> None:
    history = History(tmp_path / "bare")
    history.commit("one", {"readme": "x"})
    with pytest.raises(Stop) as refused:
        compared(history, head=None)
    assert "--source" in refused.value.diagnostics[0].mend


def test_a_file_written_again_with_the_same_words_does_not_differ(history: History) -> None:
    path = history.root / "config/region.yaml"
    os.utime(path, ns=(1, 1))
    pair = revisions.pair_of(history.root, "one", None)
    assert pair[0].changed(pair[1], pair[2], ["config"]) == []
    path.write_text(REGION.replace("80", "81"))
    os.utime(path, ns=(1, 1))
    assert told(compared(history, head=None)) == [("modify", "Field/Lead.Region")]


def test_the_verb_compares_with_the_work_tree(history: History) -> None:
    history.write({"config/region.yaml": REGION.replace("80", "90")})
    done = crmgov("-C", str(history.root), "diff", "--base", "main", "--exit-code")
    assert done.returncode == 3
    assert "-> work tree: 0 added, 1 changed, 0 removed" in done.stdout
    assert "80 -> 90" in done.stdout


def test_colours_that_somebody_asks_git_for_change_no_answer(history: History) -> None:
    """What a file outside the difference holds is found by git grep, whose names would come in colour."""
    history.commit("two", {"config/copy.yaml": SOURCE})
    history.git("config", "color.ui", "always")
    found = compared(history)
    assert told(found) == []
    assert codes(found) == {"DOC008"}
