"""What only the whole tree shows: circles, retired things, doubles, renames, uses."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.circles import circles
from crmgov.check.dangling import dangling
from crmgov.check.run import check
from crmgov.check.uses import uses
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Where
from crmgov.model.kinds import KINDS
from crmgov.model.references import references
from crmgov.model.snapshot import Coverage, Derived, Snapshot
from tests.check.trees import SALES, found, snapshot, told


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            {"Role/A": {"parent": "B"}, "Role/B": {"parent": "C"}, "Role/C": {"parent": "A"}, "Role/D": {"parent": "A"}},
            "role A reports to role B, which reports to role C, which reports to role A",
        ),
        ({"Role/A": {"parent": "A"}}, "role A reports to itself"),
        (
            {"Team/A": {"members": {"teams": ["Desk", "B"]}}, "Team/B": {"members": {"teams": ["A"]}}},
            "team A holds team B, which holds team A",
        ),
        (
            {"PermissionSet/A": {"includes": ["B"]}, "PermissionSet/B": {"includes": ["A"]}},
            "permission set A includes permission set B, which includes permission set A",
        ),
        (
            {
                "Field/Lead.A": {"type": "formula", "returns": "integer", "formula": "B + Score"},
                "Field/Lead.B": {"type": "formula", "returns": "integer", "formula": "IF(Hot, A, 0)"},
            },
            "Lead.A is computed from Lead.B, which is computed from Lead.A",
        ),
        (
            {"Field/Account.Deal": {"type": "master_detail", "references": ["Opportunity"]}},
            "Account belongs to Opportunity, which belongs to Account",
        ),
        (
            {
                "Field/Lead.A": {"type": "picklist", "values": ["x"], "controlled_by": {"field": "B"}},
                "Field/Lead.B": {"type": "picklist", "values": ["x"], "controlled_by": {"field": "A"}},
            },
            "Lead.A depends on Lead.B, which depends on Lead.A",
        ),
        (
            {
                "Role/A": {"lifecycle": {"status": "deprecated", "replaced_by": "B"}},
                "Role/B": {"lifecycle": {"status": "deprecated", "replaced_by": "A"}},
            },
            "role A is replaced by role B, which is replaced by role A",
        ),
        (
            {"Picklist/P": {"values": [{"name": "a", "replaced_by": "b"}, {"name": "b", "replaced_by": "a"}]}},
            "a is replaced by b, which is replaced by a in P",
        ),
    ],
)  # fmt: skip
def test_a_circle_is_told_once_with_all_its_members(more: dict[str, dict[str, Any]], expected: str) -> None:
    assert told(more) == [f"CYCLE001 {expected}"]


def test_a_circle_shows_every_line_that_makes_it() -> None:
    (finding,) = found({"Role/A": {"parent": "B"}, "Role/B": {"parent": "A"}})
    assert finding.at == Where("Role-A.yaml", route=("parent",))
    assert [(one.label, one.at) for one in finding.related] == [("And by", Where("Role-B.yaml", route=("parent",)))]


def test_a_long_circle_is_found_without_recursion_and_told_in_short() -> None:
    more = {f"Role/r{number:05}": {"parent": f"r{(number + 1) % 5000:05}"} for number in range(5000)}
    (message,) = told(more)
    assert message.startswith("CYCLE001 role r00000 reports to role r00001, which")
    assert "(4989 more)" in message


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"), max_size=4)))
def test_circles_are_real_and_none_is_missed(edges: dict[str, set[str]]) -> None:
    told_circles = list(circles(edges))
    for members in told_circles:
        for one, after in zip(members, [*members[1:], members[0]], strict=True):
            assert after in edges[one]
    reach = {node: _reach(edges, node) for node in edges}
    groups = {frozenset(other for other in reach if other in reach[node] and node in reach[other]) for node in reach if node in reach[node]}  # fmt: skip
    assert len(told_circles) == len(groups)


def _reach(edges: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = list(edges[start])
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += edges.get(node, ())
    return seen


RETIRED = {"status": "retired", "since": "2026-01-31", "replaced_by": "Region", "reason": "Regions moved."}


def test_something_in_use_does_not_name_something_retired() -> None:
    more = {
        "Field/Lead.Area": {"type": "text", "lifecycle": RETIRED},
        "Layout/Lead.Main": {"sections": [{"name": "s", "fields": ["Area", "Region"]}]},
        "Validation/Lead.old": {"reject_when": {"field": "Area", "op": "blank"}, "lifecycle": {"status": "retired"}},
        "Field/Lead.Copy": {"type": "formula", "returns": "text", "formula": "Area & 'x'"},
    }
    findings = [item for item in found(more) if item.code == "REF017"]
    assert [(item.address, item.message) for item in findings] == [
        ("Layout/Lead.Main", "Lead.Area is retired since 2026-01-31"),
        ("Field/Lead.Copy", "Lead.Area is retired since 2026-01-31"),
    ]
    assert findings[0].hint == 'replaced by "Region"'
    assert findings[0].related[0].at == Where("Field-Lead.Area.yaml", route=("lifecycle", "status"))


def test_parts_of_a_retired_object_may_name_it() -> None:
    more = {
        "Object/Old": {"lifecycle": {"status": "retired"}},
        "Field/Old.Parent": {"type": "lookup", "references": ["Old"]},
    }
    assert told(more) == []
    assert told({**more, "Team/Q": {"objects": ["Old"]}}) == ["REF017 Old is retired"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"Governance/a": {}, "Governance/b": {}}, ["DUP001 Governance b stands beside a"]),
        (
            {
                "Environment/a": {"provider": "sql", "connection": {}, "expects": {"instance": "db1"}},
                "Environment/b": {"provider": "sql", "connection": {}, "expects": {"instance": "db1", "provider": "sql"}},
                "Environment/c": {"provider": "salesforce", "connection": {}, "expects": {"instance": "db1"}},
            },
            ["DUP002 b and a both expect db1"],
        ),
        (
            {"Picklist/P": {"values": [{"name": "a", "aliases": ["x"]}, {"name": "b", "aliases": ["X", "A", "b"]}]}},
            ['DUP005 "A" stands for "b" and for "a"', 'DUP005 "X" stands for "b" and for "a"'],
        ),
        (
            {"StageSet/Other": {"field": "Opportunity.Stage", "stages": ["New"]}},
            ["DUP006 Opportunity.Stage has two stage sets, Stages and Other"],
        ),
        ({"StageSet/Other": {"field": "Lead.Score"}}, ["FIT002 Lead.Score is of type integer; only a picklist can hold stages"]),
        (
            {"Layout/Lead.L": {"sections": [{"name": "a", "fields": ["Name"]}, {"name": "b", "fields": ["Name"]}]}},
            ['DUP004 "Name" stands twice on L'],
        ),
        (
            {
                "RecordType/Lead.A": {},
                "RecordType/Lead.B": {},
                "PermissionSet/P": {"record_types": {"Lead": {"A": {"default": True}, "B": {"default": True}}}},
            },
            ["DUP003 2 default record types of Lead: A, B"],
        ),
        ({"Field/Lead.Area": {"type": "text", "renamed_from": ["Region"]}}, ['RENAME001 "Region" still exists']),
        ({"Field/Lead.Area": {"type": "text", "renamed_from": ["Area"]}}, ['RENAME001 "Area" is its own name']),
        (
            {
                "Field/Lead.A": {"type": "text", "renamed_from": ["Old"]},
                "Field/Lead.B": {"type": "text", "renamed_from": ["Old"]},
                "Field/Account.A": {"type": "text", "renamed_from": ["Old"]},
            },
            ['RENAME002 "Old" became A already'],
        ),
    ],
)  # fmt: skip
def test_what_can_be_once_is_once(more: dict[str, dict[str, Any]], expected: list[str]) -> None:
    assert told(more) == expected


def test_formulas_name_fields_and_values_that_exist() -> None:
    formula = 'AND(ISPICKVAL(Region, "EMAE"), Owner.Emial = "x", Scoer > 3, acc__Rank__c > 1, Name = "y")'
    findings = found({"Validation/Lead.v": {"formula": formula}})
    assert sorted(f"{item.code} {item.message}" for item in findings) == [
        'REF002 No field "Emial" in User, named in the formula',
        'REF002 No field "Scoer" in Lead, named in the formula',
        'REF011 No value "EMAE" in Regions, named in the formula',
        "REF018 1 use of 1 name of packages and Externals, not looked up",
    ]
    assert all(item.fix is None for item in findings)
    (value,) = [item for item in findings if item.code == "REF011"]
    assert (value.severity, value.hint) == ("warning", 'closest: "EMEA"')


def test_formulas_are_read_whatever_their_case_and_other_languages_are_left_alone() -> None:
    assert told({"Validation/Lead.v": {"formula": "region = 'EMEA' && SCORE > 1"}}, case="mend") == []
    assert told({"Field/Lead.F": {"type": "formula", "formula": "CASE WHEN nothing IS NULL THEN 1 END"}}) == []
    assert told({"Validation/Lead.v": {"formula": "IF(Hot, (Score"}}) == [
        "FORMULA001 A bracket opened in line 1 is never closed"
    ]


class Shipped:
    """A catalogue of one standard object with two fields."""

    def has(self, kind: str, name: str, parent: str | None = None) -> bool | None:
        if (kind, name) == ("Object", "Case") or (kind, parent) == ("Field", "Lead"):
            return name in ("Case", "Industry")
        return None if name.startswith("Unknown") else (kind, parent, name) == ("Field", "Case", "Origin")

    def field(self, parent: str, name: str) -> Body | None:
        shipped = {"Origin": {"type": "picklist", "picklist": "Standard"}, "Industry": {"type": "text"}}
        return shipped.get(name) if self.has("Field", name, parent) else None

    def names(self, kind: str, parent: str | None = None) -> Sequence[str]:
        return {("Object", None): ["Case"], ("Field", "Case"): ["Origin"]}.get((kind, parent), [])


def test_names_that_providers_ship_are_known_with_their_types_and_values() -> None:
    more = {
        "Validation/Lead.v": {"reject_when": {"field": "Industry", "op": "greater_or_equal", "value": 5}},
        "Team/Q": {"objects": ["Case", "Csae"]},
        "Field/Case.Origin": {"values": ["Mail"]},
        "Automation/Case.a": {"when": {"field": "Origin", "op": "equals", "value": "Web"}},
    }
    assert told(more, catalogues=[Shipped()]) == [
        "FIT001 5 is not text; put it in quotes, but Lead.Industry is of type text",
        'REF001 No object "Csae"',
        'REF011 No value "Web" in Case.Origin',
    ]


def test_a_name_that_may_exist_is_a_warning_where_one_letter_makes_it_a_known_one() -> None:
    class Open(Shipped):
        def has(self, kind: str, name: str, parent: str | None = None) -> bool | None:
            return super().has(kind, name, parent) or None

    more = {"Team/Q": {"objects": ["Csae", "Invoice"]}, "Role/R": {"parent": "Saels"}}
    assert told(more, catalogues=[Open()]) == ['REF005 No role "Saels"', 'REF023 Object "Csae" is not known']


def test_custom_fields_of_activities_are_fields_of_tasks_and_events() -> None:
    more = {
        "Object/Task": {},
        "Field/Task.Subject": {"type": "text"},
        "Field/Activity.Reason__c": {"type": "text"},
        "Object/Activity": {},
        "Object/Contact": {},
        "Field/Contact.Tier__c": {"type": "text"},
        "PermissionSet/P": {
            "fields": {
                "Task": {"fields": {"Reason__c": "read", "Other__c": "read"}},
                "Account": {"fields": {"Tier__pc": "read", "Other__pc": "read"}},
            }
        },
    }
    assert told(more) == ['REF002 No field "Other__c" in Task', 'REF002 No field "Other__pc" in Account']


def test_where_it_cannot_be_known_whether_a_name_exists_nothing_is_said() -> None:
    layout = {"sections": [{"name": "s", "fields": ["Unknown1", "Nowhere"]}]}
    assert told({"Layout/Case.L": layout}, catalogues=[Shipped()]) == []
    more = {**SALES, "Layout/Lead.L": {"sections": [{"name": "s", "fields": ["Nope"]}]}}
    whole = snapshot(more)
    assert [item.code for item in check(whole)] == ["REF002"]
    partial = Snapshot("p", whole.digests, whole.bodies, coverage=Coverage(kinds=frozenset(KINDS) - {"Field"}))
    assert check(partial) == []


def test_uses_of_everything_are_known_by_address_and_element() -> None:
    more = {
        **SALES,
        "Automation/Opportunity.task": {
            "trigger": {"on": "saved"},
            "when": {"all": [{"field": "Stage", "op": "equals", "value": "Won"}, {"field": "Account.Region", "op": "present"}]},
        },
        "Field/Lead.Tier": {"type": "formula", "returns": "text", "formula": 'IF(ISPICKVAL(Region, "EMEA"), "1", "2")'},
        "Automation/Lead.flow": {"body": "opaque"},
    }  # fmt: skip
    whole = snapshot(more)
    derived = {"Automation/Lead.flow": Derived(writes=("Lead.Score",), names=(("Team", "Desk"),), literals=(("Lead.Region", "APAC"),))}  # fmt: skip
    found_uses = uses(Snapshot("u", whole.digests, whole.bodies, derived=derived))
    task = "Automation/Opportunity.task"
    assert found_uses["StageSet/Stages#stages[Won]"] == (
        ("Pipeline/Opportunity.Deals", ("stages", "Won", "name")),
        (task, ("when", "all", "0", "value")),
    )
    assert found_uses["Pipeline/Opportunity.Deals#stages[\"Proposal/Price Quote\"]"] == (
        ("Pipeline/Opportunity.Deals", ("stages", "New", "next", "Proposal/Price Quote")),
    )  # fmt: skip
    path = ("when", "all", "1", "field")
    assert (task, path) in found_uses["Field/Opportunity.Account"]
    assert (task, path) in found_uses["Field/Account.Region"]
    assert found_uses["Picklist/Regions#values[EMEA]"] == (("Field/Lead.Tier", ("formula",)),)
    assert found_uses["Picklist/Regions#values[APAC]"] == (("Automation/Lead.flow", ()),)
    assert found_uses["Field/Lead.Score"] == (("Automation/Lead.flow", ()),)
    assert found_uses["Team/Desk"] == (("Automation/Lead.flow", ()),)
    assert ("Role/Sales" in found_uses, "Role/Director" in found_uses) == (True, False)


def test_opaque_bodies_name_things_that_exist() -> None:
    whole = snapshot({**SALES, "Automation/Lead.flow": {"body": "opaque"}})
    derived = {
        "Automation/Lead.flow": Derived(
            reads=("Lead.Regon__c", "Lead.Owner", "Nothing.X"),
            names=(("Team", "Dsek"),),
            literals=(("Lead.Region", "EMAE"),),
        )
    }
    findings = check(Snapshot("u", whole.digests, whole.bodies, derived=derived))
    assert {item.severity for item in findings} == {"warning"}
    assert sorted(item.message for item in findings) == [
        'No field "Regon__c" in Lead',
        'No team "Dsek"',
        'No value "EMAE" in Regions',
    ]


def test_what_a_snapshot_names_and_does_not_hold_can_be_listed_as_externals() -> None:
    more = {
        "Team/Q": {"objects": ["Order"], "members": {"roles": ["Nobody"]}},
        "Layout/Lead.L": {"sections": [{"name": "s", "fields": ["Regon", "Region"]}]},
        "PermissionSet/P": {"layouts": {"Lead": {"layout": "Short"}}},
        "Automation/Lead.a": {"actions": [{"name": "a", "type": "notify", "template": "Hi", "to": {"role": "Sales"}}]},
    }
    externals = dangling(snapshot({**SALES, **more}))
    assert externals == {
        "External/Hi": {"type": "template"},
        'External/"Lead.Regon"': {"type": "field"},
        'External/"Lead.Short"': {"type": "other"},
        "External/Nobody": {"type": "other"},
        "External/Order": {"type": "object"},
    }
    assert [item.code for item in found({**more, **externals})] == ["REF018"]


def test_references_that_are_known_already_are_not_made_again() -> None:
    whole = snapshot({**SALES, "Role/Rep": {"parent": "Saels"}})
    known = {"Role/Rep": list(references("Role", {"parent": "Sales"}))}
    assert check(whole, known_references=known) == []
    assert len(check(whole, known_references={})) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "Lead", "Region", "a.b", "x", "$today"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "field", "op", "value", "x", "object", "type", "to", "all"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(list(KINDS)))
    names = [field.encode_name for field in msgspec.structs.fields(KINDS[kind].spec)]
    return kind, draw(st.dictionaries(st.sampled_from(names), JSON, max_size=5))


@given(bodies())
def test_no_body_however_wrong_makes_a_rule_fail(made: tuple[str, dict[str, Any]]) -> None:
    kind, body = made
    address = f"{kind}/Lead.Odd" if KINDS[kind].parent != "never" else f"{kind}/Odd"
    whole = snapshot(SALES)
    extended = Snapshot.of("x", {**{one: whole.body(one) for one in whole}, address: body})
    for finding in check(extended):
        assert finding.message
