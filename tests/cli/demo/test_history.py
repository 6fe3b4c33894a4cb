"""The demonstration's history is the shipped configuration, with what production has not seen undone."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.run import check
from crmgov.cli.demo.edits import Add, Delete, Edit, EditError, Move, Replace, redo, undo
from crmgov.cli.demo.history import read, shipped, states, with_identity
from crmgov.cli.demo.scenario import FIRST, WAITING
from crmgov.load.loaded import Loaded
from crmgov.load.tree import load_tree
from crmgov.write.fmt import format_text

TREE = read(shipped())


def load(tree: Mapping[str, str], folder: Path) -> Loaded:
    for path, text in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return load_tree(folder, cache=False)


def test_every_commit_leads_to_the_next_and_the_last_is_what_is_shipped() -> None:
    made = list(states(TREE))
    assert [commit for commit, _ in made] == [FIRST, *WAITING]
    for (_, before), (commit, after) in pairwise(made):
        assert before != after
        assert redo(before, commit.edits, after) == after
    assert made[-1][1] == TREE


@pytest.mark.parametrize("index", range(len(WAITING) + 1))
def test_no_commit_has_a_finding(index: int, tmp_path: Path) -> None:
    loaded = load(list(states(TREE))[index][1], tmp_path)
    assert loaded.diagnostics == []
    assert check(loaded.snapshot) == []


def test_every_state_is_tidy() -> None:
    texts = {text for _, tree in states(TREE) for path, text in tree.items() if path.endswith(".yaml")}
    assert [text for text in texts if format_text(text) != text] == []


def test_what_waits_is_of_every_sort(tmp_path: Path) -> None:
    made = list(states(TREE))
    before = load(made[0][1], tmp_path / "before").snapshot
    after = load(made[-1][1], tmp_path / "after").snapshot
    assert set(after) - set(before) == {
        "Picklist/BuyingTimeline", "Field/Lead.BuyingTimeline", "Field/Opportunity.SecurityReviewOn",
        "Field/Opportunity.Competitor", "Automation/Opportunity.SecurityReviewTask",
        "Automation/Subscription.LowUsageAlert",
    }  # fmt: skip
    assert set(before) - set(after) == {"Field/Lead.FaxNumber", "Field/Opportunity.Rival"}
    assert after.body("Field/Opportunity.Competitor")["renamed_from"] == ["Rival"]
    assert [s.body("Field/Opportunity.TermMonths")["type"] for s in (before, after)] == ["text", "integer"]
    rights = [s.body("PermissionSet/CustomerSuccessCore")["objects"]["Contact"]["export"] for s in (before, after)]
    assert rights == [False, True]
    changed = {a for a in before if a in after and before.digests[a] != after.digests[a]}
    assert {"Picklist/LeadSource", "StageSet/OpportunityStages", "Pipeline/Opportunity.NewBusiness",
            "Layout/Lead.Lead", "PermissionSet/SalesDevelopment"} <= changed  # fmt: skip


def test_only_environments_that_can_be_made_here_are_taken_along() -> None:
    taken = {path for path in TREE if path.startswith("environments/")}
    assert taken == {"environments/production.yaml", "environments/sandbox.yaml"}


def test_commits_carry_authors_of_their_own_in_order() -> None:
    times = [commit.time for commit in (FIRST, *WAITING)]
    assert times == sorted(times)
    assert len({commit.author.email for commit in WAITING}) >= 4
    assert all(commit.author.email.endswith(".example") for commit in WAITING)


def test_an_identity_is_written_into_an_environment(tmp_path: Path) -> None:
    path = "environments/production.yaml"
    text = with_identity(TREE[path], "4f1c09aa52d7e683", "production")
    snapshot = load({**TREE, path: text}, tmp_path).snapshot
    assert format_text(text) == text
    expected = {"provider": "sql", "instance": "4f1c09aa52d7e683", "kind": "production"}
    assert snapshot.body("Environment/production")["expects"] == expected


NAMES = st.sampled_from(["a", "b", "c"])
EDITS = st.one_of(
    st.builds(Add, NAMES), st.builds(Delete, NAMES, st.text()), st.builds(Move, NAMES, NAMES),
    st.builds(Replace, NAMES, st.text(min_size=1), st.text(min_size=1)),
)  # fmt: skip


@given(st.dictionaries(NAMES, st.text()), st.lists(EDITS, max_size=4))
def test_what_could_be_undone_can_be_done_again(tree: dict[str, str], edits: list[Edit]) -> None:
    kept = dict(tree)
    try:
        earlier = undo(tree, edits)
        again = redo(earlier, edits, tree)
    except (EditError, KeyError):
        assert tree == kept
        return
    assert again == tree


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (Add("gone.yaml"), "gone.yaml is not there"),
        (Delete("a.yaml", "x"), "a.yaml is there already"),
        (Move("b.yaml", "gone.yaml"), "gone.yaml is not there"),
        (Replace("a.yaml", "old", "e"), "a.yaml holds this passage more than once: 'e'"),
        (Replace("a.yaml", "old", "none"), "a.yaml holds this passage nowhere: 'none'"),
    ],
)
def test_an_edit_that_does_not_fit_says_where(edit: Edit, told: str) -> None:
    with pytest.raises(EditError, match=told.replace(".", r"\.")):
        undo({"a.yaml": "fee"}, [edit])
