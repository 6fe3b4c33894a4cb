"""Names of fields in what a project holds beside what is governed: how they are spelt, and what is not understood."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.mentioned import mentioned
from crmgov.model.provider import Scope
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.catalogue import CATALOGUE
from crmgov.providers.salesforce.lookups import Lookups
from crmgov.providers.salesforce.mentions.found import Found, merged
from crmgov.providers.salesforce.mentions.spellings import path_of
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.providers.salesforce.world import NAMESPACE, metadata, mini, read

TEXT = "<fullName>{0}</fullName><label>{0}</label><type>Text</type><length>40</length>"
LOOKUP = (
    "<fullName>Berth__c</fullName><label>Berth</label><type>Lookup</type><referenceTo>Berth__c</referenceTo>"
    "<relationshipName>Ships</relationshipName>"
)
FIELDS = {
    **{f"app/objects/Lead/fields/{one}.field-meta.xml": metadata("CustomField", TEXT.format(one))
       for one in ("Region__c", "Quiet__c")},
    "app/objects/Ship__c/fields/Name__c.field-meta.xml": metadata("CustomField", TEXT.format("Name__c")),
    "app/objects/Ship__c/fields/Berth__c.field-meta.xml": metadata("CustomField", LOOKUP),
    "app/objects/Berth__c/fields/Name__c.field-meta.xml": metadata("CustomField", TEXT.format("Name__c")),
}  # fmt: skip


def project(folder: Path, files: dict[str, str | bytes]) -> Snapshot:
    return read(mini(folder, {**FIELDS, **{f"app/{path}": content for path, content in files.items()}}))


def named(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    return dict(mentioned(snapshot, [CATALOGUE], case="accept"))


def view(*columns: str) -> str:
    nodes = "".join(f"<columns>{one}</columns>" for one in columns)
    return metadata("ListView", f"<fullName>All</fullName>{nodes}<label>All Leads</label>")


VIEW = "objects/Lead/listViews/All.listView-meta.xml"


@pytest.mark.parametrize(
    ("owner", "spelling", "path"),
    [
        ("Lead", "FULL_NAME", ("Lead", "Name")),
        ("Lead", "LEAD.EMAIL", ("Lead", "Email")),
        ("Lead", "LEAD.CREATED_DATE", ("Lead", "CreatedDate")),
        ("Lead", "LEAD.CONVERTED", ("Lead", "IsConverted")),
        ("Lead", "CORE.USERS.ALIAS", ("Lead", "OwnerId")),
        ("Opportunity", "OPPORTUNITY.AMOUNT", ("Opportunity", "Amount")),
        ("Opportunity", "ACCOUNT.NAME", ("Account", "Name")),
        ("Case", "CASES.CASE_NUMBER", ("Case", "CaseNumber")),
        ("Account", "ACCOUNT.ADDRESS2_POSTAL_CODE", ("Account", "ShippingPostalCode")),
        ("Contact", "CONTACT.PHONE3", ("Contact", "MobilePhone")),
        ("Task", "DUE_DATE", ("Task", "ActivityDate")),
        ("Berth__c", "UPDATEDBY_USER.ALIAS", ("Berth__c", "LastModifiedById")),
        ("Berth__c", "Region__c", ("Berth__c", "Region__c")),
        ("CreditMemo", "TotalTaxAmount", ("CreditMemo", "TotalTaxAmount")),
        ("Lead", "LEAD.SOMETHING_ELSE", None),
        ("Lead", "NOBODY.KNOWS", None),
    ],
)
def test_old_spellings_of_standard_fields(owner: str, spelling: str, path: tuple[str, str] | None) -> None:
    assert path_of(owner, spelling, CATALOGUE) == path


def test_what_is_not_understood_is_counted_and_never_guessed(tmp_path: Path) -> None:
    found = project(tmp_path, {VIEW: view("LEAD.SOMETHING_ELSE", "Region__c", "two words")})
    assert found.elsewhere.searched["ListView"] == 2
    assert named(found) == {"Field/Lead.Region__c": ('ListView/Lead."All Leads"',)}


def test_names_in_any_case_and_over_lookups_are_found(tmp_path: Path) -> None:
    found = project(
        tmp_path,
        {
            VIEW: view("REGION__C"),
            "objects/Ship__c/fieldSets/Few.fieldSet-meta.xml": metadata(
                "FieldSet",
                "<fullName>Few</fullName><displayedFields><field>Berth__r.Name__c</field></displayedFields>",
            ),
        },
    )
    assert named(found) == {
        "Field/Lead.Region__c": ('ListView/Lead."All Leads"',),
        "Field/Ship__c.Berth__c": ("FieldSet/Ship__c.Few",),
        "Field/Berth__c.Name__c": ("FieldSet/Ship__c.Few",),
    }


def test_related_records_are_those_of_the_lookup(tmp_path: Path) -> None:
    related = "<relatedLists><fields>Name__c</fields><relatedList>Ships__r</relatedList></relatedLists>"
    joined = (
        "<baseObject>Berth__c</baseObject><label>Berths and ships</label><join><relationship>Ships__r</relationship>"
        "</join><sections><columns><field>Name__c</field><table>Berth__c.Ships__r</table></columns></sections>"
    )
    found = project(
        tmp_path,
        {
            "layouts/Berth__c-Main.layout-meta.xml": metadata("Layout", related),
            "reportTypes/Both.reportType-meta.xml": metadata("ReportType", joined),
        },
    )
    users = ('RelatedList/Berth__c."Ships__r of Main"', 'ReportType/"Berths and ships"')
    assert named(found) == {"Field/Ship__c.Berth__c": users, "Field/Ship__c.Name__c": users}


def test_of_an_object_that_is_not_known_every_field_of_that_name_is_meant(tmp_path: Path) -> None:
    page = "<sobjectType>Lead</sobjectType><masterLabel>P</masterLabel><flexiPageRegions><itemInstances>"
    page += "<componentInstance><componentInstanceProperties><value>Name__c</value></componentInstanceProperties>"
    page += "</componentInstance></itemInstances></flexiPageRegions>"
    found = project(tmp_path, {"flexipages/P.flexipage-meta.xml": metadata("FlexiPage", page)})
    assert set(named(found)) == {"Field/Ship__c.Name__c", "Field/Berth__c.Name__c"}


@pytest.mark.parametrize(
    "text",
    ["Dear {!Lead.Region__c}", "{{{Recipient.Region__c}}}", '<p>{!IF(Lead.Region__c = "a", "b", "c")}</p>',
     "{!relatedTo.Region__c}"],
)  # fmt: skip
def test_merge_fields_of_templates(tmp_path: Path, text: str) -> None:
    files = {"email/All/Hello.email-meta.xml": metadata("EmailTemplate", "<name>Hello</name>")}
    found = project(tmp_path, {**files, "email/All/Hello.email": text})
    assert named(found) == {"Field/Lead.Region__c": ('EmailTemplate/"All/Hello"',)}
    assert found.elsewhere.searched["EmailTemplate"] == 0


OVER = [
    ("Ship__c", "Berth__r.Name"),
    ("Ship__c", "Berth__R.CreatedDate"),
    ("", "{!Ship__c.Berth__r.Name}"),
    ("", "{{{Recipient.Berth__r.Name}}}"),
    ("", "Anything.Berth__r.Name"),
]


@pytest.mark.parametrize(("owner", "text"), OVER)
def test_a_lookup_that_a_path_goes_over_is_named_wherever_it_ends(tmp_path: Path, owner: str, text: str) -> None:
    nodes = f"<sobjectType>{owner}</sobjectType><masterLabel>P</masterLabel><flexiPageRegions><itemInstances>"
    nodes += f"<componentInstance><value>{text}</value></componentInstance></itemInstances></flexiPageRegions>"
    found = project(tmp_path, {"flexipages/P.flexipage-meta.xml": metadata("FlexiPage", nodes)})
    assert set(named(found)) == {"Field/Ship__c.Berth__c"}


@pytest.mark.parametrize(
    "text",
    ["{!IF(ISBLANK(Lead.Region__c), '{none}', 'some')}", '{!IF(Lead.Quiet__c = "}", "{", Lead.Region__c)}',
     "{!$ObjectType.Lead.Fields.Region__c.Label}", "{!Lead.Region__c & 'it}", "{{{ Lead.Region__c }}}"],
)  # fmt: skip
def test_braces_in_words_close_no_merge_field(tmp_path: Path, text: str) -> None:
    files = {"email/All/Hello.email-meta.xml": metadata("EmailTemplate", "<name>Hello</name>")}
    found = project(tmp_path, {**files, "email/All/Hello.email": text})
    assert "Field/Lead.Region__c" in named(found)


@pytest.mark.parametrize("mark", ["$", "."])
def test_every_column_of_a_formula_in_a_report_is_named(tmp_path: Path, mark: str) -> None:
    formula = f"Ship__c{mark}Name__c:SUM/Lead{mark}Region__c:MAX + Lead{mark}Quiet__c:MAX"
    nodes = f"<aggregates><calculatedFormula>{formula}</calculatedFormula></aggregates><name>R</name>"
    found = project(tmp_path, {"reports/All/R.report-meta.xml": metadata("Report", nodes)})
    assert set(named(found)) == {"Field/Ship__c.Name__c", "Field/Lead.Region__c", "Field/Lead.Quiet__c"}
    assert found.elsewhere.searched["Report"] == 0


def test_a_column_of_a_report_goes_over_lookups_by_their_own_names(tmp_path: Path) -> None:
    nodes = "<columns><field>Ship__c.Berth__c.Name__c</field></columns><name>R</name>"
    found = project(tmp_path, {"reports/All/R.report-meta.xml": metadata("Report", nodes)})
    assert set(named(found)) == {"Field/Ship__c.Berth__c", "Field/Berth__c.Name__c"}


def test_apps_and_settings_name_fields(tmp_path: Path) -> None:
    app = "<label>Desk</label><consoleConfig><x/></consoleConfig><workspaceConfig><mappings><fieldName>Berth__c</fieldName>"
    app += "<tab>Ship__c</tab></mappings></workspaceConfig><preferences><pushNotifications><pushNotification>"
    app += "<fieldNames>Region__c</fieldNames><objectName>Lead</objectName></pushNotification></pushNotifications>"
    found = project(
        tmp_path,
        {
            "applications/Desk.app-meta.xml": metadata("CustomApplication", f"{app}</preferences>"),
            "objects/Opportunity/fields/Kind__c.field-meta.xml": metadata("CustomField", TEXT.format("Kind__c")),
            "settings/Opportunity.settings-meta.xml": metadata(
                "OpportunitySettings",
                "<findSimilarOppFilter><similarOpportunitiesMatchFields>Kind__c</similarOpportunitiesMatchFields>"
                "</findSimilarOppFilter>",
            ),
        },
    )
    assert set(named(found)) == {"Field/Ship__c.Berth__c", "Field/Lead.Region__c", "Field/Opportunity.Kind__c"}


@pytest.mark.parametrize(
    ("relation", "whose"),
    [("Ships__r", {"Ship__c.Name__c", "Ship__c.Berth__c"}), ("Others__r", {"Ship__c.Name__c", "Berth__c.Name__c"})],
)
def test_a_related_list_on_a_page_names_fields_of_its_own_object(
    tmp_path: Path, relation: str, whose: set[str]
) -> None:
    column = "<valueList><valueListItems><value>Name__c</value></valueListItems></valueList>"
    rows = [("parentFieldApiName", "<value>Berth__c.Id</value>"), ("relatedListFieldAliases", column)]
    rows.append(("sortFieldAlias", "<value>__DEFAULT__</value>"))
    rows.append(("relatedListApiName", f"<value>{relation}</value>"))
    nodes = "".join(
        f"<componentInstanceProperties><name>{name}</name>{value}</componentInstanceProperties>" for name, value in rows
    )
    nodes = f"<itemInstances><componentInstance>{nodes}</componentInstance></itemInstances>"
    page = (
        f"<flexiPageRegions>{nodes}</flexiPageRegions><masterLabel>P</masterLabel><sobjectType>Berth__c</sobjectType>"
    )
    found = project(tmp_path, {"flexipages/P.flexipage-meta.xml": metadata("FlexiPage", page)})
    assert set(named(found)) == {f"Field/{one}" for one in whose}
    assert found.elsewhere.searched["FlexiPage"] == 0


def test_a_template_without_its_text_was_not_looked_into(tmp_path: Path) -> None:
    found = project(tmp_path, {"email/All/Hello.email-meta.xml": metadata("EmailTemplate", "<name>Hello</name>")})
    assert found.elsewhere.searched["EmailTemplate"] == 1


def test_a_value_of_custom_metadata_names_and_a_column_that_it_fills_does_not(tmp_path: Path) -> None:
    values = "<values><field>Quiet__c</field><value>Lead.Region__c</value></values>"
    found = project(tmp_path, {"customMetadata/M.One.md-meta.xml": metadata("CustomMetadata", values)})
    assert set(named(found)) == {"Field/Lead.Region__c"}


def test_things_of_one_label_are_told_apart(tmp_path: Path) -> None:
    other = view("Region__c").replace("<fullName>All<", "<fullName>Second<")
    found = project(tmp_path, {VIEW: view("Region__c"), VIEW.replace("All.", "Second."): other})
    assert named(found)["Field/Lead.Region__c"] == (
        'ListView/Lead."All Leads"', 'ListView/Lead."All Leads (Second)"',
    )  # fmt: skip


def test_of_a_folder_beside_the_packages_only_what_they_lack_is_read(tmp_path: Path) -> None:
    more = "<listViews><fullName>{0}</fullName><columns>{1}</columns><label>{2}</label></listViews>"
    beside = more.format("All", "Quiet__c", "All Leads") + more.format("Old", "Quiet__c", "Old Leads")
    mini(
        tmp_path,
        {**FIELDS, f"app/{VIEW}": view("Region__c"), "old/package.xml": metadata("Package"),
         "old/objects/Lead.object": metadata("CustomObject", beside)},
    )  # fmt: skip
    assert named(read(tmp_path)) == {
        "Field/Lead.Region__c": ('ListView/Lead."All Leads"',),
        "Field/Lead.Quiet__c": ('ListView/Lead."Old Leads"',),
    }


def test_a_mention_has_its_place_in_the_file(tmp_path: Path) -> None:
    mini(tmp_path, {**FIELDS, f"app/{VIEW}": view("Region__c")})
    provider = SalesforceFiles(tmp_path, Path())
    provider.read(Scope())
    place = provider.locate('ListView/Lead."All Leads"', ("Region__c",))
    assert place is not None
    assert (place.file, place.line) == (f"app/{VIEW}", 3)


DEEP = "<columns>" * 300 + "</columns>" * 300
BROKEN = {
    "no XML": b"<ListView",
    "another root": metadata("Layout", "").encode(),
    "a document type": f'<!DOCTYPE x [<!ENTITY a "b">]><ListView {NAMESPACE}><label>&a;</label></ListView>'.encode(),
    "nested deeply": metadata("ListView", DEEP).encode(),
    "UTF-16": metadata("ListView", "<label>a</label>").encode("utf-16"),
    "nothing": b"",
    "huge": metadata("ListView", f"<label>{'a' * 11_000_000}</label>").encode(),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_read_is_told_and_closes_nothing_governed(tmp_path: Path, content: bytes) -> None:
    mini(tmp_path, {**FIELDS, f"app/{VIEW}": content})
    provider = SalesforceFiles(None, tmp_path)
    found = provider.read(Scope())
    (problem,) = provider.problems
    assert (problem.severity, problem.code[:6]) == ("warning", "SFFILE")
    assert found.coverage.gaps == ()
    assert found.elsewhere.searched["ListView"] == 1


HOSTILE = [
    "a" * 5000 + "__c",
    "..Region__c",
    "Region__c.",
    "$$$",
    "{!" * 3000,
    "Region__c\x7f",
    "é__c",
    "A." * 800 + "b__c",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_odd_names_do_no_harm(tmp_path: Path, text: str) -> None:
    page = (
        f"<sobjectType>Lead</sobjectType><flexiPageRegions><name>{text}</name><value>{text}</value></flexiPageRegions>"
    )
    found = project(
        tmp_path,
        {VIEW: view(text, "Region__c"), "flexipages/P.flexipage-meta.xml": metadata("FlexiPage", page),
         "objects/Lead/webLinks/W.webLink-meta.xml": metadata("WebLink", f"<url>{text}</url>")},
    )  # fmt: skip
    assert 'ListView/Lead."All Leads"' in named(found)["Field/Lead.Region__c"]


def test_messages_delays_and_approvers_of_rules_name_fields(tmp_path: Path) -> None:
    rules = "<outboundMessages><fullName>Send</fullName><fields>Region__c</fields></outboundMessages>"
    delay = "<tasks><fullName>Call</fullName><offsetFromField>Lead.Quiet__c</offsetFromField></tasks>"
    steps = "<approvalStep><assignedApprover><approver><name>Name__c</name><type>relatedUserField</type></approver>"
    steps += "</assignedApprover></approvalStep><nextAutomatedApprover><userHierarchyField>Manager</userHierarchyField>"
    found = project(
        tmp_path,
        {
            "workflows/Lead.workflow-meta.xml": metadata("Workflow", rules + delay),
            "approvalProcesses/Ship__c.Ok.approvalProcess-meta.xml": metadata(
                "ApprovalProcess", f"{steps}</nextAutomatedApprover>"
            ),
        },
    )
    reads = {at.partition("/")[2]: one.reads for at, one in found.derived.items()}
    assert reads == {
        'Lead."Workflow rules"': ("Lead.Quiet__c", "Lead.Region__c"),
        "Ship__c.Ok": ("Ship__c.Name__c", "User.Manager"),
    }


FLOW = {
    "a variable": "<variables><name>held</name><dataType>SObject</dataType><objectType>Ship__c</objectType></variables>"
    "<formulas><name>f</name><expression>{!held.Name__c}</expression></formulas>",
    "a record that was looked for": "<recordLookups><name>Get_Ship</name><object>Ship__c</object></recordLookups>"
    "<decisions><name>d</name><rules><conditions><leftValueReference>Get_Ship.Name__c</leftValueReference></conditions>"
    "</rules></decisions>",
    "each of several": "<recordLookups><name>Get_Ships</name><object>Ship__c</object></recordLookups>"
    "<loops><name>Each</name><collectionReference>Get_Ships</collectionReference></loops>"
    "<screens><name>s</name><fields><name>t</name><fieldText>Hello {!Each.Name__c}</fieldText></fields></screens>",
    "what is taken over": "<recordLookups><name>g</name><object>Ship__c</object><outputAssignments><field>Name__c</field>"
    "</outputAssignments></recordLookups>",
    "a time to wait for": "<start><object>Ship__c</object><scheduledPaths><name>p</name><recordField>Name__c</recordField>"
    "</scheduledPaths></start>",
    "a choice": "<dynamicChoiceSets><name>c</name><object>Ship__c</object><displayField>Name__c</displayField>"
    "</dynamicChoiceSets>",
}


@pytest.mark.parametrize("nodes", FLOW.values(), ids=FLOW)
def test_flows_name_fields_of_records_that_they_hold(tmp_path: Path, nodes: str) -> None:
    found = project(tmp_path, {"flows/F.flow-meta.xml": metadata("Flow", f"{nodes}<status>Active</status>")})
    assert named(found) == {"Field/Ship__c.Name__c": ("Automation/F",)}


def test_what_a_flow_says_in_words_is_no_use(tmp_path: Path) -> None:
    words = "<description>Sets Region__c and Ship__c.Name__c</description><label>Lead.Region__c</label>"
    assert named(project(tmp_path, {"flows/F.flow-meta.xml": metadata("Flow", words)})) == {}


NAMES = st.sampled_from(["Lead", "Region__c", "Berth__r", "$Record", "$Source", "$Setup", "record", "NAME", "Account"])
MARKS = st.sampled_from([".", " ", "{!", "}", "{{", "$", ",", ":"])
TEXTS = st.one_of(st.lists(st.one_of(NAMES, MARKS), max_size=12).map("".join), st.text(max_size=40))


@given(owner=st.sampled_from(["", "Lead", "Nobody__c"]), text=TEXTS)
def test_whatever_stands_there_a_field_has_a_name_and_at_most_one_object(owner: str, text: str) -> None:
    found = Found(Lookups({}, CATALOGUE))
    for one in (text, *merged(text)):
        found.column(owner, one)
        found.reference(owner, one)
        found.scan(owner, one)
    for field in found.fields:
        whose, dot, name = field.partition(".")
        assert dot == "."
        assert name.replace("_", "a").isalnum()
        assert whose == "" or whose.isidentifier()
