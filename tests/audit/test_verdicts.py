"""Verdicts over fields, from real files of records."""

from pathlib import Path

import pytest

from crmgov.audit.ages import Age
from crmgov.audit.code import CodeUse
from crmgov.model.canonical import Body
from tests.audit.judging import NEW, Row, judge, rows, verdict
from tests.audit.judging import OLD as OLD_DAY

OLD = {"Field/Lead.Note": Age(400, at_least=True)}
FIELD: dict[str, Body] = {"Field/Lead.Note": {"type": "text"}}


def test_an_empty_field_that_nothing_names_can_go(tmp_path: Path) -> None:
    one = verdict(judge(tmp_path, FIELD, rows(300, lambda n: {"Note": ""}), ages=OLD), "Note")
    assert (one.verdict, one.not_known) == ("remove", ())
    assert one.reasons[0] == "0 of 300 records have a value, 0% of those of the last 90 days"


def test_what_was_not_looked_at_stops_at_deprecate(tmp_path: Path) -> None:
    found = judge(tmp_path, FIELD, rows(300, lambda n: {"Note": ""}), ages=OLD, not_looked_at=("list views",))
    assert verdict(found, "Note").verdict == "deprecate"
    assert verdict(found, "Note").not_known == ("list views",)


def test_a_field_of_unknown_age_is_not_removed(tmp_path: Path) -> None:
    one = verdict(judge(tmp_path, FIELD, rows(300, lambda n: {"Note": ""})), "Note")
    assert (one.verdict, one.not_known) == ("deprecate", ("how long the field has existed",))


def test_a_young_field_is_not_judged(tmp_path: Path) -> None:
    data = rows(300, lambda n: {"Note": ""})
    one = verdict(judge(tmp_path, FIELD, data, ages={"Field/Lead.Note": Age(41)}), "Note")
    assert (one.verdict, one.reasons) == ("unknown", ("41 days old, needs 90",))
    made = {"Field/Lead.Note": Age(41, with_object=True)}
    assert verdict(judge(tmp_path, FIELD, data, ages=made), "Note").verdict == "remove"


def test_few_records_say_nothing_unless_the_repository_says_so(tmp_path: Path) -> None:
    data = rows(100, lambda n: {"Note": ""})
    assert verdict(judge(tmp_path, FIELD, data, ages=OLD), "Note").verdict == "unknown"
    governed: dict[str, Body] = {**FIELD, "Governance/Main": {"audit": {"minimum_records": 100}}}
    assert verdict(judge(tmp_path, governed, data, ages=OLD), "Note").verdict == "remove"


def test_filled_on_few_is_hidden_and_filled_on_one_record_type_is_kept(tmp_path: Path) -> None:
    tree: dict[str, Body] = {
        **FIELD,
        "RecordType/Lead.Partner": {"active": True},
        "RecordType/Lead.Direct": {"active": True},
    }
    data = rows(3000, lambda n: {"Note": "said" if n < 120 else ""})
    one = verdict(judge(tmp_path, tree, data, ages=OLD), "Note")
    assert (one.verdict, one.not_known) == ("hide", ("record types of records",))
    typed = [{**row, "RecordType": "Partner" if n < 300 else "Direct"} for n, row in enumerate(data)]
    one = verdict(judge(tmp_path, tree, typed, ages=OLD), "Note")
    assert (one.verdict, one.reasons[-1]) == ("keep", "40% of record type Partner have a value")


SEGMENTS: dict[str, Body] = {
    **FIELD,
    "RecordType/Lead.Partner": {"active": True},
    "RecordType/Lead.Direct": {"active": True},
}


@pytest.mark.parametrize(
    ("of_type", "told"),
    [
        ({"RecordType": "Partner"}, "record type Partner"),
        ({"RecordTypeId": "0125g0000001"}, "300 records of another type, or of none,"),
        ({"RecordType": ""}, "300 records of another type, or of none,"),
    ],
    ids=["by name", "by id", "without one"],
)
def test_a_field_in_use_on_any_record_type_is_kept(tmp_path: Path, of_type: Row, told: str) -> None:
    column = next(iter(of_type))
    others = {column: "0125g0000002" if column == "RecordTypeId" else "Direct"}
    data = rows(9000, lambda n: {"Note": "said" if n < 300 else "", **(of_type if n < 300 else others)})
    one = verdict(judge(tmp_path, SEGMENTS, data, ages=OLD), "Note")
    assert (one.verdict, one.reasons[-1]) == ("keep", f"100% of {told} have a value")


