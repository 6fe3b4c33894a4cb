"""Lists without order: sorted, one entry a line, so that what two branches add to one list merges."""

import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.model.normal import canonical_body
from crmgov.write.comments import comments
from crmgov.write.emit import document
from crmgov.write.fmt import format_text
from crmgov.write.marked import marked
from crmgov.write.revise import values
from tests.history import History
from tests.write.strategies import BODIES

TEAM = "kind: Team\nname: Desk\nmembers:\n  users: [{}]\n"
FILE = "config/teams/Desk.yaml"


def team(*users: str) -> str:
    return format_text(TEAM.format(", ".join(users)))


def test_a_list_in_brackets_stands_sorted_one_entry_a_line() -> None:
    assert team("z@x.example", "'a@x.example'", '"m@x.example"') == (
        "kind: Team\nname: Desk\nmembers:\n  users:\n    - 'a@x.example'\n    - \"m@x.example\"\n    - z@x.example\n"
    )


def test_comments_stay_with_their_entries() -> None:
    text = """\
kind: Role
name: R
tags: [  # all of them
  z,  # about z
  # above a
  'a', b  # about b, too
  , "c
  d",
  # at the end
  ]  # behind
owner: Ana
"""
    tidy = """\
kind: Role
name: R
owner: Ana
tags:  # all of them
  # behind
  # above a
  - 'a'
  - b  # about b, too
  - c d
  - z  # about z
  # at the end
"""
    assert format_text(text) == tidy
    assert format_text(tidy) == tidy


def test_lists_in_one_row_are_sorted_and_stay_in_it() -> None:
    text = "kind: RecordType\nname: R\nobject: Lead\npicklists: {Status: [Won, New], Rating: [Hot]}\n"
    assert "{Status: [New, Won], Rating: [Hot]}" in format_text(text)
    rows = "kind: RecordType\nname: R\nobject: Lead\npicklists:\n  Status: [Won, New]  # known\n  Rating: all\n"
    assert format_text(rows).endswith("picklists:\n  Rating: all\n  Status: [New, Won]  # known\n")


def test_what_is_compared_as_one_value_keeps_its_order() -> None:
    text = "kind: Policy\nname: P\nrequire:\n  - attribute: sensitivity\n    one_of: [public, internal]\n"
    assert "[public, internal]" in format_text(text)
    assert "[b, a]" in format_text("kind: Role\nname: R\nrenamed_from: [b, a]\n")
    assert "[b, a]" in format_text("kind: Role\nname: R\nnative: {salesforce: {x: [b, a]}}\n")


def test_an_empty_list_and_a_list_with_anchors_stay() -> None:
    assert "tags: []\n" in format_text("kind: Role\nname: R\ntags: []\n")
    shared = "kind: Team\nname: T\nobjects: &o [b, a]\n---\nkind: Team\nname: U\ntags: &t [b, a]\nobjects: *t\n"
    assert values(format_text(shared))[1]["objects"] == ["b", "a"]


def test_two_branches_that_add_to_one_list_merge(tmp_path: Path) -> None:
    history = History(tmp_path / "repo")
    users = ("cora@x.example", "finn@x.example", "kim@x.example", "pia@x.example")
    history.commit("base", {FILE: team(*users)})
    for name, added in (("one", "dan@x.example"), ("two", "maya@x.example")):
        history.git("checkout", "-q", "-b", f"branch-{name}", "base")
        # Each writes its entry where they like, and lays the file out.
        history.commit(name, {FILE: team(added, *users)})
    history.git("merge", "-q", "-m", "merge", "branch-one")
    merged = (history.root / FILE).read_text()
    assert merged == team(*users, "dan@x.example", "maya@x.example")


NAMES = st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=3, max_size=8, unique=True).map(sorted)


@settings(max_examples=25)
@given(NAMES, st.data())
def test_additions_with_an_entry_between_them_merge(names: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(names) - 3))
    second = data.draw(st.integers(first + 2, len(names) - 1))
    base = [name for name in names if name not in (names[first], names[second])]
    sides = (base, [*base, names[first]], [names[second], *base])
    assert merged(*(team(*(f"{name}@x.example" for name in side)) for side in sides)) == team(
        *(f"{name}@x.example" for name in names)
    )


ENTRIES = st.sampled_from(["a", '"b, x"', "'c#'", "d e", '"e\n  f"', "g#h", "é", '"i\\nj"', "1x"])
BEFORE = st.sampled_from(["", " ", " # first\n  ", "\n  # lead\n  "])
BEHIND = st.sampled_from(["", " ", "\n  ", " # after\n  "])
BETWEEN = st.sampled_from([",", ", ", ",\n  ", ",  # trail, too\n  ", ",\n\n  # own\n  # two\n  "])


@settings(max_examples=150)
@given(
    st.lists(st.tuples(ENTRIES, BEHIND, BETWEEN), min_size=1, max_size=6), BEFORE, st.sampled_from([" ", " # of\n  "])
)
def test_no_comment_or_entry_in_brackets_is_lost(rows: list[tuple[str, str, str]], before: str, after_key: str) -> None:
    inner = "".join(entry + behind + between for entry, behind, between in rows)
    text = f"kind: Role\nname: R\ntags:{after_key}[{before}{inner}]  # end\nowner: Ana\n"
    once = format_text(text)
    assert format_text(once) == once
    assert set(values(once)[0]["tags"]) == set(values(text)[0]["tags"])
    assert Counter(comments(marked(once))) == Counter(comments(marked(text)))
    assert "[" not in once


def merged(base: str, one: str, two: str) -> str:
    """What git makes of two changes of one file."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("one", "base", "two")]
        for path, text in zip(paths, (one, base, two), strict=True):
            path.write_text(text)
        done = subprocess.run(
            ["git", "merge-file", "-p", *map(str, paths)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
        return done.stdout


@settings(max_examples=80)
@given(BODIES)
def test_what_pull_writes_is_laid_out_already(case: tuple[str, dict[str, Any]]) -> None:
    text = document(case[0], "X", None, canonical_body(case[0], case[1]))
    assert values(format_text(text)) == values(text)
    assert [line for line in format_text(text).split("\n") if line.strip().startswith("- ")] == [
        line for line in text.split("\n") if line.strip().startswith("- ")
    ]
