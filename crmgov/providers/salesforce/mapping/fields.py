"""Fields: the vendor's types and the model's, picklists, roll-ups, defaults."""

from typing import Any

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.base import Context, Form, MetadataType
from crmgov.providers.salesforce.mapping.criteria import FilterItem, item_of, nodes_of, read_filter, write_filter
from crmgov.providers.salesforce.mapping.items import (
    BOOL,
    INT,
    NATIVE,
    Leaf,
    Left,
    Part,
    Rows,
    Special,
    Texts,
    child,
    enum,
    get,
    native,
    number,
    put,
    scalar_text,
)
from crmgov.providers.salesforce.mapping.picklists import VALUE
from crmgov.providers.salesforce.xml import Tree

TYPES_READ = {
    "AutoNumber": "autonumber",
    "Checkbox": "boolean",
    "Currency": "currency",
    "Date": "date",
    "DateTime": "datetime",
    "Email": "email",
    "File": "file",
    "Html": "richtext",
    "Location": "geolocation",
    "LongTextArea": "textarea",
    "Lookup": "lookup",
    "MasterDetail": "master_detail",
    "MultiselectPicklist": "multipicklist",
    "Number": "decimal",
    "Percent": "percent",
    "Phone": "phone",
    "Picklist": "picklist",
    "Summary": "rollup",
    "Text": "text",
    "TextArea": "textarea",
    "Time": "time",
    "Url": "url",
}
"""The vendor's types with one of the model's. ``Number`` without a scale of 0 is a decimal, with it an integer;
``TextArea`` is a textarea without a length."""
TYPES_NEAR = {
    "EncryptedText": "text",
    "ExternalLookup": "lookup",
    "Hierarchy": "lookup",
    "IndirectLookup": "lookup",
    "Integer": "integer",
    "Long": "integer",
    "MetadataRelationship": "lookup",
}
"""Types that the model has no word for: the nearest one; the exact one stays under ``native.salesforce.type``."""
TYPES_WRITTEN = {ours: theirs for theirs, ours in TYPES_READ.items()} | {
    "integer": "Number",
    "textarea": "TextArea",
    "user": "Lookup",
}
_TEXTS = {"Text", "TextArea", "LongTextArea", "Html", "Email", "Phone", "Url", "EncryptedText", "Picklist"}
_NUMBERS = {"Number", "Currency", "Percent"}


def _read_dependency(value: Tree | str, out: Body, left: Left) -> None:
    name = child(value, "valueName")
    nodes = [] if isinstance(value, str) else value
    controlling = [text.strip() for tag, text in nodes if tag == "controllingFieldValue" and isinstance(text, str)]
    if not name or not controlling:
        left.append("valueSettings")
        return
    pairs = out.setdefault("controlled_by", {}).setdefault("pairs", {})
    for one in controlling:
        values = pairs.setdefault(one, [])
        if name not in values:
            values.append(name)


def _write_dependencies(body: Body) -> Tree:
    by_value: dict[str, list[str]] = {}
    for controlling, names in (get(body, ("controlled_by", "pairs")) or {}).items():
        for name in names:
            by_value.setdefault(name, []).append(controlling)
    return [
        ("valueSettings", [*(("controllingFieldValue", one) for one in sorted(by_value[name])), ("valueName", name)])
        for name in sorted(by_value)
    ]


def _read_condition(value: Tree | str, out: Body, left: Left) -> None:
    item = item_of(value)
    if item is None:
        left.append("summaryFilterItems")
    else:
        out.setdefault("filters", []).append(item)


def _write_conditions(body: Body) -> Tree:
    return [("summaryFilterItems", nodes_of(item)) for item in body.get("filters", ())]


def _finish(body: Body, left: Left, context: Context) -> None:  # noqa: ARG001
    if "default" in body:
        _finish_default(body)
    if "type" in body:
        _finish_type(body)
    if "rollup" in body or "filters" in body:
        _finish_rollup(body, left)
    controlled = body.get("controlled_by")
    if controlled is not None:
        for values in controlled.get("pairs", {}).values():
            values.sort()
        if "field" not in controlled:
            left.append("valueSet.valueSettings")
            del body["controlled_by"]


def _finish_type(body: Body) -> None:
    vendor = body.pop("type")
    ours = TYPES_READ.get(vendor) or TYPES_NEAR.get(vendor)
    if vendor not in TYPES_READ:
        put(body, (*NATIVE, "type"), vendor)
    if vendor == "Number" and body.get("scale") == 0:
        ours = "integer"
        del body["scale"]
    if ours is None:
        return
    if "formula" in body:
        body["type"], body["returns"] = "formula", ours
    else:
        body["type"] = ours


def _finish_default(body: Body) -> None:
    """A literal becomes the default, a formula stays the vendor's."""
    text, vendor = body.pop("default"), body.get("type")
    value: Any = None
    if vendor == "Checkbox" and text in ("true", "false"):
        value = text == "true"
    elif vendor in _NUMBERS:
        try:
            value = number(text)
        except ValueError:
            value = None
    elif vendor in _TEXTS and len(text) > 1 and text[0] == text[-1] == '"' and not set(text[1:-1]) & {'"', "\\"}:
        value = text[1:-1]
    if value is None:
        put(body, (*NATIVE, "defaultValue"), text)
    else:
        body["default"] = value