def test_a_record_type_with_few_records_that_use_a_field_leaves_it_open(tmp_path: Path) -> None:
    data = rows(9000, lambda n: {"Note": "said" if n < 50 else "", "RecordType": "Partner" if n < 50 else "Direct"})
    one = verdict(judge(tmp_path, SEGMENTS, data, ages=OLD), "Note")
    told = "100% of record type Partner have a value; 50 records are too few to judge by (200 needed)"
    assert (one.verdict, one.reasons[-1]) == ("unknown", told)


def test_records_of_more_types_than_can_be_told_are_named_as_not_known(tmp_path: Path) -> None:
    data = rows(3000, lambda n: {"Note": "", "RecordType": f"type {n}"})
    one = verdict(judge(tmp_path, FIELD, data, ages=OLD), "Note")
    assert (one.verdict, one.not_known) == ("deprecate", ("record types of records",))


@pytest.mark.parametrize(
    ("written", "expected", "told"),
    [
        ("2025-02-02", "deprecate", "none with a value was written in that time"),
        ("2026-06-02", "unknown", "older ones with a value were written in that time: they may be given it later"),
        ("", "unknown", "nothing says when older ones were last written: they may still be given values"),
    ],
)
def test_what_only_old_records_have_is_deprecated_where_nobody_writes_it(
    tmp_path: Path, written: str, expected: str, told: str
) -> None:
    data = rows(300, lambda n: {"Note": "said" if n < 200 else "", "LastModifiedDate": written})
    one = verdict(judge(tmp_path, FIELD, data, ages=OLD), "Note")
    assert one.reasons[1] == "no record made in the last 90 days has a value"
    assert (one.verdict, one.reasons[2]) == (expected, told)


def test_a_few_recent_records_without_a_value_say_nothing(tmp_path: Path) -> None:
    data = [{**row, "CreatedDate": NEW if n > 290 else OLD_DAY} for n, row in enumerate(rows(300, lambda n: {}))]
    data = [{**row, "Note": "said" if n <= 290 else "", "LastModifiedDate": OLD_DAY} for n, row in enumerate(data)]
    assert verdict(judge(tmp_path, FIELD, data, ages=OLD), "Note").verdict == "keep"


def test_an_empty_field_of_stages_is_kept(tmp_path: Path) -> None:
    tree: dict[str, Body] = {
        "Field/Lead.Note": {"type": "picklist", "picklist": "Steps"},
        "StageSet/Steps": {"field": "Lead.Note", "stages": [{"name": "New", "outcome": "open"}]},
    }
    one = verdict(judge(tmp_path, tree, rows(300, lambda n: {"Note": ""}), ages=OLD), "Note")
    assert (one.verdict, one.reasons[-1]) == ("keep", "nearly empty, and yet stage sets depend on it")


def test_a_box_unticked_on_old_records_proves_no_age(tmp_path: Path) -> None:
    tree: dict[str, Body] = {"Field/Lead.Note": {"type": "boolean", "default": True}}
    data = rows(3000, lambda n: {"Note": "false" if n < 10 else "true", "LastModifiedDate": "2025-02-02"})
    one = verdict(judge(tmp_path, tree, data), "Note")
    assert (one.verdict, one.not_known) == ("deprecate", ("how long the field has existed",))


