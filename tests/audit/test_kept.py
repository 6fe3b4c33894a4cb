"""Audits kept in the ledger, and what a later one makes of them."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.audit.aggregates import Aggregates, FieldFigures, earlier, read, written
from crmgov.ledger.entries import AuditRecorded
from crmgov.ledger.open import open_ledger
from tests.audit.judging import judge, rows, snapshot, verdict
from tests.scenarios.world import World, founded

pytest.importorskip("ibis", reason="ibis is not installed (extra: records)")


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = founded(tmp_path / "repository")
    world.edit(
        "config/Lead.yaml", "label_plural: Leads\n", "label_plural: Leads\ngolden_record:\n  required: [Score]\n"
    )
    world.commit()
    world.apply("sandbox")
    fill(world, 300, 100)
    return world


def fill(world: World, number: int, scored: int) -> None:
    for one in range(number):
        score = one if one < scored else None
        world.sql('INSERT INTO "Lead" ("Company", "Score") VALUES (?, ?)', f"secret {one}", score)


def kept(world: World) -> list[Aggregates]:
    ledger = open_ledger(None, "sandbox", world.root)
    try:
        found = [entry.what for entry in ledger.entries() if isinstance(entry.what, AuditRecorded)]
        return [one for what in found if (one := read(ledger.body(what.figures))) is not None]
    finally:
        ledger.close()


def test_a_later_audit_says_what_moved(world: World) -> None:
    first = world("audit", "sandbox", "--format", "json").json
    assert first["against"] == ""
    fill(world, 100, 100)
    second = world("audit", "sandbox", "--no-store", "--format", "json").json
    assert second["against"] == dt.datetime.now(dt.UTC).date().isoformat()
    [score] = [one for one in second["verdicts"] if one["address"] == "Field/Lead.Score"]
    assert "17 points more than on" in " ".join(score["reasons"])
    [golden] = [one for one in second["scorecard"] if one["name"] == "golden record"]
    assert (golden["share"], golden["before"], golden["of"]) == (0.5, 0.333333, 400)
    assert "+17" in world("audit", "sandbox").out


def test_what_is_kept_holds_no_value_and_the_ledger_stays_whole(world: World) -> None:
    world("audit", "sandbox")
    [one] = kept(world)
    assert one.records["Lead"] == 300
    assert one.fields["Field/Lead.Score"].filled == 0.333333
    assert b"secret" not in written(one)
    assert "is whole" in world("history", "verify", "sandbox").out
    assert "1 run" in world("history", "sandbox").out
    world.settled()


def test_a_saved_plan_survives_an_audit(world: World) -> None:
    world.edit("config/Note.yaml", "length: 200", "length: 210")
    plan = world.saved()
    world("audit", "sandbox")
    world("apply", plan, "--yes")


def test_only_whole_audits_of_an_environment_are_kept_and_not_unasked(world: World) -> None:
    world("audit", "sandbox", "--only", "Lead")
    world("audit", "sandbox", "--no-store")
    world("audit", "production", status=None)
    assert kept(world) == []


def test_an_audit_compares_with_the_last_one_before_a_run_or_day(world: World) -> None:
    world("audit", "sandbox")
    world.edit("config/Note.yaml", "length: 200", "length: 210")
    world.commit()
    world.apply("sandbox")
    run = world("history", "sandbox", "--format", "json").json["runs"][0]["run"]
    day = dt.datetime.now(dt.UTC).date().isoformat()
    assert world("audit", "sandbox", "--against", run, "--format", "json").json["against"] == day
    first = world("history", "sandbox", "--format", "json").json["runs"][-1]["run"]
    assert world("audit", "sandbox", "--against", first, "--format", "json").json["against"] == ""
    assert world("audit", "sandbox", "--against", "2020-01-01", "--format", "json").json["against"] == ""
    assert world("audit", "sandbox", "--against", "nothing", status=2).err


def test_the_share_before_is_part_of_the_reasons(tmp_path: Path) -> None:
    data = rows(300, lambda n: {"Note": "said" if n % 2 else ""})
    before = earlier(
        Aggregates(time="2026-01-01T00:00:00Z", source="x", fields={"Field/Lead.Note": FieldFigures("keep", 0.8)})
    )
    one = verdict(judge(tmp_path, {"Field/Lead.Note": {"type": "text"}}, data, earlier=before), "Note")
    assert "30 points less than on 2026-01-01" in one.reasons


def test_trust_falls_with_age_and_with_what_was_not_measured(tmp_path: Path) -> None:
    tree = {
        "Object/Lead": {"golden_record": {"required": ["Note", "Far"]}},
        "Field/Lead.Note": {"type": "text"}, "Field/Lead.Far": {"type": "text"},
    }  # fmt: skip
    assert snapshot(tree)

    def trust(day: str) -> tuple[float | None, float]:
        data = rows(300, lambda n: {"Note": "said", "LastModifiedDate": day})
        [golden] = [one for one in judge(tmp_path, tree, data).scorecard if one.name == "golden record"]
        return golden.share, golden.trust

    assert trust("2026-06-15") == (1.0, 0.5)
    assert trust("2026-05-01") == (1.0, 0.25)
    assert trust("2020-01-01") == (1.0, 0.0)


def test_the_figure_of_the_golden_record_is_that_of_its_finding(tmp_path: Path) -> None:
    tree = {
        "Object/Lead": {"golden_record": {"required": ["Consent", "Source"]}},
        "Field/Lead.Consent": {"type": "boolean"},
        "Field/Lead.Source": {"type": "text", "default": "Web"},
    }  # fmt: skip
    data = rows(300, lambda n: {"Consent": "false", "Source": "Web" if n < 285 else ""})
    found = judge(tmp_path, tree, data)
    [golden] = [one for one in found.scorecard if one.name == "golden record"]
    assert golden.share == 585 / 600
    assert [one for one in found.findings if one.code == "GOLDEN001"] == []


FIELDS = st.builds(
    FieldFigures, st.sampled_from(["keep", "remove"]), st.none() | st.floats(0, 1), st.none() | st.floats(0, 1)
)


@given(
    st.dictionaries(st.text(max_size=5), FIELDS, max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(0), max_size=3),
)
def test_what_is_written_is_read(fields: dict[str, FieldFigures], records: dict[str, int]) -> None:
    one = Aggregates(time="2026-01-01T00:00:00Z", source="x", fields=fields, records=records)
    assert read(written(one)) == one
    later = msgspec.structs.replace(one, format=2)
    assert read(written(later)) is None
    assert read(b"nothing") is None
