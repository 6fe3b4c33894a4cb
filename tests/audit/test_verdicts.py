"""Verdicts over fields, from real files of records."""

from pathlib import Path

from crmgov.audit.ages import Age
from crmgov.audit.code import CodeUse
from crmgov.audit.verdicts import Judged
from crmgov.model.canonical import Body
from tests.audit.judging import judge, rows, verdict

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


def _filled_once(tmp_path: Path, changed: str | None, number: int = 300) -> Judged:
    """Two thirds of the records have a value, none of the recent ones; those with one were last written that day."""
    data = rows(number, lambda n: {"Note": "said" if n < number * 2 // 3 else ""})
    if changed is not None:
        data = [{**row, "LastModifiedDate": changed if row["Note"] else "2026-06-14"} for row in data]
    return verdict(judge(tmp_path, FIELD, data, ages=OLD), "Note")


def test_dead_since_long_is_deprecated(tmp_path: Path) -> None:
    one = _filled_once(tmp_path, "2026-03-01")
    assert (one.verdict, one.reasons[1:]) == (
        "deprecate",
        (
            "no record of the last 90 days has a value",
            "no record with a value was written in the last 106 days",
        ),
    )


def test_what_is_filled_late_in_the_life_of_a_record_is_not_dead(tmp_path: Path) -> None:
    one = _filled_once(tmp_path, "2026-06-01")
    assert one.verdict == "keep"
    assert one.reasons[1] == "no record of the last 90 days has a value yet; it may be filled later in a record's life"
    one = _filled_once(tmp_path, None)
    assert one.verdict == "unknown"
    assert one.reasons[1].endswith("nothing tells whether it is filled later in a record's life")


def test_a_few_recent_records_prove_nothing(tmp_path: Path) -> None:
    data = rows(300, lambda n: {"Note": "said" if n < 40 else "", "LastModifiedDate": "2026-01-01"})
    old = [{**row, "CreatedDate": "2025-01-01"} if n < 295 else row for n, row in enumerate(data)]
    assert verdict(judge(tmp_path, FIELD, old, ages=OLD), "Note").verdict == "keep"


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
