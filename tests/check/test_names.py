"""Names that stand for nothing are told where they stand, with what was probably meant."""

import pytest

from crmgov.model.diagnostics import Where
from tests.check.trees import found, told


def test_a_tree_without_fault_has_no_findings() -> None:
    assert told({}) == []


@pytest.mark.parametrize(
    ("address", "body", "expected"),
    [
        ("Field/Lead.Tier", {"type": "picklist", "picklist": "Tires"}, 'REF003 No picklist "Tires"'),
        ("Field/Lead.Boss", {"type": "lookup", "references": ["Acount"]}, 'REF001 No object "Acount"'),
        ("Role/Rep", {"parent": "Saels"}, 'REF005 No role "Saels"'),
        ("Role/Rep", {"grants": ["Rep"]}, 'REF006 No permission set "Rep"'),
        ("Team/All", {"members": {"teams": ["Dsek"]}}, 'REF007 No team "Dsek"'),
        ("PermissionSet/P", {"layouts": {"Lead": {"layout": "Short"}}}, 'REF008 No layout "Short" in Lead'),
        ("PermissionSet/P", {"fields": {"Lead": {"fields": {"Regoin": "read"}}}}, 'REF002 No field "Regoin" in Lead'),
        ("PermissionSet/P", {"record_types": {"Lead": {"B2B": {}}}}, 'REF004 No record type "B2B" in Lead'),
        ("RecordType/Lead.B2B", {"pipeline": "Deals"}, 'REF009 No pipeline "Deals" in Lead'),
        ("Pipeline/Lead.Way", {"stage_set": "Staegs"}, 'REF010 No stage set "Staegs"'),
        (
            "Automation/Lead.mail",
            {"actions": [{"name": "a", "type": "notify", "template": "Hi"}]},
            'REF013 No External "Hi"',
        ),
        (
            "Automation/Lead.hook",
            {"actions": [{"name": "a", "type": "webhook", "integration": "Zap"}]},
            'REF014 No integration "Zap"',
        ),
        (
            "Environment/prod",
            {"provider": "sql", "connection": {}, "promotes_from": "uat"},
            'REF015 No environment "uat"',
        ),
        ("Layout/Led.Main", {}, 'REF001 No object "Led"'),
        ("External/R", {"type": "report", "reads": ["Lead.Regon"]}, 'REF002 No field "Regon" in Lead'),
        ("External/R", {"type": "report", "reads": ["Laed.Region"]}, 'REF001 No object "Laed"'),
        ("External/R", {"type": "report", "reads": ["Region"]}, 'REF021 "Region" is not written as Object.Field'),
        (
            "Automation/Nightly",
            {"when": {"field": "Region", "op": "blank"}},
            'REF022 Field "Region" is named, but no object it could belong to',
        ),
        (
            "Pipeline/Opportunity.B",
            {"stage_set": "Stages", "stages": ["Proposal"]},
            'REF012 No stage "Proposal" in Stages',
        ),
        (
            "Pipeline/Opportunity.B",
            {"stage_set": "Stages", "stages": [{"name": "New", "next": ["Won"]}]},
            'REF012 No stage "Won" in B',
        ),
        (
            "Lifecycle/L",
            {
                "handoffs": [
                    {
                        "name": "h",
                        "from": {"object": "Lead"},
                        "to": {"object": "Opportunity", "pipeline": "Deals", "stage": "Nwe"},
                    }
                ]
            },
            'REF012 No stage "Nwe" in Deals',
        ),
    ],
)
def test_every_wrong_name_is_told_once(address: str, body: dict[str, object], expected: str) -> None:
    assert told({address: body}) == [expected]


def test_the_finding_points_at_the_name_and_at_what_was_probably_meant() -> None:
    (finding,) = found({"Pipeline/Opportunity.B": {"stage_set": "Stages", "stages": ["Proposal"]}})
    assert finding.at == Where("Pipeline-Opportunity.B.yaml", route=("stages", "Proposal", "name"))
    assert finding.hint == 'closest: "Proposal/Price Quote"'
    assert finding.detail == "No record could ever be in it."
    assert [(one.label, one.at) for one in finding.related] == [
        ("Defined at", Where("StageSet-Stages.yaml", route=("stages", "Proposal/Price Quote")))
    ]
    assert finding.fix is not None
    assert not finding.fix.safe


def test_a_name_that_is_a_key_is_pointed_at_as_a_key() -> None:
    (finding,) = found({"PermissionSet/P": {"fields": {"Lead": {"fields": {"Regoin": "read"}}}}})
    assert finding.at == Where("PermissionSet-P.yaml", route=("fields", "Lead", "fields", "Regoin"), on_key=True)
    assert finding.fix is not None
    assert [edit.action for edit in finding.fix.edits] == ["rename_key"]


