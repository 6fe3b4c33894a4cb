"""``crmgov policy test`` tries each policy on its own examples."""

import json
from pathlib import Path

import pytest

from tests.running import crmgov

POLICY = """\
kind: Policy
name: Owned
select: {kind: [Field]}
require:
  - {attribute: owner, present: true}
passing:
  - name: Somebody answers
    resource: {kind: Field, object: Lead, name: Budget, type: currency, owner: Ana}
failing:
  - name: Nobody answers
    resource: {kind: Field, object: Lead, name: Budget, type: currency}
"""
BARE = "kind: Policy\nname: Few\nlimit: {at_most: 3}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/owned.yaml").write_text(POLICY)
    (tmp_path / "config/few.yaml").write_text(BARE)
    return tmp_path


def test_examples_that_show_what_they_say(root: Path) -> None:
    done = crmgov("-C", str(root), "policy", "test")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Few\n"
        "Owned\n"
        "  ok     keeps   Somebody answers\n"
        "  ok     breaks  Nobody answers: owner is missing\n"
        "2 policies, 2 examples, all as they say\n"
        "Without passing or without failing examples: Few\n"
    )


def test_an_example_that_does_not_is_told_at_its_line(root: Path) -> None:
    (root / "config/owned.yaml").write_text(POLICY.replace(", owner: Ana", ""))
    done = crmgov("-C", str(root), "policy", "test")
    assert done.returncode == 1
    assert (
        done.stdout
        == """\
Few
Owned
  WRONG  breaks  Somebody answers: owner is missing
  ok     breaks  Nobody answers: owner is missing

config/owned.yaml:7:11  error POLICY108  Owned: "Somebody answers" is among the passing examples: it should keep the policy and breaks it
    6 | passing:
    7 |   - name: Somebody answers
      |           ^^^^^^^^^^^^^^^^
   - owner is missing
   Why:  Either the policy or the example is wrong, and nobody can tell from reading which is meant.
   Mend: Correct the one that is wrong.

1 error

2 policies, 2 examples, 1 not as they say
Without passing or without failing examples: Few
"""
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("type: currency, owner: Ana", "type: money, owner: Ana", "error FIELD003"),
        ("type: currency, owner: Ana", "type: currency, owmer: Ana", "error FIELD004"),
        ("attribute: owner", "attribute: owmer", "error POLICY105  Owned: no Field can have owmer"),
        ("present: true", "matches: '(a+'", "error POLICY104"),
        ("require:", "requier:", "error POLICY004"),
        ("kind: [Field]", "kind: [", "error "),
    ],
)
def test_what_is_wrong_with_a_policy_or_a_document_in_it(root: Path, old: str, new: str, told: str) -> None:
    (root / "config/owned.yaml").write_text(POLICY.replace(old, new, 1))
    done = crmgov("-C", str(root), "policy", "test")
    assert done.returncode == 1
    assert told in done.stdout


def test_one_policy_by_name_and_for_other_programs(root: Path) -> None:
    done = crmgov("-C", str(root), "policy", "test", "owned", "--format", "json")
    data = json.loads(done.stdout)
    assert (data["format"], data["problems"], data["untried"]) == ("crmgov-policy-test/1", [], [])
    assert [(one["name"], len(one["examples"])) for one in data["policies"]] == [("Owned", 2)]
    assert data["policies"][0]["examples"][1]["breaches"] == ["owner is missing"]


ODD = """\
kind: Policy
name: Odd
forbid: {action: [remove]}
failing:
  - {name: A, change: {action: remove, address: Object/A, hazards: [[1], {a: b}]}}
  - {name: B, change: {action: [x], address: {a: b}, times: {}}}
  - {name: C, resource: {kind: [Field], name: {a: 1}, object: [2]}}
  - {name: D, change: {action: remove, address: Picklist/A, resource: {kind: Picklist, name: A, values: [1, [2], {x: y}]}}}
"""


def test_odd_examples_are_told_and_harm_nothing(root: Path) -> None:
    (root / "config/odd.yaml").write_text(ODD)
    done = crmgov("-C", str(root), "policy", "test", "Odd")
    assert done.returncode == 1
    assert "error PICKLIST" in done.stdout
    (root / "config/odd.yaml").write_text("".join(ODD.splitlines(keepends=True)[:-1]))
    assert crmgov("-C", str(root), "policy", "test", "Odd").stdout.count("error POLICY108") == 3


def test_wrong_use_says_what_can_be_asked(root: Path) -> None:
    unknown = crmgov("-C", str(root), "policy", "test", "Ownd")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "No policy is called Ownd; known: Few, Owned" in unknown.stderr
    assert crmgov("-C", str(root), "policy").returncode == 2
    assert crmgov("-C", str(root), "policy", "tset").returncode == 2
