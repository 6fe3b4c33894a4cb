"""Objects and what stands in their files besides fields: validations, record types, processes."""

from urllib.parse import unquote

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.base import Context, Form, MetadataType
from crmgov.providers.salesforce.mapping.items import (
    BOOL,
    INT,
    Leaf,
    Left,
    Part,
    Rows,
    Special,
    child,
    enum,
    escape,
    native,
    put,
)
from crmgov.providers.salesforce.xml import Tree

_SHARING = enum(
    Private="private",
    Read="read",
    ReadWrite="read_write",
    ReadWriteTransfer="read_write_transfer",
    FullAccess="full_access",
    ControlledByParent="controlled_by_parent",
    ControlledByCampaign="controlled_by_campaign",
    ControlledByLeadOrContact="controlled_by_lead_or_contact",
)
_FLAGS = (
    "allowInChatterGroups",
    "deprecated",
    "enableBulkApi",
    "enableEnhancedLookup",
    "enableFeeds",
    "enableLicensing",
    "enableSearch",
    "enableSharing",
    "enableStreamingApi",
    "recordTypeTrackFeedHistory",
    "recordTypeTrackHistory",
)
_WORDS = (
    "compactLayoutAssignment",
    "customSettingsType",
    "eventType",
    "gender",
    "publishBehavior",
    "startsWith",
    "visibility",
)

OBJECT = MetadataType(
    name="CustomObject",
    kind="Object",
    form=Form("objects", "object"),
    items=(
        Leaf("description", ("description",)),
        Leaf("deploymentStatus", ("deployed",), enum(Deployed=True, InDevelopment=False)),
        Leaf("enableActivities", ("activities",), BOOL),
        Leaf("enableHistory", ("track_history",), BOOL),
        Leaf("enableReports", ("reports",), BOOL),
        Leaf("externalSharingModel", ("external_sharing",), _SHARING),
        Leaf("label", ("label",)),
        Part(
            "nameField",
            (
                Leaf("displayFormat", ("record_name", "format")),
                Leaf("label", ("record_name", "label")),
                Leaf("startingNumber", ("native", "salesforce", "nameField.startingNumber"), INT),
                Leaf("trackFeedHistory", ("native", "salesforce", "nameField.trackFeedHistory"), BOOL),
                Leaf("trackHistory", ("native", "salesforce", "nameField.trackHistory"), BOOL),
                Leaf("type", ("record_name", "type"), enum(Text="text", AutoNumber="autonumber")),
            ),
        ),
        Leaf("pluralLabel", ("label_plural",)),
        Leaf("sharingModel", ("sharing",), _SHARING),
        *(native(name, BOOL) for name in _FLAGS),
        *(native(name) for name in _WORDS),
    ),
)

VALIDATION = MetadataType(
    name="ValidationRule",
    kind="Validation",
    form=Form("validationRules", "validationRule", "validationRules"),
    items=(
        Leaf("active", ("active",), BOOL),
        Leaf("description", ("description",)),
        Leaf("errorConditionFormula", ("formula",)),
        Leaf("errorDisplayField", ("error_field",)),
        Leaf("errorMessage", ("message",)),
        native("shouldEvaluateOnClient", BOOL),
    ),
)


def _read_choice(value: Tree | str, out: Body, left: Left) -> None:
    field = child(value, "picklist")
    if isinstance(value, str) or not field or field in out.get("picklists", ()):
        left.append("picklistValues")
        return
    names, choice = [], Body()
    for tag, row in value:
        if tag == "values" and not isinstance(row, str):
            name = unquote(child(row, "fullName"))
            names.append(name)
            if child(row, "default") in ("true", "1"):
                choice["default"] = name
        elif tag not in ("picklist", "controllingFieldValues"):
            left.append(f"picklistValues.{tag}")
    choice["values"] = sorted(set(names))
    put(out, ("picklists", field), choice)


def _write_choices(body: Body) -> Tree:
    nodes: Tree = []
    for field, choice in (body.get("picklists") or {}).items():
        if choice == "all":
            continue
        named = choice if isinstance(choice, dict) else {"values": choice}
        rows: Tree = [
            ("values", [("fullName", escape(name)), ("default", "true" if name == named.get("default") else "false")])
            for name in named.get("values") or ()
        ]
        nodes.append(("picklistValues", [("picklist", field), *rows]))
    return nodes


RECORD_TYPE = MetadataType(
    name="RecordType",
    kind="RecordType",
    form=Form("recordTypes", "recordType", "recordTypes"),
    items=(
        Leaf("active", ("active",), BOOL),
        Leaf("businessProcess", ("pipeline",)),
        native("compactLayoutAssignment"),
        Leaf("description", ("description",)),
        Leaf("label", ("label",)),
        Special("picklistValues", _read_choice, _write_choices, key="picklist", inner=((("values",), "fullName"),)),
    ),
)

STAGE_SETS = {
    "Lead": ("LeadStatus", "Lead.Status"),
    "Opportunity": ("OpportunityStage", "Opportunity.StageName"),
    "Case": ("CaseStatus", "Case.Status"),
    "Solution": ("SolutionStatus", "Solution.Status"),
}
"""For each object with processes: its stage set and the field that holds the stage."""


def _finish_process(body: Body, left: Left, context: Context) -> None:  # noqa: ARG001
    if context.parent in STAGE_SETS:
        body["stage_set"] = STAGE_SETS[context.parent][0]


PROCESS = MetadataType(
    name="BusinessProcess",
    kind="Pipeline",
    form=Form("businessProcesses", "businessProcess", "businessProcesses"),
    items=(
        Leaf("description", ("description",)),
        Leaf("isActive", ("active",), BOOL),
        Rows("values", ("stages",), "fullName", (Leaf("default", ("default",), BOOL),), keyed=True, escaped=True),
    ),
    finish=_finish_process,
)

TYPES = (OBJECT, VALIDATION, RECORD_TYPE, PROCESS)
