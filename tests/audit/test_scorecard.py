"""The figures people follow over months, from real files and a real database."""

from pathlib import Path

import pytest

from crmgov.audit.kpis import against
from crmgov.audit.records.files import FileRecords
from crmgov.audit.run import audit
from crmgov.audit.scene import AuditScene
from crmgov.audit.settings import Settings
from crmgov.check.governance.scene import Scene
from crmgov.model.audits import Kpi
from tests.audit.process.case import NOW, TODAY, Row, Rows, Tree, ago, exported, snapshot_of, types_of
from tests.audit.process.trees import DEALS


def scorecard(tree: Tree, rows: Rows, folder: Path) -> dict[str, Kpi]:
    """The figures by what they are called."""
    records = FileRecords(exported(folder, rows), types_of(tree), NOW)
    try:
        config = Scene(snapshot_of(tree), today=TODAY)
        scene = AuditScene(config, records.holdings(), settings=Settings(minimum_records=1))
        return {f"{one.object}: {one.name}": one for one in audit(scene, records).scorecard}
    finally:
        records.close()


def deal(stage: str, closed: int, made: int) -> Row:
    """A deal in a stage, to be closed and made so many days ago."""
    return {"Id": f"{stage}-{closed}-{made}", "Stage": stage, "CloseDate": ago(closed), "CreatedDate": ago(made)}


def test_deals_are_counted_by_how_and_when_they_ended(tmp_path: Path) -> None:
    deals = [
        deal("Won", 5, 35), deal("Won", 10, 20), deal("Lost", 20, 60), deal("Won", 200, 900), deal("Lost", 300, 900),
        deal("New", 1, 90), deal("Lost", 3, 9),
    ]  # fmt: skip
    found = scorecard(DEALS, {"Deal": deals}, tmp_path / "export")
    won = found["Deal: won, last 90 days"]
    assert (won.share, won.of) == (0.5, 4)
    took = found["Deal: days until won, last 90 days"]
    assert (took.days, took.of, took.share) == (20.0, 2, None)


def test_without_days_all_that_ended_count_and_how_long_it_took_is_not_known(tmp_path: Path) -> None:
    deals = [{"Id": n, "Stage": stage} for n, stage in enumerate(["Won", "Lost", "Lost", "New"])]
    found = scorecard(DEALS, {"Deal": deals}, tmp_path / "export")
    assert (found["Deal: won"].share, found["Deal: won"].of) == (0.333333, 3)
    assert found["Deal: days until won"].known is False
    assert found["Deal: days until won"].reason == "no field of a record says when it ended"


def test_a_deal_that_ended_before_it_began_takes_no_days(tmp_path: Path) -> None:
    found = scorecard(DEALS, {"Deal": [deal("Won", 5, 1), deal("Won", 5, 9)]}, tmp_path / "export")
    took = found["Deal: days until won, last 90 days"]
    assert (took.days, took.of, took.trust) == (4.0, 1, pytest.approx(0.5 * (1 - 1 / 90), abs=0.01))


def test_nothing_ended_is_told_as_that(tmp_path: Path) -> None:
    found = scorecard(DEALS, {"Deal": [deal("New", 5, 9)]}, tmp_path / "export")
    assert found["Deal: won, last 90 days"].reason == "none ended"
    assert found["Deal: days until won, last 90 days"].reason == "no record has both days"


def people(*logins: str) -> list[Row]:
    return [{"Id": f"U{n}", "IsActive": "true", "LastLoginDate": day} for n, day in enumerate(logins)]


def test_people_who_come_and_people_who_write(tmp_path: Path) -> None:
    gone = {"Id": "U9", "IsActive": "false", "LastLoginDate": ago(1)}
    deals = [
        {"Id": "1", "Stage": "New", "LastModifiedById": "U0", "LastModifiedDate": ago(3)},
        {"Id": "2", "Stage": "New", "LastModifiedById": "U9", "LastModifiedDate": ago(3)},
        {"Id": "3", "Stage": "New", "LastModifiedById": "U1", "LastModifiedDate": ago(400)},
    ]
    rows = {"Deal": deals, "User": [*people(ago(1), ago(80), ago(91), ""), gone]}
    found = scorecard(DEALS, rows, tmp_path / "export")
    login, adoption = found["User: login rate"], found["User: adoption"]
    assert (login.share, login.of) == (0.5, 4)
    assert (adoption.share, adoption.of) == (0.25, 4)


def test_writers_who_are_not_told_by_key_are_not_compared(tmp_path: Path) -> None:
    deals = [{"Id": "1", "Stage": "New", "LastModifiedById": "Ana Ribeiro", "LastModifiedDate": ago(3)}]
    found = scorecard(DEALS, {"Deal": deals, "User": people(ago(1))}, tmp_path / "export")
    assert found["User: adoption"].reason == "writers are not told by the key of a person"
    assert found["User: login rate"].share == 1


def test_who_works_here_is_not_guessed(tmp_path: Path) -> None:
    found = scorecard(DEALS, {"Deal": [deal("Won", 1, 2)]}, tmp_path / "export")
    assert found["User: login rate"].reason == "the records do not say who works here"


def test_what_figures_were_comes_with_them() -> None:
    now = [Kpi(name="won", object="Deal", share=0.5), Kpi(name="days", object="Deal", days=9.0)]
    then = [Kpi(name="won", object="Deal", share=0.25), Kpi(name="days", object="Deal", reason="not known")]
    first = [Kpi(name="won", object="Deal", share=0.1), Kpi(name="days", object="Deal", days=4.0)]
    won, days = against(now, [("2026-01-01", first), ("2026-02-01", then)])
    assert (won.before, [past.share for past in won.past]) == (0.25, [0.1, 0.25])
    assert (days.days_before, [past.days for past in days.past]) == (None, [4.0])
    assert against(now, [])[0].past == ()
