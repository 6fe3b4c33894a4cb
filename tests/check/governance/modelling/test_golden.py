"""What a good record holds: that it is said, and that it can be given."""

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found

STAGES: Body = {"stages": [{"name": "Open"}]}
LAYOUT: Body = {"sections": [{"name": "Main", "fields": [{"name": "Amount"}]}]}


def tree(record: Body, **more: Body) -> dict[str, Body]:
    """Two objects with stages, of which one says what a good record holds."""
    return {
        "Object/Case": {"golden_record": {"recommended": ["Origin"]}},
        "Field/Case.Origin": {"type": "text"},
        "Pipeline/Case.Work": STAGES,
        "Object/Deal": record,
        "Field/Deal.Amount": {"type": "currency"},
        "Field/Deal.Term": {"type": "integer"},
        "Pipeline/Deal.Sales": STAGES,
        "Layout/Deal.Main": LAYOUT,
        **more,
    }


NEEDS: Body = {"golden_record": {"required": ["Amount", "Term"]}}
FILLS: Body = {
    "active": True,
    "trigger": {"on": "created"},
    "actions": [{"name": "Fill", "type": "set_field", "field": "Term", "value": 12}],
}
CASES = [
    Case(
        code="MODEL011",
        address="Object/Deal",
        failing=tree({}),
        passing=tree({"golden_record": {"required": ["Amount"]}}),
    ),
    Case(
        code="MODEL012",
        address="Object/Deal",
        failing=tree(NEEDS),
        passing=tree(NEEDS, **{"Automation/Deal.Fill": FILLS}),
    ),
]


def told(held: dict[str, Body]) -> list[str]:
    return [one.message for one in found(held) if one.code in ("MODEL011", "MODEL012")]


def test_nobody_is_asked_where_nobody_began() -> None:
    assert told({**tree({}), "Object/Case": {}}) == []
    assert told({key: body for key, body in tree({}).items() if not key.startswith("Pipeline/Deal")}) == []


def test_what_writes_a_must_have_is_named_by_what_does_not() -> None:
    assert told(tree(NEEDS)) == ["Deal.Term is a must-have, but it is on no layout, and nothing here writes it"]
    off = {"Automation/Deal.Fill": {**FILLS, "active": False}}
    assert len(told(tree(NEEDS, **off))) == 1
    rows: Body = {"mappings": [{"name": "T", "ours": "Deal.Term", "theirs": "t", "direction": "in"}]}
    assert told(tree(NEEDS, **{"Integration/Billing": {"system": "Billing", **rows}})) == []
    carry: Body = {"handoffs": [{"name": "H", "carry": {"Case.Origin": {"to": "Deal.Term"}}}]}
    assert told(tree(NEEDS, **{"Lifecycle/Way": carry})) == []


def test_what_fills_itself_or_has_no_layouts_is_left_alone() -> None:
    assert told(tree(NEEDS, **{"Field/Deal.Term": {"type": "integer", "default": 12}})) == []
    assert told(tree(NEEDS, **{"Field/Deal.Term": {"type": "autonumber"}})) == []
    bare = {key: body for key, body in tree(NEEDS).items() if not key.startswith("Layout/")}
    assert told(bare) == []
