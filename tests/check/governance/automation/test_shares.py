"""Values shared out between cases and teams."""

from crmgov.model.canonical import Body
from tests.check.governance.automation.test_catch_all import REGION, routed
from tests.check.governance.case import Case, found


def covering(**covers: object) -> dict[str, Body]:
    """Teams that cover values of the region."""
    return {
        f"Team/{team}": {"type": "queue", "objects": ["Lead"], "members": {"users": ["a"]}, "covers": {"Lead": when}}
        for team, when in covers.items()
    }


def equal(value: str) -> Body:
    """A criterion on the region."""
    return {"field": "Region", "op": "equals", "value": value}


def messages(tree: dict[str, Body], code: str) -> list[str]:
    """What is said under a code."""
    return [one.message for one in found(tree) if one.code == code]


def doubled() -> dict[str, Body]:
    """A route whose second case names what the first has taken."""
    tree = routed("North", "South", otherwise={"team": "North"})
    cases = tree["Automation/Lead.Route"]["actions"][0]["cases"]
    cases[1]["when"] = {"field": "Region", "op": "in", "value": ["South", "North"]}
    return tree


FIELD = {"Field/Lead.Region": REGION}
BOTH = routed("North", "South", otherwise={"team": "North"})
CASES = [
    Case(code="ROUTING003", address="Automation/Lead.Route", failing=doubled(), passing=BOTH),
    Case(
        code="ROUTING004",
        address="Automation/Lead.Route",
        failing={**BOTH, **covering(North=equal("North"), South=equal("North"))},
        passing={**BOTH, **covering(North=equal("North"), South=equal("South"))},
    ),
    Case(
        code="ROUTING005",
        address="Field/Lead.Region",
        failing={**FIELD, **covering(A=equal("North"), B=equal("North"))},
        passing={**FIELD, **covering(A=equal("North"), B=equal("South"))},
    ),
    Case(
        code="ROUTING006",
        address="Team/A",
        failing={**FIELD, **covering(A={"field": "Region", "op": "present"}, B=equal("South"))},
        passing={**FIELD, **covering(A=equal("North"), B=equal("South"))},
    ),
]


def test_the_messages_name_the_value_and_both_sides() -> None:
    assert messages(doubled(), "ROUTING003") == ['Region North is taken by case "North" before case "South"']
    assert messages(dict(CASES[1].failing), "ROUTING004") == [
        "Region South is routed to South, which does not cover it"
    ]
    assert messages(dict(CASES[2].failing), "ROUTING005") == [
        "Lead.Region South is covered by none of the 2 teams that share it"
    ]
    assert messages(dict(CASES[3].failing), "ROUTING006") == ["Lead.Region South is covered by A and by B"]


def test_inactive_values_need_no_team() -> None:
    assert messages(dict(CASES[2].passing), "ROUTING005") == []


def test_what_a_catch_all_takes_needs_no_team_of_its_own() -> None:
    tree = {**routed("North", otherwise={"team": "South"}), **covering(North=equal("North"), A=equal("North"))}
    assert messages(tree, "ROUTING005") == []


def test_conditions_on_several_fields_are_not_compared() -> None:
    tree = doubled()
    case = tree["Automation/Lead.Route"]["actions"][0]["cases"][0]
    case["when"] = {"all": [case["when"], {"field": "Hot", "op": "equals", "value": True}]}
    assert messages(tree, "ROUTING003") == []
    two = covering(A={"any": [equal("North"), {"field": "Hot", "op": "equals", "value": True}]}, B=equal("North"))
    assert messages({**FIELD, **two}, "ROUTING006") == []
