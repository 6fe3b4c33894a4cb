"""Fields that look the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.governance.run import govern
from crmgov.check.governance.words import bare, key, words
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Snapshot
from tests.check.governance.case import TODAY, Case, found

FIRST: Body = {"type": "phone", "label": "Home phone"}
CASES = [
    Case(
        code="MODEL003",
        address="Field/Lead.HomePhone",
        failing={"Field/Lead.Home_Phone": FIRST, "Field/Lead.HomePhone": {"type": "phone", "label": "HomePhones"}},
        passing={"Field/Lead.Home_Phone": FIRST, "Field/Lead.HomePhone": {"type": "phone", "label": "Home phone 2"}},
    )
]


def duplicates(*fields: Body) -> list[str]:
    tree = {f"Field/Lead.F{index}": field for index, field in enumerate(fields)}
    return [one.message for one in found(tree) if one.code == "MODEL003"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Order quantity", "Order Qty"), ("Regions", "Region"), ("Region", "Region (old)"), ("Region_copy", "Region")],
)
def test_spellings_of_one_thing(one: str, other: str) -> None:
    [message] = duplicates({"type": "text", "label": one}, {"type": "text", "label": other})
    assert one in message
    assert other in message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type": "text", "label": "Address 1"}, {"type": "text", "label": "Address 2"}),
        ({"type": "text", "label": "Old value"}, {"type": "text", "label": "New value"}),
        ({"type": "text", "label": "Status"}, {"type": "date", "label": "Status"}),
        ({"type": "currency", "label": "Total"}, {"type": "formula", "label": "Total", "returns": "currency"}),
        ({"type": "text", "label": "Theme"}, {"type": "text", "label": "Themes", "description": "Copied for a link."}),
        ({"type": "text", "label": "Regions", "description": "Where they sell."},
         {"type": "text", "label": "Region", "description": "Where they sit."}),
        ({"type": "text", "label": "Deprecated do not use"}, {"type": "text", "label": "Deprecated do not use"}),
        ({"type": "lookup", "label": "Person", "references": ["Lead"]},
         {"type": "lookup", "label": "Person", "references": ["Contact"]}),
    ],
)  # fmt: skip
def test_different_things(one: Body, other: Body) -> None:
    assert duplicates(one, other) == []


def test_the_field_somebody_added_is_told_and_not_the_one_that_is_shipped() -> None:
    bodies: dict[str, Body] = {
        "Field/Lead.Next_Step__c": {"type": "text", "label": "Next step"},
        "Field/Lead.NextStep": {"type": "text"},
    }
    snapshot = Snapshot.of("project", bodies, origins={"Field/Lead.NextStep": "standard"})
    [finding] = [one for one in govern(snapshot, today=TODAY, files=True) if one.code == "MODEL003"]
    assert finding.address == "Field/Lead.Next_Step__c"
    assert "NextStep" in finding.message


def test_a_place_for_a_namespace_is_no_second_field() -> None:
    tree: dict[str, Body] = {
        "Field/Lead.Region__c": {"type": "text"},
        'Field/Lead."%%%NAMESPACE%%%Region__c"': {"type": "text", "label": "Region"},
    }
    assert [one for one in found(tree) if one.code == "MODEL003"] == []


def test_other_objects_may_use_the_same_words() -> None:
    tree: dict[str, Body] = {"Field/Lead.Region": {"type": "text"}, "Field/Account.Region": {"type": "text"}}
    assert [one for one in found(tree) if one.code == "MODEL003"] == []


def test_many_fields_of_one_label_are_told_once_each() -> None:
    assert len(duplicates(*({"type": "text", "label": "Same"} for _ in range(300)))) == 299


@given(st.text(max_size=60))
def test_any_text_has_words_and_a_key(text: str) -> None:
    assert all(word == word.casefold() for word in words(text))
    assert key(text) == key(text.replace("_", " "))
    assert bare(bare(text)) is not None
