"""The files a new repository begins with."""

from datetime import date

import msgspec

_GOVERNANCE = """\
# How this repository is governed: owners, conventions, budgets.
kind: Governance
name: governance
crm_owner: Name the person who answers for the CRM
cadences:
  configuration_review: {every_days: 365, last: DAY, owner: Name who does it}
"""

_SANDBOX = """\
# Where changes are tried. A Salesforce project is named by
#   provider: salesforce
#   connection: {project: force-app-folder}
kind: Environment
name: sandbox
provider: sql
connection:
  url: sqlite:///.crmgov/sandbox.db
"""

_OBJECT = """\
kind: Object
name: Lead
label: Lead
label_plural: Leads
description: A person or company that may become a customer.
"""

_FIELD = """\
kind: Field
object: Lead
name: Region
label: Region
description: Where the lead is; decides who works on it.
type: picklist
values: [Americas, Asia Pacific, Europe]
restricted: true
"""

_IGNORE = """\
# What crmgov keeps for itself: databases of embedded environments, cache, exports.
.crmgov/
"""


def starter_files(today: date) -> dict[str, bytes]:
    """Files by path relative to the root; together they validate without a finding. ``today`` is when all begins."""
    texts = {
        "config/governance.yaml": _GOVERNANCE.replace("DAY", today.isoformat()),
        "config/objects/Lead/object.yaml": _OBJECT,
        "config/objects/Lead/fields/Region.yaml": _FIELD,
        "environments/sandbox.yaml": _SANDBOX,
        ".gitignore": _IGNORE,
    }
    return {path: text.encode() for path, text in texts.items()} | editor_files()


FOLDER = ".vscode/crmgov"
"""Where an editor finds the schemas; ``crmgov schema --project --out`` adds this repository's names to them."""


def editor_files() -> dict[str, bytes]:
    """Settings by which an editor completes and checks the YAML, and the schemas they point at."""
    from crmgov.schema.build import schemas, text_of
    from crmgov.schema.index import INDEX, index

    patterns = ["config/**/*.yaml", "config/**/*.yml", "environments/**/*.yaml", "environments/**/*.yml"]
    settings = {"yaml.schemas": {f"./{FOLDER}/{INDEX}": patterns}, "yaml.format.enable": False, "files.eol": "\n"}
    files = {".vscode/settings.json": settings, ".vscode/extensions.json": {"recommendations": ["redhat.vscode-yaml"]}}
    shown = {path: msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n" for path, value in files.items()}
    every = {INDEX: index(), **schemas()}
    return shown | {f"{FOLDER}/{name}": text_of(schema).encode() for name, schema in every.items()}
