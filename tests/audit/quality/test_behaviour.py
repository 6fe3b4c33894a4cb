"""Text fields that behave like lists, values that never win, and fields whose values agree."""

from pathlib import Path

import pytest

from tests.audit.quality.situation import Engine, Row, found, rows, text, told

STATES = {
    "Picklist/Province": {"values": ["Bavaria", "Hesse", {"name": "Saxony", "aliases": ["SN"]}]},
    "Field/Lead.Area": {"type": "text", "label": "Area"},
}
DEAL = {
    "StageSet/Steps": {"field": "Deal.Stage", "stages": [
        {"name": "Open", "outcome": "open"}, {"name": "Won", "outcome": "won"}, {"name": "Lost", "outcome": "lost"},
    ]},
    "Field/Deal.Stage": {"type": "picklist", "picklist": "Steps"},
    "Field/Deal.Source": {"type": "picklist", "values": ["Web", "Fair", "Cold call"]},
    "Field/Deal.LossReason": {"type": "picklist", "values": ["Price", "Other"]},
}  # fmt: skip


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_a_text_field_with_few_values_in_many_spellings(engine: Engine, tmp_path: Path) -> None:
    lead = rows((40, {"Area": "Bavaria"}), (20, {"Area": "bavaria"}), (20, {"Area": "Hesse"}), (20, {"Area": "SN"}))
    findings = found(STATES, {"Lead": lead}, tmp_path, engine=engine)
    [(address, message)] = told(findings, "VALUES007")
    assert address == "Field/Lead.Area"
    assert "100 records hold 3 different values in 4 spellings" in message
    assert "the picklist Province covers 100% of them" in message
    assert "Bavaria" not in text(findings)


@pytest.mark.parametrize(
    ("field", "lead"),
    [
        ("Area", [{"Area": f"own words {number}"} for number in range(100)]),  # all different
        ("Area", rows((19, {"Area": "north"}), (0, {"Area": "south"}))),  # too few records
        ("AreaCode", rows((60, {"AreaCode": "a"}), (60, {"AreaCode": "b"}))),  # a code
        ("Area", rows((100, {"Area": "always the same"}))),
        ("Area", rows((50, {"Area": "n/a"}), (50, {"Area": "-"}), (5, {"Area": "x y"}), (5, {"Area": "z"}))),  # blanks
    ],
)
def test_texts_that_are_no_lists(field: str, lead: list[Row], tmp_path: Path) -> None:
    assert told(found({f"Field/Lead.{field}": {"type": "text"}}, {"Lead": lead}, tmp_path), "VALUES007") == []


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_a_source_that_never_wins(engine: Engine, tmp_path: Path) -> None:
    deals = rows(
        (60, {"Source": "Web", "Stage": "Won", "LossReason": None}), (40, {"Source": "Web", "Stage": "Lost", "LossReason": "Price"}),
        (30, {"Source": "Fair", "Stage": "Won", "LossReason": None}), (30, {"Source": "Fair", "Stage": "Lost", "LossReason": "Other"}),
        (50, {"Source": "Cold call", "Stage": "Lost", "LossReason": "Price"}), (99, {"Source": "Cold call", "Stage": "Open", "LossReason": None}),
    )  # fmt: skip
    [finding] = [one for one in found(DEAL, {"Deal": deals}, tmp_path, engine=engine) if one.code == "VALUES008"]
    assert finding.address == "Field/Deal.Source"
    assert finding.message == "Deal.Source: 43% of 210 ended records were won, but none of 50 with Cold call"
    assert "Cold call: 0 of 50 won" in finding.evidence


def test_a_difference_that_may_be_chance_is_not_told(tmp_path: Path) -> None:
    deals = rows(
        (60, {"Source": "Web", "Stage": "Won"}), (60, {"Source": "Web", "Stage": "Lost"}),
        (5, {"Source": "Cold call", "Stage": "Lost"}), (40, {"Source": "Fair", "Stage": "Lost"}), (30, {"Source": "Fair", "Stage": "Won"}),
    )  # fmt: skip
    assert told(found(DEAL, {"Deal": deals}, tmp_path), "VALUES008") == []