def test_what_calls_itself_unused_is_judged_like_any_other(tmp_path: Path) -> None:
    tree: dict[str, Body] = {
        "Field/Lead.Legacy_Code": {"type": "text"}, "Field/Lead.Old": {"type": "text", "label": "Do not use"},
        "Field/Lead.Gone": {"type": "text", "lifecycle": {"status": "deprecated"}},
    }  # fmt: skip
    found = judge(
        tmp_path, tree, rows(300, lambda n: {"Legacy_Code": "", "Old": "said"}), ages=dict.fromkeys(tree, Age(400))
    )
    assert {one.facts.name: one.verdict for one in found.verdicts} == {"Legacy_Code": "remove", "Old": "keep"}


def test_shares_are_never_rounded_to_none_or_all(tmp_path: Path) -> None:
    data = rows(3000, lambda n: {"Note": "said" if n == 2999 else ""})
    assert "0.3% of those of the last 90 days" in verdict(judge(tmp_path, FIELD, data, ages=OLD), "Note").reasons[0]


def test_what_depends_on_an_empty_field_keeps_it(tmp_path: Path) -> None:
    data = rows(300, lambda n: {"Note": ""})
    rule: dict[str, Body] = {
        "Validation/Lead.Told": {"reject_when": {"field": "Note", "op": "is_blank"}, "message": "No"}
    }
    one = verdict(judge(tmp_path, {**FIELD, **rule}, data, ages=OLD), "Note")
    assert (one.verdict, one.reasons[-1]) == ("keep", "nearly empty, and yet validations depend on it")
    code = {"Field/Lead.Note": CodeUse(("a.cls",), ())}
    assert (
        verdict(judge(tmp_path, FIELD, data, ages=OLD, code=code), "Note").reasons[-1].endswith("programs depend on it")
    )


def test_defaults_and_placeholders_are_no_values(tmp_path: Path) -> None:
    tree: dict[str, Body] = {
        "Field/Lead.Primary": {"type": "boolean", "default": False},
        "Field/Lead.Ticked": {"type": "boolean", "default": True},
        "Field/Lead.Source": {"type": "text", "default": "Web"},
        "Field/Lead.Reason": {"type": "text"},
    }
    data = rows(300, lambda n: {"Primary": "false", "Ticked": "true", "Source": "Web", "Reason": " N/A "})
    ages = dict.fromkeys(tree, Age(400))
    found = judge(tmp_path, tree, data, ages=ages)
    said = {name: verdict(found, name) for name in ("Primary", "Ticked", "Source", "Reason")}
    assert {one.verdict for one in said.values()} == {"remove"}
    assert said["Primary"].reasons[1] == '100% only "No", the default'
    assert said["Ticked"].reasons[1] == '100% only "Yes", the default'
    assert said["Source"].reasons[1] == '100% only "Web", the default'
    assert said["Reason"].reasons[1] == "300 records hold a placeholder"
    own: dict[str, Body] = {**tree, "Governance/Main": {"audit": {"placeholders": ["so so"]}}}
    assert verdict(judge(tmp_path, own, data, ages=ages), "Reason").verdict == "keep"


def test_what_a_list_offers_is_no_placeholder(tmp_path: Path) -> None:
    tree: dict[str, Body] = {
        "Field/Lead.Note": {"type": "picklist", "values": ["NA", "EMEA"]},
        "Field/Lead.Typed": {"type": "text"},
    }
    found = judge(
        tmp_path, tree, rows(300, lambda n: {"Note": "NA", "Typed": "NA"}), ages=dict.fromkeys(tree, Age(400))
    )
    assert [verdict(found, name).verdict for name in ("Note", "Typed")] == ["keep", "remove"]


def test_a_required_field_is_neither_hidden_nor_removed(tmp_path: Path) -> None:
    tree: dict[str, Body] = {"Field/Lead.Note": {"type": "text", "required": True}}
    few = rows(300, lambda n: {"Note": "said" if n % 50 == 0 else "-"})
    assert verdict(judge(tmp_path, tree, few, ages=OLD), "Note").verdict == "keep"
    none = rows(300, lambda n: {"Note": "-"})
    assert verdict(judge(tmp_path, tree, none, ages=OLD), "Note").verdict == "deprecate"


