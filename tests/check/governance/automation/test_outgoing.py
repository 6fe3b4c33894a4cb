"""Deprecated things in use, and people who have left."""

from crmgov.model.canonical import Body
from tests.check.governance.automation.making import automation, put, tree, when
from tests.check.governance.case import Case, found

GOING: Body = {"status": "deprecated", "since": "2026-01-01", "remove_after": "2026-12-31", "replaced_by": "Rating"}
USER: Body = {"type": "user", "lifecycle": {"status": "retired"}}
TELLS: Body = {"type": "notify", "to": {"user": "ada@example.com"}, "message": "Look"}


def aged(**automations: Body) -> dict[str, Body]:
    """A tree whose score is deprecated."""
    return {**tree(**automations), "Field/Lead.Score": {"type": "integer", "lifecycle": GOING}}


CASES = [
    Case(
        code="LITERAL005",
        address="Automation/Lead.A",
        failing=aged(A=automation("created", put("Score", 1))),
        passing=aged(A=automation("created", put("Rating", "Hot"))),
    ),
    Case(
        code="LITERAL006",
        address="Automation/Lead.A",
        failing={**tree(A=automation("created", TELLS)), 'External/"ada@example.com"': USER},
        passing={**tree(A=automation("created", TELLS)), 'External/"ada@example.com"': {"type": "user"}},
    ),
]


def told(held: dict[str, Body], code: str = "LITERAL005") -> list[tuple[str, str]]:
    """What is said under a code, by address."""
    return [(one.address, one.message) for one in found(held) if one.code == code]


def test_each_user_is_told_once_with_the_dates() -> None:
    twice = automation("created", put("Score", 1), when=when("Score", "greater", 5))
    held = aged(A=twice)
    held["Layout/Lead.Main"] = {"sections": [{"name": "S", "fields": ["Score"]}]}
    held["Integration/Mail"] = {
        "mappings": [{"name": "M", "ours": "Lead.Score", "theirs": "score", "direction": "out"}]
    }
    places = told(held)
    assert [address for address, _ in places] == ["Automation/Lead.A", "Layout/Lead.Main", "Integration/Mail"]
    assert places[0][1].endswith("names Lead.Score, which is deprecated since 2026-01-01 and goes after 2026-12-31")


def test_what_is_going_itself_or_switched_off_may_name_it() -> None:
    for more in ({"active": False}, {"lifecycle": {"status": "deprecated"}}):
        assert told(aged(A={**automation("created", put("Score", 1)), **more})) == []


def test_a_deprecated_template() -> None:
    mail: Body = {"type": "send_template", "template": "Old", "to": {"field": "Rating"}}
    held = {**tree(A=automation("created", mail)), "External/Old": {"type": "template", "lifecycle": GOING}}
    assert len(told(held)) == 1


def test_a_member_who_has_left() -> None:
    team = {"Team/Pool": {"type": "queue", "members": {"users": ["ada@example.com", "bob@example.com"]}}}
    assert told({**team, 'External/"ada@example.com"': USER}, "LITERAL006") == [
        ("Team/Pool", "Pool still has ada@example.com as a member, who is no longer there")
    ]
