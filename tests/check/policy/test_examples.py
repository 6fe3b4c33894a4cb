"""A policy's own examples show what they say, or it is told which does not and why."""

from typing import Any

import msgspec
import pytest

from crmgov.check.policy.examples import Trial, trials, untried
from crmgov.check.policy.law import Law
from crmgov.model.kinds.governance import Policy
from crmgov.plan.policy_examples import broken_by_example

OWNED: dict[str, Any] = {"select": {"kind": ["Field"]}, "require": [{"attribute": "owner", "present": True}]}
FIELD = {"kind": "Field", "object": "Lead", "name": "Budget", "type": "currency"}
STAY: dict[str, Any] = {"forbid": {"kind": ["Object"], "action": ["remove"], "hazard": ["data-loss"]}}
GOES = {"action": "remove", "address": "Object/Quote", "hazards": ["data-loss"]}


def law(policy: dict[str, Any]) -> Law:
    return Law("Policy/P", msgspec.convert(policy, Policy), None)


def tried(policy: dict[str, Any]) -> list[Trial]:
    one = law(policy)
    return list(trials(one, lambda example: broken_by_example(one, example)))


def result(policy: dict[str, Any], sort: str, **example: Any) -> str:
    (one,) = tried({**policy, sort: [{"name": "One", **example}]})
    return one.wrong


def test_examples_that_show_what_they_say() -> None:
    assert result(OWNED, "failing", resource=FIELD) == ""
    assert result(OWNED, "passing", resource={**FIELD, "owner": "Ana"}) == ""
    assert result(OWNED, "passing", resource={"kind": "Object", "name": "Lead"}) == ""
    assert result(STAY, "failing", change=GOES) == ""
    assert result(STAY, "passing", change={**GOES, "hazards": []}) == ""


def test_examples_that_do_not() -> None:
    assert result(OWNED, "passing", resource=FIELD) == "it should keep the policy and breaks it"
    assert result(OWNED, "failing", resource={**FIELD, "owner": "Ana"}) == "it should break the policy and keeps it"
    assert result(STAY, "failing", change={**GOES, "action": "add"}) == "it should break the policy and keeps it"


def test_a_change_can_happen_several_times_and_bring_its_document() -> None:
    limit = {"limit": {"select": {"kind": ["Field"], "tags": ["x"]}, "at_most": 2}}
    change = {"action": "add", "address": "Field/Lead.Budget", "resource": {**FIELD, "tags": ["x"]}}
    assert result(limit, "failing", change={**change, "times": 3}) == ""
    assert result(limit, "passing", change={**change, "times": 2}) == ""
    assert (
        result({"forbid": {"owner": "Ana"}}, "failing", change={"action": "add", "address": "Object/A", "owner": "Ana"})
        == ""
    )


@pytest.mark.parametrize(
    ("policy", "example", "why"),
    [
        (OWNED, {}, "it needs a resource, or a change, and not both"),
        (OWNED, {"resource": FIELD, "change": GOES}, "it needs a resource, or a change, and not both"),
        (OWNED, {"change": GOES}, "the policy asks nothing of plans"),
        (STAY, {"resource": FIELD}, "the policy asks nothing of resources"),
        (OWNED, {"resource": {**FIELD, "kind": "Fields"}}, "its resource has the kind Fields, which does not exist"),
        (OWNED, {"resource": {"kind": "Field", "object": "Lead"}}, "its resource has no name"),
        (OWNED, {"resource": {"kind": "Field", "name": "Budget"}}, "its resource lacks an object"),
        (OWNED, {"resource": {"kind": "Team", "name": "X", "object": "Lead"}}, "its resource has an object"),
        (STAY, {"change": {**GOES, "colour": 1}}, "its change says colour, which no change has"),
        (STAY, {"change": {**GOES, "address": "Quote"}}, "its change has no address"),
        (STAY, {"change": {**GOES, "address": "Thing/Quote"}}, "its change is at Thing/Quote, which no resource has"),
        (STAY, {"change": {**GOES, "action": "delete"}}, "its change has no action"),
        (STAY, {"change": {**GOES, "hazards": ["doom"]}}, "its change has a hazard that does not exist"),
        (STAY, {"change": {**GOES, "times": 10**9}}, "its change happens 1000000000 times"),
        (STAY, {"change": {**GOES, "resource": 5}}, "its change's resource is no document"),
    ],
)  # fmt: skip
def test_an_example_that_cannot_be_tried_says_why(policy: dict[str, Any], example: dict[str, Any], why: str) -> None:
    for sort in ("passing", "failing"):
        assert result(policy, sort, **example).startswith(why)


def test_a_policy_with_examples_of_one_sort_only_is_named() -> None:
    both = {**OWNED, "passing": [{"name": "A"}], "failing": [{"name": "B"}]}
    assert untried([law(both)]) == []
    assert untried([law({**OWNED, "passing": [{"name": "A"}]}), law(OWNED)]) == ["P", "P"]
