"""Policies over resources: what they choose, what they require, and how a breach is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.policy.run import police
from crmgov.model.diagnostics import Where
from crmgov.model.snapshot import Coverage, Snapshot
from tests.check.policy.policies import TREE, found, told
from tests.check.trees import snapshot

FIELD: dict[str, Any] = {"kind": ["Field"]}


@pytest.mark.parametrize(
    ("select", "chosen"),
    [
        ({}, set(TREE) | {"Policy/P"}),
        (FIELD, {"Field/Lead.Region", "Field/Lead.Email", "Field/Case.Topic"}),
        ({"object": ["Lead"]}, {"Object/Lead", "Field/Lead.Region", "Field/Lead.Email"}),
        ({**FIELD, "object": ["Lead"]}, {"Field/Lead.Region", "Field/Lead.Email"}),
        ({**FIELD, "name": "^E"}, {"Field/Lead.Email"}),
        ({"tags": ["core", "x"]}, {"Field/Lead.Region"}),
        ({"kind": ["Field", "Object"], "owner": "Sales"}, {"Object/Lead", "Field/Lead.Region", "Field/Lead.Email"}),
        ({**FIELD, "where": {"type": ["email", "picklist"]}}, {"Field/Lead.Email", "Field/Case.Topic"}),
        ({**FIELD, "where": {"type": "email"}}, {"Field/Lead.Email"}),
        ({**FIELD, "where": {"personal_data": "GDPR"}}, {"Field/Lead.Email"}),
        ({**FIELD, "where": {"personal_data": None}}, {"Field/Lead.Region", "Field/Case.Topic"}),
        ({"kind": ["PermissionSet"], "where": {"objects.Lead.export": True}}, {"PermissionSet/Reps"}),
        ({"kind": ["PermissionSet"], "where": {"objects.*.export": 1}}, set()),
        ({**FIELD, "where": {"name": "Topic"}}, {"Field/Case.Topic"}),
    ],
)
def test_what_is_chosen(select: dict[str, Any], chosen: set[str]) -> None:
    policy = {"select": select, "require": [{"attribute": "native.none.x", "present": True}]}
    assert {one.address for one in found(policy) if one.code == "POLICY101"} == chosen


@pytest.mark.parametrize(
    ("address", "require", "wrong"),
    [
        ("Field/Lead.Email", {"attribute": "owner", "present": True}, "owner is missing"),
        ("Field/Lead.Region", {"attribute": "owner", "present": True}, ""),
        ("Field/Lead.Region", {"attribute": "owner", "present": False}, "owner is stated and must not be"),
        ("Field/Lead.Region", {"attribute": "type", "equals": "email"}, "type is text and must be email"),
        ("PermissionSet/Reps", {"attribute": "capabilities.ApiEnabled", "equals": False}, ""),
        ("PermissionSet/Reps", {"attribute": "capabilities.ApiEnabled", "equals": 0}, "capabilities.ApiEnabled is false and must be 0"),
        ("PermissionSet/Reps", {"attribute": "objects.Case.export", "equals": False}, "objects.Case.export is missing"),
        ("Field/Lead.Region", {"attribute": "type", "one_of": ["email", "url"]}, "type is text and must be one of email, url"),
        ("Field/Lead.Region", {"attribute": "sensitivity", "one_of": ["internal"]}, "sensitivity is missing"),
        ("Field/Lead.Email", {"attribute": "personal_data", "one_of": ["CCPA"]}, "personal_data is GDPR and must be one of CCPA"),
        ("Field/Lead.Region", {"attribute": "label", "matches": "^[A-Z]"}, ""),
        ("Field/Lead.Region", {"attribute": "name", "matches": "__c$"}, "name is Region and must match __c$"),
        ("Field/Case.Topic", {"attribute": "values", "at_most": 2}, "values has 3 entries and may have at most 2"),
        ("Field/Case.Topic", {"attribute": "values", "at_least": 4}, "values has 3 entries and must have at least 4"),
        ("Field/Lead.Region", {"attribute": "values", "at_most": 2}, ""),
        ("Field/Lead.Region", {"attribute": "values", "at_most": -1}, ""),
        ("Field/Lead.Region", {"attribute": "values", "at_least": 1}, "values is missing"),
        ("PermissionSet/Reps", {"attribute": "objects", "one_of": ["all"]}, 'objects is {"Lead": {"export": true, "read": true}} and must be one of all'),
        ("Field/Lead.Region", {"attribute": "label", "at_most": 2}, "label is Region and must be a number"),
        ("StageSet/Stages", {"attribute": "stages.New.probability", "at_least": 20}, "stages.New.probability is 10 and must be at least 20"),
        ("StageSet/Stages", {"attribute": "stages.*.probability", "present": True}, "stages.Won.probability is missing"),
        ("Object/Lead", {"attribute": "native.sql.table", "equals": "x"}, "native.sql.table is missing"),
    ],
)  # fmt: skip
def test_what_is_required(address: str, require: dict[str, Any], wrong: str) -> None:
    kind, _, rest = address.partition("/")
    policy = {"select": {"kind": [kind], "name": f"^{rest.rpartition('.')[2]}$"}, "require": [require]}
    assert told(policy) == ([f"POLICY101 {rest}: {wrong} (P)"] if wrong else [])


def test_a_breach_is_told_in_the_policys_own_words_at_the_attribute() -> None:
    policy = {
        "description": "An owner answers.", "help": "Name one.", "severity": "note",
        "select": {**FIELD, "name": "^Region$"}, "require": [{"attribute": "owner", "equals": "Finance"}],
    }  # fmt: skip
    (one,) = found(policy)
    assert (one.detail, one.mend, one.severity, one.policy) == ("An owner answers.", "Name one.", "note", "Policy/P")
    assert one.at == Where("Field-Lead.Region.yaml", 0, ("owner",))
    assert [place.at for place in one.related] == [Where("Policy-P.yaml")]


def test_a_vendors_own_attribute_is_never_repeated() -> None:
    tree = {"Object/Lead": {"native": {"salesforce": {"token": "hunter2"}}}}
    policy = {"select": {"kind": ["Object"]}, "require": [{"attribute": "native.salesforce.token", "equals": "x"}]}
    (one,) = told(policy, tree)
    assert "hunter2" not in one
    assert one == "POLICY101 Lead: native.salesforce.token has a value that is not shown and must be x (P)"


def test_a_policy_that_is_off_is_not_asked_and_what_is_packaged_is_not_ours() -> None:
    policy = {"select": FIELD, "require": [{"attribute": "owner", "present": True}]}
    assert told({**policy, "severity": "off"}) == []
    tree = snapshot({"Field/Lead.ns__X": {"type": "text"}, "Field/Lead.Own": {"type": "text"}, "Policy/P": policy})
    packaged = Snapshot(
        "t", tree.digests, tree.bodies, places=tree.places, origins={"Field/Lead.ns__X": "packaged"}
    )  # fmt: skip
    assert [one.address for one in police(packaged)] == ["Field/Lead.Own"]


@pytest.mark.parametrize(
    ("policy", "wrong"),
    [
        ({"select": FIELD}, "POLICY107 P: it requires, forbids and limits nothing"),
        ({"select": FIELD, "forbid": {"action": ["remove"]}}, "POLICY107 P: select without require chooses resources and asks nothing of them"),
        ({"select": {"action": ["add"]}, "require": [{"attribute": "owner"}]}, "POLICY107 P: action is of a plan and has no meaning over resources"),
        ({"select": {"kind": ["Fields"]}, "require": [{"attribute": "owner"}]}, "POLICY105 P: there is no kind Fields"),
        ({"select": {**FIELD, "name": "["}, "require": [{"attribute": "owner"}]}, "POLICY104 P: [ is no regular expression, or one too large to be matched quickly"),
        ({"select": {**FIELD, "where": {"colour": 1}}, "require": [{"attribute": "owner"}]}, "POLICY105 P: no Field can have colour"),
        ({"select": {"kind": ["Field", "Object"]}, "require": [{"attribute": "type", "present": True}]}, "POLICY105 P: no Object can have type"),
        ({"require": [{"attribute": "colour", "present": True}]}, "POLICY105 P: no resource can have colour"),
        ({"select": FIELD, "require": [{"attribute": "owner..x"}]}, "POLICY105 P: no Field can have owner..x"),
        ({"select": FIELD, "require": [{"attribute": "owner", "matches": "(?=x)"}]}, "POLICY104 P: (?=x) looks ahead or behind, which is not offered: no pattern may take long"),
        ({"forbid": {"hazard": ["doom"]}}, "POLICY105 P: there is no hazard doom"),
        ({"limit": {"select": {"environment": ["prod"]}, "at_most": 1}}, "POLICY105 P: there is no environment prod"),
        ({"select": {"kind": ["Team"]}, "require": [{"attribute": "owner", "present": True}]}, "POLICY106 P: nothing here is selected"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_policy_itself(policy: dict[str, Any], wrong: str) -> None:
    assert told(policy, environments=["production"]) == [wrong]


def test_where_the_fault_of_a_policy_stands() -> None:
    policy = {"select": FIELD, "require": [{"attribute": "owner", "present": True}, {"attribute": "colour"}]}
    assert [one.at for one in found(policy)] == [Where("Policy-P.yaml", 0, ("require", "1", "attribute"))]


def test_what_is_not_read_from_a_source_is_not_missed_there() -> None:
    tree = snapshot({"Policy/P": {"select": {"kind": ["Team"]}, "require": [{"attribute": "owner", "present": True}]}})
    partly = Snapshot("t", tree.digests, tree.bodies, coverage=Coverage(kinds=frozenset({"Field"})))
    assert police(partly) == []


NAMES = st.sampled_from(
    [
        "owner",
        "values",
        "values.*.name",
        "stages.New",
        "objects.*",
        "native.a.b.c",
        "*",
        "*.*",
        '"',
        '"\\x"',
        'a."b.c"',
        ".",
        "",
        "name",
    ]
)
SCALARS = st.one_of(
    st.booleans(), st.integers(-5, 5), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=5)
)
VALUES = st.one_of(st.none(), SCALARS)


@given(
    where=st.dictionaries(NAMES, st.one_of(VALUES, st.lists(SCALARS, max_size=3)), max_size=2),
    require=st.lists(
        st.fixed_dictionaries(
            {"attribute": NAMES},
            optional={
                "present": st.booleans(), "equals": SCALARS, "at_most": st.integers(-5, 5),
                "at_least": st.floats(allow_nan=False, allow_infinity=False), "matches": st.text(max_size=8), "one_of": st.lists(st.text(), max_size=2),
            },
        ),
        max_size=2,
    ),
    name=st.text(max_size=6),
)  # fmt: skip
def test_whatever_a_policy_asks_it_is_answered(where: Any, require: Any, name: str) -> None:
    for one in found({"select": {"where": where, "name": name}, "require": require}):
        assert one.code.startswith("POLICY10")
        assert one.message


def test_what_is_too_much_is_counted_so_that_it_cannot_grow_while_it_is_known() -> None:
    policy = {"select": FIELD, "require": [{"attribute": "values", "at_most": 2}, {"attribute": "type", "equals": "x"}]}
    amounts = {(one.address, "values" in one.message): one.amount for one in found(policy) if one.code == "POLICY101"}
    assert amounts[("Field/Case.Topic", True)] == 3
    assert amounts[("Field/Case.Topic", False)] is None


def test_of_a_long_list_of_values_a_message_names_the_first() -> None:
    require = [{"attribute": "type", "one_of": [f"v{number}" for number in range(100_000)]}]
    (message,) = told({"select": {**FIELD, "name": "^Topic$"}, "require": require})
    assert message.startswith("POLICY101 Case.Topic: type is picklist and must be one of v0, v1, ")
    assert message.endswith(", v19 and 99,980 more (P)")