def test_a_computed_field_is_judged_by_what_depends_on_it(tmp_path: Path) -> None:
    tree: dict[str, Body] = {**FIELD, "Field/Lead.Sum": {"type": "formula", "returns": "integer", "formula": "1 + 1"}}
    one = verdict(judge(tmp_path, tree, rows(300, lambda n: {"Note": ""})), "Sum")
    assert one.verdict == "unknown"
    assert one.reasons[0] == "the CRM works it out (formula), so how far it is filled says nothing of its use"


def test_a_field_without_a_column_is_unknown(tmp_path: Path) -> None:
    one = verdict(
        judge(tmp_path, {**FIELD, "Field/Lead.Far": {"type": "text"}}, rows(300, lambda n: {"Note": ""})), "Far"
    )
    assert (one.verdict, one.reasons) == ("unknown", ("the records hold no column for it",))


def test_who_wrote_last_is_told_by_the_names_of_integrations(tmp_path: Path) -> None:
    tree: dict[str, Body] = {
        **FIELD,
        "Integration/Mail": {
            "system": "Mailchimp", "runs_as": "MailUser", "mode": "api",
            "mappings": [{"name": "n", "ours": "Lead.Note", "theirs": "note", "direction": "in"}],
        },
    }  # fmt: skip
    data = rows(300, lambda n: {"Note": "said", "LastModifiedById": "mailuser" if n < 100 else f"user{n % 3}"})
    one = verdict(judge(tmp_path, tree, data), "Note").facts
    assert one.writers == ("integration",)
    assert one.hands == {"integration": 100, "others": 200}


def test_an_integration_that_only_reads_writes_nothing(tmp_path: Path) -> None:
    tree: dict[str, Body] = {
        **FIELD,
        "Integration/Mail": {
            "system": "Mailchimp", "mode": "file",
            "mappings": [{"name": "n", "ours": "Lead.Note", "theirs": "note", "direction": "out"}],
        },
    }  # fmt: skip
    assert verdict(judge(tmp_path, tree, rows(300, lambda n: {"Note": ""})), "Note").facts.writers == ()


def test_old_values_prove_age(tmp_path: Path) -> None:
    data = rows(3000, lambda n: {"Note": "said" if n < 10 else "", "LastModifiedDate": "2025-02-02"})
    one = verdict(judge(tmp_path, FIELD, data), "Note")
    assert (one.verdict, one.not_known) == ("remove", ())
    assert one.facts.latest.text[:10] == "2025-02-02"


@pytest.mark.parametrize(
    "audit", [{"recent_days": 10**6}, {"deprecation_days": 10**7}, {"minimum_records": -5}, {"few_values": 0}]
)
def test_limits_that_cannot_be_are_as_shipped(tmp_path: Path, audit: dict[str, int]) -> None:
    data = rows(100, lambda n: {"Note": "", "LastModifiedDate": NEW})
    tree: dict[str, Body] = {**FIELD, "Governance/Main": {"audit": audit}}
    one = verdict(judge(tmp_path, tree, data, ages=OLD), "Note")
    assert one.reasons == ("100 records are too few to judge by (200 needed)",)
    data = rows(300, lambda n: {"Note": "", "LastModifiedDate": NEW})
    assert verdict(judge(tmp_path, tree, data, ages=OLD), "Note").verdict == "remove"


@pytest.mark.parametrize(
    ("filled", "looked", "code"),
    [(0, True, "UNUSED003"), (0, False, "UNUSED002"), (20, True, "UNUSED001"), (200, True, "")],
    ids=["empty", "empty, and not looked at everywhere", "nearly empty", "in use"],
)
def test_what_a_verdict_asks_for_is_a_finding(tmp_path: Path, filled: int, looked: bool, code: str) -> None:
    data = rows(300, lambda n: {"Note": "said" if n < filled else "", "LastModifiedDate": NEW})
    found = judge(tmp_path, FIELD, data, ages=OLD, not_looked_at=() if looked else ("list views",))
    told = [one for one in found.findings if one.code.startswith("UNUSED")]
    assert [(one.code, one.address) for one in told] == ([(code, "Field/Lead.Note")] if code else [])
    assert [f"{filled} of 300 records" in one.message for one in told] == [True] * len(told)
