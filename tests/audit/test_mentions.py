"""A field that only something beside objects, flows and layouts names is kept, and told so."""

from pathlib import Path

import pytest

from crmgov.audit.run import Audit
from crmgov.model.address import address
from crmgov.model.snapshot import Snapshot
from tests.audit.judging import verdict
from tests.audit.mentioning import OBJECT, SILENT, Case, field_of, judged, mdapi, source
from tests.providers.salesforce.world import read

CASES = [
    *(
        Case(f"objects/{OBJECT}/listViews/{name}.listView-meta.xml", "ListView",
             f"<fullName>{name}</fullName><columns>NAME</columns>{nodes}<label>{label}</label>", "ListView", label)
        for name, label, nodes in (
            ("All", "All Berths", "<columns>FIELD</columns>"),
            ("Mine", "My Berths", "<filters><field>FIELD</field><value>a</value></filters>"),
        )
    ),
    Case(f"objects/{OBJECT}/compactLayouts/Top.compactLayout-meta.xml", "CompactLayout",
         "<fullName>Top</fullName><fields>FIELD</fields><label>On top</label>", "CompactLayout", "On top"),
    Case(f"objects/{OBJECT}/fieldSets/Few.fieldSet-meta.xml", "FieldSet",
         "<fullName>Few</fullName><displayedFields><field>FIELD</field></displayedFields><label>A few</label>",
         "FieldSet", "A few"),
    Case(f"objects/{OBJECT}/webLinks/Go.webLink-meta.xml", "WebLink",
         f"<fullName>Go</fullName><masterLabel>Go there</masterLabel><url>/x?a={{!{OBJECT}.FIELD}}</url>",
         "Button", "Go there"),
    Case(f"objects/{OBJECT}/indexes/Two.index-meta.xml", "Index",
         "<fullName>Two</fullName><fields><name>FIELD</name></fields>", "Index", "Two", None),
    Case(f"objects/{OBJECT}/{OBJECT}.object-meta.xml", "CustomObject",
         "<label>Berth</label><searchLayouts><searchResultsAdditionalFields>FIELD</searchResultsAdditionalFields>"
         "</searchLayouts>", "SearchLayout", OBJECT, None),
    Case("objects/Ship__c/fields/Berth__c.field-meta.xml", "CustomField",
         "<fullName>Berth__c</fullName><label>Berth</label><type>Lookup</type><referenceTo>Berth__c</referenceTo>"
         "<relationshipName>Ships</relationshipName><lookupFilter><active>true</active><filterItems>"
         "<field>Berth__c.FIELD</field><operation>equals</operation><value>a</value></filterItems></lookupFilter>",
         "LookupFilter", "Berth__c", "Ship__c"),
    *(
        Case(f"layouts/{OBJECT}-{name}.layout-meta.xml", "Layout", nodes, kind, shown)
        for name, nodes, kind, shown in (
            ("Related", "<relatedLists><fields>FIELD</fields><relatedList>Berth__c.Berth__c</relatedList></relatedLists>",
             "RelatedList", "Berth__c.Berth__c of Related"),
            ("Mini", "<miniLayout><fields>FIELD</fields></miniLayout>", "MiniLayout", "Mini"),
            ("High", "<summaryLayout><summaryLayoutItems><field>FIELD</field></summaryLayoutItems></summaryLayout>",
             "LayoutPanel", "High"),
            ("Beside", ("<relatedContent><relatedContentItems><layoutItem><field>FIELD</field></layoutItem>"
             "</relatedContentItems></relatedContent>"), "LayoutPanel", "Beside"),
            ("Feed", "<multilineLayoutFields>FIELD</multilineLayoutFields>", "LayoutPanel", "Feed"),
        )
    ),
    *(
        Case(f"flexipages/{name}.flexipage-meta.xml", "FlexiPage",
             f"<flexiPageRegions><itemInstances>{nodes}</itemInstances></flexiPageRegions>"
             f"<masterLabel>{name} Page</masterLabel><sobjectType>{OBJECT}</sobjectType>", "RecordPage", f"{name} Page")
        for name, nodes in (
            ("Item", "<fieldInstance><fieldItem>Record.FIELD</fieldItem></fieldInstance>"),
            ("Visible", ("<componentInstance><visibilityRule><criteria><leftValue>{!Record.FIELD}</leftValue></criteria>"
             "</visibilityRule></componentInstance>")),
            ("Property", ("<componentInstance><componentInstanceProperties><name>fields</name><value>Id, FIELD</value>"
             "</componentInstanceProperties></componentInstance>")),
        )
    ),
    *(
        Case(f"quickActions/{OBJECT}.{name}.quickAction-meta.xml", "QuickAction",
             f"<label>{name} it</label>{nodes}<type>Update</type>", "QuickAction", f"{name} it")
        for name, nodes in (
            ("Preset", "<fieldOverrides><field>FIELD</field><literalValue>a</literalValue></fieldOverrides>"),
            ("Copy", "<fieldOverrides><field>Name</field><formula>Berth__c.FIELD</formula></fieldOverrides>"),
            ("Edit", ("<quickActionLayout><quickActionLayoutColumns><quickActionLayoutItems><field>FIELD</field>"
             "</quickActionLayoutItems></quickActionLayoutColumns></quickActionLayout>")),
        )
    ),
    Case("pathAssistants/Mooring.pathAssistant-meta.xml", "PathAssistant",
         f"<entityName>{OBJECT}</entityName><fieldName>Stage__c</fieldName><masterLabel>Mooring</masterLabel>"
         "<pathAssistantSteps><fieldNames>FIELD</fieldNames></pathAssistantSteps>", "Path", "Mooring"),
    Case(f"sharingRules/{OBJECT}.sharingRules-meta.xml", "SharingRules",
         "<sharingCriteriaRules><fullName>Hot</fullName><label>Share it</label><criteriaItems><field>FIELD</field>"
         "<operation>equals</operation><value>a</value></criteriaItems></sharingCriteriaRules>",
         "SharingRule", "Share it"),
    Case(f"matchingRules/{OBJECT}.matchingRule-meta.xml", "MatchingRules",
         "<matchingRules><fullName>Same</fullName><label>The same</label><matchingRuleItems><fieldName>FIELD</fieldName>"
         "</matchingRuleItems></matchingRules>", "MatchingRule", "The same"),
    Case(f"duplicateRules/{OBJECT}.Twice.duplicateRule-meta.xml", "DuplicateRule",
         "<duplicateRuleFilter><duplicateRuleFilterItems><field>FIELD</field><operation>equals</operation>"
         f"<table>{OBJECT}</table></duplicateRuleFilterItems></duplicateRuleFilter><masterLabel>Twice</masterLabel>",
         "DuplicateRule", "Twice"),
    Case("LeadConvertSettings/LeadConvert.LeadConvertSetting-meta.xml", "LeadConvertSettings",
         f"<objectMapping><inputObject>Lead</inputObject><outputObject>{OBJECT}</outputObject><mappingFields>"
         "<inputField>Company</inputField><outputField>FIELD</outputField></mappingFields></objectMapping>",
         "LeadConversion", "LeadConvert", None),
    Case("customMetadata/Mapping.One.md-meta.xml", "CustomMetadata",
         "<label>One</label><values><field>Source__c</field><value>Berth__c.FIELD</value></values>",
         "CustomMetadataRecord", "Mapping.One", None),
    Case("reports/All/Late.report-meta.xml", "Report",
         "<name>Late</name><reportType>Berth__c</reportType><timeFrameFilter><dateColumn>Berth__c.FIELD</dateColumn>"
         "</timeFrameFilter>", "Report", "All/Late", None),
    Case("territory2Models/M/rules/North.territory2Rule-meta.xml", "Territory2Rule",
         f"<name>North</name><objectType>{OBJECT}</objectType><ruleItems><field>FIELD</field></ruleItems>",
         "TerritoryRule", "North"),
    Case("audiences/Guests.audience-meta.xml", "Audience",
         "<audienceName>Guests</audienceName><criteria><criterion><criterionValue><entityField>FIELD</entityField>"
         f"<entityType>{OBJECT}</entityType></criterionValue></criterion></criteria>", "Audience", "Guests", None),
    Case("uiFormatSpecificationSets/Red.uiFormatSpecificationSet-meta.xml", "UiFormatSpecificationSet",
         f"<field>FIELD</field><sobjectType>{OBJECT}</sobjectType>", "FormatRule", "Red", None),
    Case("restrictionRules/Own.rule-meta.xml", "RestrictionRule",
         f"<recordFilter>FIELD = $User.Department</recordFilter><targetEntity>{OBJECT}</targetEntity>",
         "RestrictionRule", "Own", None),
]  # fmt: skip
NUMBERS = range(len(CASES))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mentions")