def _finish_rollup(body: Body, left: Left) -> None:
    filters, rollup = body.pop("filters", []), body.get("rollup", {})
    foreign = rollup.pop("foreign", "")
    owner, _, relationship = foreign.partition(".")
    if not relationship or "operation" not in rollup:
        body.pop("rollup", None)
        left.append("summaryForeignKey")
        return
    rollup["object"], rollup["relationship"] = owner, relationship
    if "summarize" in rollup:
        rollup["summarize"] = rollup["summarize"].removeprefix(f"{owner}.")
    when = read_filter(filters, "", owner) if filters else None
    if when is not None:
        rollup["when"] = when
    elif filters:
        left.extend("summaryFilterItems" for _ in filters)


def _prepare(body: Body, context: Context) -> Body:  # noqa: ARG001
    raw = dict(body)
    vendor = vendor_type(body)
    if vendor:
        raw["type"] = vendor
    raw.pop("returns", None)
    if vendor == "Number" and "integer" in (body.get("type"), body.get("returns")):
        raw["scale"] = 0
    if body.get("default") is not None:
        raw["default"] = _default_text(body["default"])
    elif get(body, (*NATIVE, "defaultValue")) is not None:
        raw["default"] = get(body, (*NATIVE, "defaultValue"))
    if body.get("rollup"):
        raw["rollup"], raw["filters"] = _prepare_rollup(body["rollup"])
    if body.get("type") == "user" and not body.get("references"):
        raw["references"] = ["User"]
    return raw


def vendor_type(body: Body) -> str:
    """The vendor's type of a field; empty where the body does not say."""
    exact = get(body, (*NATIVE, "type"))
    if exact:
        return str(exact)
    ours = body.get("returns") if body.get("type") == "formula" else body.get("type")
    if ours == "textarea" and body.get("length"):
        return "LongTextArea"
    return TYPES_WRITTEN.get(str(ours), "")


def _default_text(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else scalar_text(value)


def _prepare_rollup(rollup: Body) -> tuple[Body, list[FilterItem]]:
    owner = rollup.get("object")
    raw: Body = {"operation": rollup.get("operation"), "foreign": f"{owner}.{rollup.get('relationship')}"}
    if rollup.get("summarize"):
        raw["summarize"] = f"{owner}.{rollup['summarize']}"
    written = write_filter(rollup["when"], str(owner)) if rollup.get("when") else None
    return raw, written[0] if written else []


_FLAGS = (
    "caseSensitive",
    "deprecated",
    "displayLocationInDecimal",
    "isAIPredictionField",
    "isConvertLeadDisabled",
    "isFilteringDisabled",
    "isNameField",
    "isSortingDisabled",
    "populateExistingRows",
    "reparentableMasterDetail",
    "stripMarkup",
    "trackFeedHistory",
    "trackTrending",
    "writeRequiresMasterRead",
)
_WORDS = (
    "businessOwnerGroup",
    "businessOwnerUser",
    "businessStatus",
    "complianceGroup",
    "externalDeveloperName",
    "fieldManageability",
    "formulaTreatBlanksAs",
    "maskChar",
    "maskType",
    "metadataRelationshipControllingField",
    "referenceTargetField",
    "relationshipLabel",
    "securityClassification",
)

FIELD = MetadataType(
    name="CustomField",
    kind="Field",
    form=Form("fields", "field", "fields"),
    items=(
        Leaf("defaultValue", ("default",)),
        Leaf("deleteConstraint", ("on_delete",), enum(SetNull="set_null", Restrict="restrict", Cascade="cascade")),
        Leaf("description", ("description",)),
        Leaf("displayFormat", ("format",)),
        Leaf("externalId", ("external_id",), BOOL),
        Leaf("formula", ("formula",)),
        Leaf("inlineHelpText", ("help",)),
        Leaf("label", ("label",)),
        Leaf("length", ("length",), INT),
        Leaf("precision", ("precision",), INT),
        Texts("referenceTo", ("references",)),
        Leaf("relationshipName", ("relationship",)),
        Leaf("required", ("required",), BOOL),
        Leaf("scale", ("scale",), INT),
        Special("summaryFilterItems", _read_condition, _write_conditions, key="field"),
        Leaf("summaryForeignKey", ("rollup", "foreign")),
        Leaf("summaryOperation", ("rollup", "operation"), enum(count="count", sum="sum", min="min", max="max")),
        Leaf("summarizedField", ("rollup", "summarize")),
        Leaf("trackHistory", ("track_history",), BOOL),
        Leaf("type", ("type",)),
        Leaf("unique", ("unique",), BOOL),
        Part(
            "valueSet",
            (
                Leaf("controllingField", ("controlled_by", "field")),
                Leaf("restricted", ("restricted",), BOOL),
                Part(
                    "valueSetDefinition",
                    (native("sorted", BOOL), Rows("value", ("values",), "fullName", VALUE, keyed=True)),
                ),
                Leaf("valueSetName", ("picklist",)),
                Special(
                    "valueSettings",
                    _read_dependency,
                    _write_dependencies,
                    key="valueName",
                    inner=((("controllingFieldValue",), ""),),
                ),
            ),
        ),
        *(native(name, BOOL) for name in _FLAGS),
        *(native(name) for name in _WORDS),
        native("relationshipOrder", INT),
        native("startingNumber", INT),
        native("visibleLines", INT),
    ),
    finish=_finish,
    prepare=_prepare,
)

TYPES = (FIELD,)
