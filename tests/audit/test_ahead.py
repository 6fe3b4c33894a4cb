"""Records that say they are from the future: told, and among no recent ones."""

from pathlib import Path

from tests.audit.judging import judge, verdict

TREE = {"Field/Lead.Fax": {"type": "text"}, "Field/Lead.Name": {"type": "text"}}
OLD, NEW, AHEAD = "2025-01-01", "2026-06-01", "2099-01-01"


def rows(fax: str, *, made: str = AHEAD, written: str = OLD) -> list[dict[str, str]]:
    """300 old leads, 40 recent ones, and 60 of whom the dates are given; these and the old ones have a fax."""
    old = {"CreatedDate": OLD, "LastModifiedDate": OLD, "Fax": "1", "Name": "a"}
    return [
        *[old] * 300,
        *[{**old, "CreatedDate": NEW, "Fax": "", "LastModifiedDate": NEW}] * 40,
        *[{**old, "CreatedDate": made, "LastModifiedDate": written, "Fax": fax}] * 60,
    ]


def test_a_record_made_in_the_future_is_not_recent(tmp_path: Path) -> None:
    found = verdict(judge(tmp_path, TREE, rows("1")), "Fax")
    assert (found.facts.recent.evidence.count, found.facts.recent_records.evidence.count) == (0, 40)
    assert "no record made in the last 90 days has a value" in found.reasons


def test_a_record_written_in_the_future_was_not_written_lately(tmp_path: Path) -> None:
    found = verdict(judge(tmp_path, TREE, rows("1", made=OLD, written=AHEAD)), "Fax")
    assert found.facts.latest.text.startswith(OLD)
    assert found.facts.written is False
    assert found.verdict == "deprecate"


def test_they_are_counted_by_object_and_date(tmp_path: Path) -> None:
    told = [one for one in judge(tmp_path, TREE, rows("1", written=AHEAD)).findings if one.code == "DATED001"]
    assert [(one.address, one.message) for one in told] == [
        ("Object/Lead", "60 of 400 Lead records (15%) were made in the future, by CreatedDate"),
        ("Object/Lead", "60 of 400 Lead records (15%) were written in the future, by LastModifiedDate"),
    ]
    assert {one.severity for one in told} == {"warning"}


def test_today_is_recent_and_tomorrow_may_be_a_matter_of_time_zones(tmp_path: Path) -> None:
    for made, recent in (("2026-06-15T23:59:59Z", 100), ("2026-06-16T00:00:00Z", 40)):
        found = judge(tmp_path, TREE, rows("1", made=made))
        assert verdict(found, "Fax").facts.recent_records.evidence.count == recent
        assert [one for one in found.findings if one.code == "DATED001"] == []
