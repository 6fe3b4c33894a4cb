"""A repository whose environment is a Salesforce project, and the organisation it belongs to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.providers.salesforce_org import Field, Org

PROJECT = {
    "sfdx-project.json": '{"packageDirectories": [{"path": "force-app", "default": true}], "sourceApiVersion": "66.0"}',
    "force-app/main/default/objects/Lead/Lead.object-meta.xml": (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><enableHistory>false</enableHistory></CustomObject>\n'
    ),
}
FIELDS = {
    "Region__c": ("Text", "<length>40</length>"),
    "Notes__c": ("LongTextArea", "<length>32768</length><visibleLines>3</visibleLines>"),
    "Score__c": ("Number", "<precision>6</precision><scale>2</scale>"),
    "Hot__c": ("Checkbox", "<defaultValue>false</defaultValue>"),
    "Unused__c": ("Text", "<length>40</length>"),
    "Secret__c": ("Text", "<length>40</length>"),
}
TYPES = {"Text": "string", "LongTextArea": "textarea", "Number": "double", "Checkbox": "boolean"}
ENVIRONMENT = """kind: Environment
name: prod
provider: salesforce
connection:
  project: .
  org: {url}
  login: {login}
records: live
ledger: sqlite:///.crmgov/ledger.db
"""


def project(root: Path, url: str, login: str = "{token: '${SF_TOKEN}'}", more: str = "") -> Path:
    """The repository's files."""
    files = dict(PROJECT)
    for name, (type_, rest) in FIELDS.items():
        files[f"force-app/main/default/objects/Lead/fields/{name}.field-meta.xml"] = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">'
            f"<fullName>{name}</fullName><label>{name[:-3]}</label><type>{type_}</type>{rest}</CustomField>\n"
        )
    files["environments/prod.yaml"] = ENVIRONMENT.format(url=url, login=login) + more
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def organisation(records: int = 400, **how: object) -> Org:
    """An organisation with leads: half of them have a region, none has anything in Unused__c."""
    org = Org(**how)  # type: ignore[arg-type]
    fields = [
        Field(name, TYPES[type_], length=32768 if type_ == "LongTextArea" else 0, precision=6, scale=2)
        for name, (type_, _) in FIELDS.items()
    ]
    long_ago = datetime.now(UTC) - timedelta(days=400)
    rows = [
        {
            "LastName": f"Person {number}", "Company": "Acme", "Region__c": "North" if number % 2 else None,
            "Notes__c": 'said "yes", then\nno' if number % 3 == 0 else None, "Score__c": number / 4,
            "Hot__c": number % 10 == 0, "Secret__c": "kept",
            "CreatedDate": long_ago + timedelta(hours=number), "LastModifiedDate": long_ago + timedelta(hours=number),
        }
        for number in range(records)
    ]  # fmt: skip
    org.user()
    org.made = {f"Lead.{name}": datetime.now(UTC) - timedelta(days=300) for name in FIELDS}
    org.object(
        "Lead", [Field("LastName", "string"), Field("Company", "string"), *fields], records=rows, sharing="Private"
    )
    return org