@pytest.fixture(scope="module")
def project(folder: Path) -> Snapshot:
    return read(source(folder / "source", CASES))


@pytest.fixture(scope="module")
def found(folder: Path, project: Snapshot) -> Audit:
    return judged(project, folder, CASES)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda n: f"{CASES[n].kind}-{CASES[n].name}")
def test_a_field_named_in_one_place_alone_is_kept(found: Audit, number: int) -> None:
    one, case = verdict(found, field_of(number)), CASES[number]
    assert one.verdict == "keep"
    assert one.facts.uses == {case.kind: (address(case.kind, case.name, case.owner),)}
    assert one.reasons[-1].startswith("nearly empty, and yet ")


def test_a_field_named_nowhere_is_not_kept(found: Audit) -> None:
    one = verdict(found, SILENT)
    assert (one.verdict, one.facts.uses) == ("deprecate", {})
    assert "nothing names it" in one.reasons


def test_both_forms_name_the_same(folder: Path, project: Snapshot) -> None:
    other = read(mdapi(folder / "mdapi", CASES))
    assert {at: one.fields for at, one in other.elsewhere.mentions.items()} == {
        at: one.fields for at, one in project.elsewhere.mentions.items()
    }
    assert other.elsewhere.searched == project.elsewhere.searched
    assert not any(project.elsewhere.searched.values())