def when(path: str) -> dict[str, dict[str, object]]:
    return {"Validation/Opportunity.check": {"reject_when": {"field": path, "op": "blank"}}}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Account.Region", []),
        ("Account.Parent.Region", []),
        ("Account.Regon", ['REF002 No field "Regon" in Account']),
        ("Acount.Region", ['REF002 No field "Acount" in Opportunity']),
        ("Amount.Region", ["REF020 Opportunity.Amount points at no record, so nothing can stand after it"]),
        (
            "Account.Parent.Parent.Region",
            ['REF019 "Account.Parent.Parent.Region" goes over 3 lookups; at most 2 are possible'],
        ),
    ],
)
def test_paths_lead_over_lookups_to_a_field(path: str, expected: list[str]) -> None:
    assert told(when(path)) == expected


def test_a_step_may_be_named_as_the_crm_names_the_relation() -> None:
    more = {"Validation/Lead.v": {"reject_when": {"field": "Owner.Email", "op": "blank"}}}
    assert told(more) == []
    more = {"Validation/Lead.v": {"reject_when": {"field": "Owner.Emial", "op": "blank"}}}
    (finding,) = found(more)
    assert finding.fix is not None
    assert finding.fix.edits[0].value == "Owner.Email"


def test_another_case_is_an_error_with_a_safe_fix_where_the_crm_folds_case() -> None:
    more = {"Validation/Opportunity.v": {"reject_when": {"field": "account.REGION", "op": "blank"}}}
    (finding,) = found(more, case="mend")
    assert (finding.code, finding.message) == (
        "REF016",
        '"account.REGION" is written "Account.Region" where it is defined',
    )
    assert finding.fix is not None
    assert finding.fix.safe
    assert finding.fix.edits[0].value == "Account.Region"
    assert told(more) == ['REF002 No field "account" in Opportunity']


def test_what_else_is_wrong_is_told_beside_another_case() -> None:
    more = {"Validation/Lead.v": {"reject_when": {"field": "REGION", "op": "equals", "value": "EMAE"}}}
    assert told(more, case="mend") == [
        'REF011 No value "EMAE" in Regions',
        'REF016 "REGION" is written "Region" where it is defined',
    ]
    assert told(more, case="accept") == ['REF011 No value "EMAE" in Regions']


def test_names_of_packages_and_externals_are_counted_in_one_note() -> None:
    more = {
        "External/acme": {"type": "package"},
        "External/Invoice": {"type": "object"},
        "PermissionSet/P": {
            "objects": {"acme__Order__c": {"read": True}, "Invoice": {"read": True}},
            "fields": {"Lead": {"fields": {"acme__Rank__c": "read"}}, "Invoice": {"fields": {"Total": "edit"}}},
            "includes": ["acme__Base"],
        },
    }
    (finding,) = found(more)
    assert (finding.code, finding.severity) == ("REF018", "note")
    assert finding.message == "6 uses of 5 names of packages and Externals, not looked up"
    assert finding.evidence[0] == "Object Invoice (2)"


def test_an_external_of_one_type_does_not_hide_a_wrong_name_of_another() -> None:
    more = {"External/Saels": {"type": "report"}, "Role/Rep": {"parent": "Saels"}}
    assert told(more) == ['REF005 No role "Saels"']


def test_fields_of_an_object_that_is_wrong_itself_are_not_told_again() -> None:
    more = {"PermissionSet/P": {"fields": {"Leed": {"fields": {"Region": "read", "Score": "read"}}}}}
    assert told(more) == ['REF001 No object "Leed"']


def test_a_tree_full_of_wrong_names_is_told_in_bounded_time() -> None:
    more = {f"Role/r{number}": {"parent": f"x{number}"} for number in range(3000)}
    assert len(told(more)) == 3000


def test_a_template_of_a_folder_that_was_not_read_is_counted_and_not_missed() -> None:
    mail = {"actions": [{"name": "a", "type": "notify", "template": "Service/Closed"}]}
    tree = {"Automation/Lead.mail": mail}
    assert told(tree, case="accept") == ["REF018 1 use of 1 name of packages and Externals, not looked up"]
    report = {'External/"Service/Weekly"': {"type": "report"}}
    assert told({**tree, **report}, case="accept") == [
        "REF018 1 use of 1 name of packages and Externals, not looked up"
    ]
    read = {'External/"Service/Opened"': {"type": "template"}}
    assert told({**tree, **read}, case="accept") == ['REF013 No External "Service/Closed"']
    assert told(tree) == ['REF013 No External "Service/Closed"']
