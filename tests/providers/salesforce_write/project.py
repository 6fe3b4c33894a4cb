"""A small Salesforce project, laid out on disk in source format, as a Metadata API folder, or as a zip."""

import zipfile
from pathlib import Path

_NS = ' xmlns="http://soap.sforce.com/2006/04/metadata"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

REGION = """
    <fullName>Region__c</fullName>
    <label>Region</label>
    <required>false</required>
    <type>Picklist</type>
    <valueSet>
        <restricted>true</restricted>
        <valueSetDefinition>
            <sorted>false</sorted>
            <value>
                <fullName>North</fullName>
                <default>false</default>
                <label>North</label>
            </value>
            <value>
                <fullName>R&amp;D</fullName>
                <default>false</default>
                <label>R&amp;D</label>
            </value>
        </valueSetDefinition>
    </valueSet>"""
SCORE = """
    <fullName>Score__c</fullName>
    <externalId>false</externalId>
    <formula>IF(ISPICKVAL(Region__c, &quot;North&quot;), 1, 0)</formula>
    <label>Score</label>
    <precision>18</precision>
    <scale>2</scale>
    <type>Number</type>"""
PARTNER = """
    <fullName>Partner</fullName>
    <active>true</active>
    <businessProcess>Sales</businessProcess>
    <label>Partner</label>
    <picklistValues>
        <picklist>Region__c</picklist>
        <values>
            <fullName>North</fullName>
            <default>false</default>
        </values>
    </picklistValues>"""
SALES = """
    <fullName>Sales</fullName>
    <isActive>true</isActive>
    <values>
        <fullName>New</fullName>
        <default>true</default>
    </values>
    <values>
        <fullName>Done</fullName>
        <default>false</default>
    </values>"""
RULE = """
    <fullName>Region_needed</fullName>
    <active>true</active>
    <errorConditionFormula>ISBLANK(TEXT(Region__c))</errorConditionFormula>
    <errorDisplayField>Region__c</errorDisplayField>
    <errorMessage>Please name a region.</errorMessage>"""
VIEW = """
    <fullName>All</fullName>
    <columns>Region__c</columns>
    <filterScope>Everything</filterScope>
    <label>All</label>"""
CHILDREN = {
    ("fields", "field", "CustomField", "Region__c"): REGION,
    ("fields", "field", "CustomField", "Score__c"): SCORE,
    ("recordTypes", "recordType", "RecordType", "Partner"): PARTNER,
    ("businessProcesses", "businessProcess", "BusinessProcess", "Sales"): SALES,
    ("validationRules", "validationRule", "ValidationRule", "Region_needed"): RULE,
    ("listViews", "listView", "ListView", "All"): VIEW,
}
LEAD = """
    <enableActivities>true</enableActivities>
    <sharingModel>ReadWrite</sharingModel>"""
VISIT = """
    <deploymentStatus>Deployed</deploymentStatus>
    <label>Visit</label>
    <nameField>
        <label>Visit</label>
        <type>Text</type>
    </nameField>
    <pluralLabel>Visits</pluralLabel>
    <sharingModel>Private</sharingModel>"""

