"""What flows and workflow rules do for certain."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.governance.run import govern
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Derived, Snapshot
from crmgov.providers.salesforce.outlines import flow_outline, workflow_outlines
from crmgov.providers.salesforce.xml import Tree
from tests.check.governance.case import TODAY
from tests.providers.salesforce.world import metadata, mini, read

UNKNOWN = {"formula": "unknown"}


def to(name: str, tag: str = "connector") -> tuple[str, Tree]:
    """A connector."""
    return tag, [("targetReference", name)]


def condition(left: str, operator: str, **value: str) -> tuple[str, Tree]:
    """A condition of a decision."""
    return "conditions", [("leftValueReference", left), ("operator", operator), ("rightValue", [*value.items()])]


def branch(name: str, goes_to: str, *conditions: tuple[str, Tree], logic: str = "and") -> tuple[str, Tree]:
    """A rule of a decision."""
    return "rules", [("name", name), ("conditionLogic", logic), *conditions, to(goes_to)]


def puts(name: str, *more: tuple[str, Tree], value: str = "x") -> tuple[str, Tree]:
    """An update of the record itself."""
    held: Tree = [("field", "Note__c"), ("value", [("stringValue", value)])]
    return "recordUpdates", [("name", name), ("inputReference", "$Record"), ("inputAssignments", held), *more]


def start(*more: tuple[str, Tree | str], first: str = "A", event: str = "Update") -> tuple[str, Tree]:
    """Where a flow starts."""
    head: Tree = [("object", "Lead"), ("triggerType", "RecordAfterSave"), ("recordTriggerType", event)]
    return "start", [*head, to(first), *more]


def asks(field: str, operator: str, **value: str) -> tuple[str, Tree]:
    """A filter of the start."""
    return "filters", [("field", field), ("operator", operator), ("value", [*value.items()])]


def outline(*tree: tuple[str, Tree | str]) -> Body:
    """The one outline of a flow."""
    ((_, body),) = flow_outline(list(tree))
    return body


def reached(*tree: tuple[str, Tree | str]) -> dict[str, Body]:
    """By name of an element: when it is reached."""
    return {action["name"]: action["when"] for action in outline(*tree)["actions"]}


@pytest.mark.parametrize(
    ("filters", "when"),
    [
        ([asks("A", "EqualTo", stringValue="x")], {"all": [{"field": "A", "op": "equals", "value": "x"}]}),
        ([asks("A", "NotEqualTo", stringValue="x")], {"all": [{"not": {"field": "A", "op": "equals", "value": "x"}}]}),
        ([asks("A", "NotEqualTo", stringValue="")], {"all": [{"field": "A", "op": "present"}]}),
        ([asks("A", "EqualTo")], {"all": [{"field": "A", "op": "blank"}]}),
        ([asks("A", "IsNull", booleanValue="false")], {"all": [{"field": "A", "op": "present"}]}),
        ([asks("A", "WasSet", booleanValue="true")], {"all": [{"field": "A", "op": "present"}]}),
        ([asks("A", "IsChanged", booleanValue="true")], {"all": [{"field": "A", "op": "changed"}]}),
        ([asks("A", "GreaterThan", numberValue="5.0")], {"all": [{"field": "A", "op": "greater", "value": 5}]}),
        ([asks("A", "EqualTo", elementReference="$User.Id")], {"all": [UNKNOWN]}),
        ([asks("A", "EqualTo", stringValue="{!$User.Id}")], {"all": [UNKNOWN]}),
        ([asks("A", "Sounds", stringValue="x")], {"all": [UNKNOWN]}),
        ([], {}),
        ([("filterFormula", "{!$Record.A} = 1")], UNKNOWN),
        ([asks("A", "EqualTo"), asks("B", "EqualTo"), ("filterLogic", "1 OR (2")], UNKNOWN),
        (
            [asks("A", "EqualTo"), asks("B", "EqualTo"), ("filterLogic", "1 OR 2")],
            {"any": [{"field": "A", "op": "blank"}, {"field": "B", "op": "blank"}]},
        ),
    ],
)
def test_what_a_start_asks(filters: Tree, when: Body) -> None:
    assert outline(start(*filters))["when"] == when


def test_what_is_done_is_told_with_what_leads_there() -> None:
    hot = {"all": [{"field": "Rating", "op": "equals", "value": "Hot"}]}
    decision: Tree = [
        ("name", "A"),
        branch("Hot", "B", condition("$Record.Rating", "EqualTo", stringValue="Hot")),
        to("C", "defaultConnector"),
    ]
    tree = [start(), ("decisions", decision), puts("B", to("D")), puts("C", to("D")), puts("D"), puts("Never")]
    assert reached(*tree) == {
        "A": {},
        "B": {"all": [hot]},
        "C": {"all": [{"not": hot}]},
        "D": {"any": [{"all": [{"not": hot}]}, {"all": [hot]}]},
    }


def test_ways_in_a_circle_and_too_many_ways_come_to_an_end() -> None:
    assert reached(start(), puts("A", to("B")), puts("B", to("A"))) == {"A": {}, "B": {}}
    cases = [branch(f"R{at}", "End", condition("$Record.N", "EqualTo", numberValue=str(at))) for at in range(300)]
    many = reached(start(), ("decisions", [("name", "A"), *cases]), puts("End"))
    assert many["End"] == UNKNOWN
    ladder: list[tuple[str, Tree]] = []
    for at in range(40):
        rungs = [branch(name, f"D{at + 1}", condition("$Record.N", "EqualTo", stringValue=name)) for name in "ab"]
        ladder.append(("decisions", [("name", f"D{at}"), *rungs]))
    assert {"formula": "unknown"} in reached(start(first="D0"), *ladder, puts("D40")).values()
    three = [*ladder[:3], puts("D3", to("D4")), puts("D4")]
    assert reached(start(first="D0"), *three)["D3"] == UNKNOWN
    assert reached(start(first="D0"), *three)["D4"] == UNKNOWN


def test_two_elements_of_one_name_are_no_trouble() -> None:
    decision: Tree = [("name", "A"), branch("Hot", "B", condition("$Record.Rating", "EqualTo", stringValue="Hot"))]
    assert "A" in reached(start(), ("decisions", decision), puts("A", to("B")), puts("B"))


def test_what_waits_is_not_done_at_once_and_its_dates_are_told() -> None:
    later: Tree = [("recordField", "Due__c"), to("B")]
    body = outline(start(("scheduledPaths", later)), puts("A"), puts("B"))
    assert [action["name"] for action in body["actions"]] == ["A"]
    assert body["trigger"] == {"on": "updated", "phase": "after", "dates": ["Due__c"]}


def test_records_of_others_and_values_worked_out_are_told_apart() -> None:
    item: Tree = [("field", "Phone"), ("value", [("elementReference", "$Record.Phone")])]
    other: Tree = [("name", "A"), ("object", "Contact"), ("inputAssignments", item), to("B")]
    made: Tree = [("name", "B"), ("object", "Task"), ("inputAssignments", item)]
    actions = outline(start(), ("recordUpdates", other), ("recordCreates", made))["actions"]
    assert actions == [
        {"name": "A", "when": {}, "type": "set_field", "field": "Phone", "object": "Contact"},
        {"name": "B", "when": {}, "type": "create_record", "object": "Task", "fields": {"Phone": "$worked out"}},
    ]


def test_only_flows_that_records_start_have_an_outline() -> None:
    assert flow_outline([("start", [to("A")]), puts("A")]) == []
    assert flow_outline("") == []


def test_fields_that_formulas_name_are_asked_for() -> None:
    formula: Tree = [("name", "F"), ("expression", "ISBLANK({!$Record.Region__c})")]
    assert outline(start(), ("formulas", formula))["asked"] == ["Region__c"]


def rule(name: str, *more: tuple[str, Tree | str], active: str = "true") -> tuple[str, Tree]:
    """A workflow rule that makes one update."""
    action: Tree = [("name", "Mark"), ("type", "FieldUpdate")]
    return "rules", [("fullName", name), ("active", active), ("actions", action), *more]


def test_workflow_rules_that_are_on_are_outlined() -> None:
    update: Tree = [("fullName", "Mark"), ("field", "Note__c"), ("literalValue", "x")]
    item: Tree = [("field", "Lead.Status"), ("operation", "notEqual"), ("value", "New")]
    on: Tree = [("triggerType", "onAllChanges")]
    tree: Tree = [("fieldUpdates", update), rule("R", ("criteriaItems", item), *on), rule("Off", *on, active="false")]
    ((name, body),) = workflow_outlines(tree, "Lead")
    assert name == "R"
    assert body["trigger"] == {"on": "saved", "phase": "rules"}
    assert body["when"] == {"not": {"field": "Status", "op": "equals", "value": "New"}}
    assert body["actions"] == [{"name": "Mark", "when": {}, "type": "set_field", "field": "Note__c", "value": "x"}]
    ((_, body),) = workflow_outlines([rule("R", ("formula", "Amount > 1"), *on)], "Lead")
    assert body["when"] == UNKNOWN


WORDS = """actions assignToReference assignmentItems assignments booleanFilter booleanValue conditionLogic conditions
connector criteriaItems decisions defaultConnector elementReference field fieldUpdates filterLogic filters
inputAssignments inputReference leftValueReference name numberValue object operation operator recordCreates
recordField recordUpdates rightValue rules scheduledPaths stringValue targetReference triggerOrder triggerType type
value"""
TAGS = WORDS.split()
TEXTS = ["", "A", "B", "and", "1 OR (2 AND 3)", "$Record", "$Record.A", "EqualTo", "NotEqualTo", "IsNull", "true", "²"]
ANY = st.recursive(
    st.sampled_from(TEXTS),
    lambda inner: st.lists(st.tuples(st.sampled_from(TAGS), inner), max_size=5),
    max_leaves=20,
)


@given(st.lists(st.tuples(st.sampled_from(TAGS), ANY), max_size=8), st.lists(st.tuples(st.sampled_from(TAGS), ANY)))
def test_no_body_is_too_odd(tree: Tree, more: Tree) -> None:
    body: Tree = [start(*more), *tree]
    outlines = flow_outline(body) + workflow_outlines(body, "Lead")
    bodies: dict[str, Body] = {"Object/Lead": {}, "Field/Lead.A": {"type": "text"}}
    bodies["Automation/F"] = {"body": "opaque", "active": True}
    derived = {"Automation/F": Derived(triggers=("Lead:saved",), outlines=tuple(outlines))}
    govern(Snapshot.of("tree", bodies, derived=derived), today=TODAY, files=True)


FLOW = """<start><connector><targetReference>Mark</targetReference></connector><object>Lead</object>
<filterLogic>and</filterLogic>
<filters><field>Region__c</field><operator>NotEqualTo</operator><value><stringValue>North</stringValue></value></filters>
<recordTriggerType>Update</recordTriggerType><triggerType>RecordAfterSave</triggerType></start><status>{}</status>"""


@pytest.mark.parametrize(("status", "codes"), [("Active", ["TRIGGER002"]), ("Draft", []), ("Obsolete", [])])
def test_a_flow_that_runs_is_judged_by_its_file(status: str, codes: list[str], tmp_path: Path) -> None:
    field = "<fullName>Region__c</fullName><label>Region</label><length>80</length><type>Text</type>"
    snapshot = read(
        mini(
            tmp_path / "p",
            {
                "app/objects/Lead/fields/Region__c.field-meta.xml": metadata("CustomField", field),
                "app/flows/Mark.flow-meta.xml": metadata("Flow", FLOW.format(status)),
            },
        )
    )
    told = govern(snapshot, today=TODAY, files=True)
    assert [one.code for one in told if one.code.startswith(("TRIGGER", "WRITER"))] == codes
    off = [one.message for one in told if one.code == "REACH006"]
    assert off == ([] if codes else [f"Mark is off ({status}), and nothing says why or until when"])
