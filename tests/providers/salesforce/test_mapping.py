"""The mapping tables: what is read can be written, and what is written is read again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crmgov.model.normal import canonical_body
from crmgov.providers.salesforce.mapping import TYPES, Context, standard_value_set
from crmgov.providers.salesforce.mapping.criteria import FilterItem, read_filter, value_of, write_filter
from crmgov.providers.salesforce.mapping.items import Item, Part, Rows, escape
from crmgov.providers.salesforce.names import address_of, decoded, thing_of
from crmgov.providers.salesforce.natives import native_names
from crmgov.providers.salesforce.tidy import DEFAULTS
from tests.providers.salesforce_write.corpora import shared

NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=20)
WORDS = st.from_regex(r"[A-Za-z][A-Za-z0-9 ]{0,8}[A-Za-z0-9]", fullmatch=True)
LEAVES = st.one_of(
    st.fixed_dictionaries({"field": WORDS, "op": st.sampled_from(["blank", "present"])}),
    st.fixed_dictionaries(
        {
            "field": WORDS,
            "op": st.sampled_from(["equals", "less", "greater", "contains", "starts_with", "includes"]),
            "value": WORDS.map(value_of) | st.integers(-999, 999) | st.booleans(),
        }
    ),
    st.fixed_dictionaries(
        {"field": WORDS, "op": st.just("in"), "value": st.lists(WORDS.map(value_of), min_size=2, max_size=4)}
    ),
)
CRITERIA = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda part: {"not": part}, LEAVES.filter(lambda leaf: leaf["op"] in ("equals", "contains", "in"))),
    ),
    max_leaves=6,
)


@given(CRITERIA)
def test_criteria_come_back_from_filter_items(criterion: dict[str, Any]) -> None:
    written = write_filter(criterion, "Lead")
    if written is None:
        # Words such as "LAST ..." mean a span of time to the vendor.
        return
    items, boolean = written
    read = read_filter(items, boolean, "Lead")
    assert read is None or read == criterion
    if not any(item.value.upper().startswith(("TODAY", "YESTER", "TOMOR", "LAST", "THIS", "NEXT")) for item in items):
        assert read == criterion


@pytest.mark.parametrize(
    ("item", "boolean"),
    [
        (FilterItem("Account.SLA__c", "equals", "Gold"), ""),
        (FilterItem("Case.CreatedDate", "equals", "LAST 30 DAYS"), ""),
        (FilterItem("Case.Reason", "within", "5"), ""),
        (FilterItem("Case.Reason", "equals", 'a,"b,c"'), ""),
        (FilterItem("Case.Amount", "lessThan", ""), ""),
        (FilterItem("Case.Reason", "equals", "a"), "1 AND"),
        (FilterItem("Case.Reason", "equals", "a"), "(1"),
        (FilterItem("Case.Reason", "equals", "a"), "2"),
        (FilterItem("Case.Reason", "equals", "a"), "1 AND 1 OR 1"),
        (FilterItem("Case.Reason", "equals", "a"), "(" * 3000),
        (FilterItem("Case.Reason", "equals", "a"), "1; DROP"),
    ],
)
def test_filters_that_say_more_are_not_translated(item: FilterItem, boolean: str) -> None:
    assert read_filter([item], boolean, "Case") is None


def test_not_equal_is_true_of_blanks() -> None:
    item = FilterItem("Lead.Rating", "notEqual", "Hot")
    assert read_filter([item], "", "Lead") == {"not": {"field": "Rating", "op": "equals", "value": "Hot"}}
    assert write_filter({"field": "Rating", "op": "not_equals", "value": "Hot"}, "Lead") is None


@given(NAMES)
def test_names_survive_the_vendors_escapes(name: str) -> None:
    assert decoded(escape(name)) == name


TYPE_CASES = [
    ({"type": "text", "length": 40}, "Text"),
    ({"type": "textarea"}, "TextArea"),
    ({"type": "textarea", "length": 32768}, "LongTextArea"),
    ({"type": "richtext", "length": 32768}, "Html"),
    ({"type": "integer", "precision": 5}, "Number"),
    ({"type": "decimal", "precision": 5, "scale": 2}, "Number"),
    ({"type": "boolean", "default": False}, "Checkbox"),
    ({"type": "text", "length": 9, "default": "none"}, "Text"),
    ({"type": "currency", "precision": 18, "scale": 2, "default": 2.5}, "Currency"),
    ({"type": "date", "native": {"salesforce": {"defaultValue": "TODAY() + 7"}}}, "Date"),
    ({"type": "formula", "returns": "integer", "formula": "1 + 1", "precision": 18}, "Number"),
    ({"type": "formula", "returns": "boolean", "formula": "TRUE"}, "Checkbox"),
    ({"type": "lookup", "references": ["Account"], "on_delete": "restrict", "relationship": "Berths"}, "Lookup"),
    ({"type": "multipicklist", "picklist": "Region", "restricted": True}, "MultiselectPicklist"),
    ({"type": "text", "length": 8, "native": {"salesforce": {"type": "EncryptedText", "maskType": "all"}}}, "EncryptedText"),
    ({"type": "lookup", "native": {"salesforce": {"type": "Hierarchy"}}, "references": ["User"]}, "Hierarchy"),
    ({"type": "autonumber", "format": "B-{0000}"}, "AutoNumber"),
    (
        {
            "type": "rollup",
            "rollup": {"object": "B__c", "relationship": "A__c", "operation": "sum", "summarize": "F__c",
                       "when": {"field": "Open__c", "op": "equals", "value": True}},
        },
        "Summary",
    ),
    (
        {
            "type": "picklist",
            "values": [{"name": "a", "label": "A", "default": True, "active": False}],
            "controlled_by": {"field": "Region__c", "pairs": {"x": ["a", "b"], "y": ["a"]}},
        },
        "Picklist",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "vendor"), TYPE_CASES)
def test_fields_of_every_type_come_back(body: dict[str, Any], vendor: str) -> None:
    kind, context = TYPES["CustomField"], Context("Lead", "X__c")
    body = canonical_body("Field", body)
    nodes = kind.encode(body, context)
    assert dict(node for node in nodes if isinstance(node[1], str))["type"] == vendor
    left: list[str] = []
    assert kind.decode(nodes, left, context) == body
    assert left == []


def test_a_type_no_model_has_is_kept_and_written_back() -> None:
    kind, context = TYPES["CustomField"], Context("Lead", "X")
    body = kind.decode([("type", "Address")], [], context)
    assert body == {"native": {"salesforce": {"type": "Address"}}}
    assert kind.encode(body, context) == [("type", "Address")]


def test_a_second_element_of_what_stands_once_is_left() -> None:
    left: list[str] = []
    body = TYPES["Role"].decode([("name", "One"), ("name", "Two"), ("unknown", [("a", "b")])], left, Context(None, "R"))
    assert body == {"label": "One"}
    assert left == ["name", "unknown"]


@pytest.mark.parametrize("name", sorted(set(TYPES) - {"AssignmentRule", "ApprovalProcess", "Layout"}))
def test_addresses_lead_back_to_the_vendors_names(name: str) -> None:
    kind = TYPES[name]
    parent = "Lead" if kind.form.child else None
    body = dict(kind.constant)
    if name == "PermissionSetGroup":
        body["includes"] = ["A"]
    word = " (muting)" if name == "MutingPermissionSet" else ""
    thing = thing_of(address_of(kind, f"Thing{word}", parent), body)
    assert (thing.type.name, thing.parent, thing.name) == (name, parent, "Thing")
    assert standard_value_set("OpportunityStage").kind == "StageSet"


def test_full_names() -> None:
    layout = thing_of(address_of(TYPES["Layout"], "Lead-Lead Layout", None), {})
    assert layout.full_name == "Lead-Lead Layout"
    approval = thing_of(address_of(TYPES["ApprovalProcess"], "Lead.Big", None), {"body": "opaque"})
    assert (approval.type.name, approval.full_name) == ("ApprovalProcess", "Lead.Big")
    assert thing_of('Automation/Lead."Assignment rule Standard"', {}).full_name == "Lead.Standard"
    assert thing_of('Automation/Lead."Workflow rules"', {}).full_name == "Lead"


XSD = "{http://www.w3.org/2001/XMLSchema}"


def vendor_types() -> dict[str, dict[str, str]]:
    """The vendor's types: the elements of each, inherited ones included, with their types."""
    own: dict[str, tuple[str, dict[str, str]]] = {}
    for node in etree.parse(str(shared() / "api-specs/salesforce/metadata.wsdl")).iter(f"{XSD}complexType"):
        extension = node.find(f".//{XSD}extension")
        base = "" if extension is None else str(extension.get("base")).partition(":")[2]
        elements = {str(one.get("name")): str(one.get("type")).partition(":")[2] for one in node.iter(f"{XSD}element")}
        own.setdefault(str(node.get("name")), (base, elements))

    def whole(name: str) -> dict[str, str]:
        base, elements = own.get(name, ("", {}))
        return {**(whole(base) if base else {}), **elements}

    return {name: whole(name) for name in own}


def unknown(items: tuple[Item, ...], owner: str, types: dict[str, dict[str, str]]) -> list[str]:
    """Elements of a table that the vendor's type does not have."""
    found = []
    for item in items:
        if item.element not in types[owner]:
            found.append(f"{owner}.{item.element}")
        elif isinstance(item, Part | Rows):
            found.extend(unknown(item.items, types[owner][item.element], types))
    return found


def test_every_element_of_the_tables_is_one_of_the_vendors() -> None:
    types = vendor_types()
    whole = [kind for kind in TYPES.values() if kind.items]
    assert len(whole) > 15
    assert [one for kind in whole for one in unknown(kind.items, kind.name, types)] == []


def test_every_default_is_one_of_an_allowed_attribute() -> None:
    for kind, defaults in DEFAULTS.items():
        assert set(defaults) <= native_names(kind)