FILES = {
    ("globalValueSets/Tier.globalValueSet", "GlobalValueSet"): """
    <customValue>
        <fullName>Gold</fullName>
        <default>false</default>
        <label>Gold</label>
    </customValue>
    <customValue>
        <fullName>Basic</fullName>
        <default>true</default>
        <label>Basic</label>
    </customValue>
    <masterLabel>Tier</masterLabel>
    <sorted>false</sorted>""",
    ("standardValueSets/LeadStatus.standardValueSet", "StandardValueSet"): """
    <sorted>false</sorted>
    <standardValue>
        <fullName>New</fullName>
        <default>true</default>
        <label>New</label>
        <converted>false</converted>
    </standardValue>
    <standardValue>
        <fullName>Done</fullName>
        <default>false</default>
        <label>Done</label>
        <converted>true</converted>
    </standardValue>""",
    ("layouts/Lead-Lead %28Main%29 Layout.layout", "Layout"): """
    <excludeButtons>Submit</excludeButtons>
    <layoutSections>
        <customLabel>true</customLabel>
        <label>Details</label>
        <layoutColumns>
            <layoutItems>
                <behavior>Edit</behavior>
                <field>Region__c</field>
            </layoutItems>
            <layoutItems>
                <emptySpace>true</emptySpace>
            </layoutItems>
        </layoutColumns>
        <layoutColumns/>
        <style>TwoColumnsLeftToRight</style>
    </layoutSections>""",
    ("profiles/Admin.profile", "Profile"): """
    <custom>false</custom>
    <fieldPermissions>
        <editable>true</editable>
        <field>Lead.Region__c</field>
        <readable>true</readable>
    </fieldPermissions>
    <layoutAssignments>
        <layout>Lead-Lead %28Main%29 Layout</layout>
    </layoutAssignments>
    <objectPermissions>
        <allowCreate>true</allowCreate>
        <allowRead>true</allowRead>
        <object>Lead</object>
    </objectPermissions>
    <recordTypeVisibilities>
        <default>true</default>
        <recordType>Lead.Partner</recordType>
        <visible>true</visible>
    </recordTypeVisibilities>
    <userLicense>Salesforce</userLicense>
    <userPermissions>
        <enabled>true</enabled>
        <name>ExportReport</name>
    </userPermissions>""",
    ("permissionsets/Sales.permissionset", "PermissionSet"): """
    <fieldPermissions>
        <editable>false</editable>
        <field>Lead.Region__c</field>
        <readable>true</readable>
    </fieldPermissions>
    <hasActivationRequired>false</hasActivationRequired>
    <label>Sales</label>""",
    ("roles/CEO.role", "Role"): """
    <name>CEO</name>""",
    ("roles/Sales.role", "Role"): """
    <name>Sales</name>
    <parentRole>CEO</parentRole>""",
    ("queues/Inbound.queue", "Queue"): """
    <name>Inbound</name>
    <queueMembers>
        <roles>
            <role>Sales</role>
        </roles>
    </queueMembers>
    <queueSobject>
        <sobjectType>Lead</sobjectType>
    </queueSobject>""",
    ("settings/Account.settings", "AccountSettings"): """
    <enableAccountHistoryTracking>false</enableAccountHistoryTracking>
    <showViewHierarchyLink>true</showViewHierarchyLink>""",
    ("flows/Greet.flow", "Flow"): """
    <label>Greet</label>
    <processType>AutoLaunchedFlow</processType>
    <start>
        <object>Lead</object>
        <recordTriggerType>Create</recordTriggerType>
        <triggerType>RecordAfterSave</triggerType>
    </start>
    <status>Active</status>""",
    ("assignmentRules/Lead.assignmentRules", "AssignmentRules"): """
    <assignmentRule>
        <fullName>Standard</fullName>
        <active>true</active>
        <ruleEntry>
            <assignedTo>Inbound</assignedTo>
            <assignedToType>Queue</assignedToType>
            <criteriaItems>
                <field>Lead.Region__c</field>
                <operation>equals</operation>
                <value>North</value>
            </criteriaItems>
        </ruleEntry>
    </assignmentRule>""",
}  # fmt: skip
MEMBERS = {
    "BusinessProcess": ["Lead.Sales"],
    "CustomField": ["Lead.Region__c", "Lead.Score__c"],
    "CustomObject": ["Lead", "Visit__c"],
    "GlobalValueSet": ["Tier"],
    "Layout": ["Lead-Lead %28Main%29 Layout"],
    "PermissionSet": ["*"],
    "RecordType": ["Lead.Partner"],
    "Role": ["CEO", "Sales"],
}


def document(tag: str, inside: str) -> str:
    """A whole file."""
    return f"{_HEAD}<{tag}{_NS}>{inside}\n</{tag}>\n"


def source_files() -> dict[str, str]:
    """The project in source format."""
    base = "app/main/default"
    files = {f"{base}/{path}-meta.xml": document(tag, inside) for (path, tag), inside in FILES.items()}
    for (folder, suffix, tag, name), inside in CHILDREN.items():
        files[f"{base}/objects/Lead/{folder}/{name}.{suffix}-meta.xml"] = document(tag, inside)
    files[f"{base}/objects/Lead/Lead.object-meta.xml"] = document("CustomObject", LEAD)
    files[f"{base}/objects/Visit__c/Visit__c.object-meta.xml"] = document("CustomObject", VISIT)
    files["sfdx-project.json"] = (
        '{"packageDirectories": [{"path": "app", "default": true}], "sourceApiVersion": "66.0"}'
    )
    return files


def metadata_files() -> dict[str, str]:
    """The same as a Metadata API folder."""
    files = {path: document(tag, inside) for (path, tag), inside in FILES.items()}
    inner = ""
    for folder, _, _, _ in sorted({key[0]: key for key in CHILDREN}.values()):
        for (other, _, _, _), inside in CHILDREN.items():
            if other == folder:
                inner += f"\n    <{folder}>" + inside.replace("\n", "\n    ") + f"\n    </{folder}>"
    files["objects/Lead.object"] = document("CustomObject", LEAD + inner)
    files["objects/Visit__c.object"] = document("CustomObject", VISIT)
    types = "".join(
        "\n    <types>"
        + "".join(f"\n        <members>{name}</members>" for name in names)
        + f"\n        <name>{kind}</name>\n    </types>"
        for kind, names in sorted(MEMBERS.items())
    )
    files["package.xml"] = document("Package", types + "\n    <version>66.0</version>")
    return files


def lay(form: str, folder: Path) -> Path:
    """The project on disk in one of the forms ``source``, ``source-crlf``, ``mdapi`` and ``zip``."""
    files = source_files() if form.startswith("source") else metadata_files()
    data = {path: text.encode() for path, text in files.items()}
    if form == "source-crlf":
        data = {path: content.replace(b"\n", b"\r\n").replace(b"    ", b"\t") for path, content in data.items()}
    if form == "zip":
        path = folder / "project.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in data.items():
                archive.writestr(f"unpackaged/{name}", content)
        return path
    for name, content in data.items():
        (folder / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "project" / name).write_bytes(content)
    return folder / "project"