def test_wins_beyond_the_values_that_were_counted_are_not_called_none(tmp_path: Path) -> None:
    deals = [{"Source": f"own words {n % 12}", "Stage": ("Won", "Lost")[n % 2]} for n in range(480)]
    deals += rows((150, {"Source": "Fair", "Stage": "Lost"}), (5, {"Source": "Fair", "Stage": "Won"}))
    assert told(found(DEAL, {"Deal": deals}, tmp_path, few=5), "VALUES008") == []


TWINS = {
    "Field/Lead.Region": {"type": "text", "label": "Sales area"},
    "Field/Lead.Region2": {"type": "text", "label": "Sales areas"},
}


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
@pytest.mark.parametrize(
    ("lead", "code", "words"),
    [
        (rows((96, {"Region": "a", "Region2": "a"}), (4, {"Region": "a", "Region2": "b"})), "TWINS001", "same value on 96 of the 100"),
        (rows((60, {"Region": "a", "Region2": "a"}), (40, {"Region": "a", "Region2": "b"})), "TWINS002", "differ on 40 of the 100"),
        (rows((30, {"Region": "a", "Region2": None}), (25, {"Region": None, "Region2": "b"})), "TWINS003", "never filled together: 25 records fill one, 30 the other"),
    ],
)  # fmt: skip
def test_fields_of_one_label(lead: list[Row], code: str, words: str, engine: Engine, tmp_path: Path) -> None:
    findings = [one for one in found(TWINS, {"Lead": lead}, tmp_path, engine=engine) if one.code.startswith("TWINS")]
    assert [one.code for one in findings] == [code]
    assert words in findings[0].message
    assert findings[0].address == "Field/Lead.Region2"


@pytest.mark.parametrize(
    ("one", "other", "type_", "expected"),
    [
        ("CustomerSegment", "SegmentCustomer", "text", 1),
        ("CompanyIndustry", "CompanyIndustri", "text", 1),
        ("BillingCity", "ShippingCity", "text", 0),
        ("StartDate", "EndDate", "text", 0),
        ("Phone1", "Phone2", "text", 0),
        ("IsCustomer", "IsCustomers", "boolean", 1),
    ],
)
def test_similar_names_count_only_where_values_agree(
    one: str, other: str, type_: str, expected: int, tmp_path: Path
) -> None:
    tree = {f"Field/Lead.{one}": {"type": type_}, f"Field/Lead.{other}": {"type": type_}}
    lead = [
        {one: "true" if type_ == "boolean" else f"v{n}", other: "true" if type_ == "boolean" else f"v{n}"}
        for n in range(50)
    ]
    assert len(told(found(tree, {"Lead": lead}, tmp_path), "TWINS001")) == expected


@pytest.mark.parametrize("engine", ["csv", "sqlite"])
def test_defaults_that_nobody_touched_do_not_agree(engine: Engine, tmp_path: Path) -> None:
    answers = {"type": "picklist", "values": ["No", "Yes"], "default": "No"}
    tree = {"Field/Lead.OptInStatus": answers, "Field/Lead.OptedInStatus": answers}
    lead = rows((60, {"OptInStatus": "No", "OptedInStatus": "No"}), (9, {"OptInStatus": "Yes", "OptedInStatus": "No"}))
    assert told(found(tree, {"Lead": lead}, tmp_path, engine=engine), "TWINS001") == []
    lead = rows(
        (60, {"OptInStatus": "No", "OptedInStatus": "No"}), (30, {"OptInStatus": "Yes", "OptedInStatus": "Yes"})
    )
    (tmp_path / "alike").mkdir()
    [(_, message)] = told(found(tree, {"Lead": lead}, tmp_path / "alike", engine=engine), "TWINS001")
    assert "same value on 30 of the 30 records" in message


def test_boxes_that_nobody_ticks_do_not_agree(tmp_path: Path) -> None:
    tree = {"Field/Lead.IsCustomer": {"type": "boolean"}, "Field/Lead.IsCustomers": {"type": "boolean"}}
    lead = rows(
        (70, {"IsCustomer": "false", "IsCustomers": "false"}), (30, {"IsCustomer": "true", "IsCustomers": "false"})
    )  # fmt: skip
    findings = found(tree, {"Lead": lead}, tmp_path)
    assert told(findings, "TWINS001") == []
    assert "differ on 30 of the 30" in told(findings, "TWINS002")[0][1]
