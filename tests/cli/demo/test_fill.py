"""Records go into a database that has the first commit's configuration, and damage done to it by hand shows."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from crmgov.cli.demo.breakage import DAMAGES, break_by_hand
from crmgov.cli.demo.fill import fill
from crmgov.cli.demo.history import read, shipped, states
from crmgov.cli.demo.random_state import TODAY
from crmgov.diff.inputs import Inputs
from crmgov.load.tree import load_tree
from crmgov.model.baseline import Baseline, History
from crmgov.model.plans import Context
from crmgov.model.provider import Scope
from crmgov.model.snapshot import Snapshot
from crmgov.plan.make import Target, complete, draft
from crmgov.plan.operations import operation, renames_of
from crmgov.plan.proposals import Options
from crmgov.providers.sql.provider import SqlProvider


@pytest.fixture
def production(made: Path, tmp_path: Path) -> SqlProvider:
    """A database of the test's own, as the first commit makes it, without records."""
    shutil.copy(made, tmp_path / "production.db")
    return SqlProvider("sqlite:///production.db", root=tmp_path, kind="production")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, made once."""
    folder = tmp_path_factory.mktemp("made")
    _, tree = next(states(read(shipped())))
    for path, text in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    source = load_tree(folder, cache=False).snapshot
    provider = SqlProvider("sqlite:///production.db", root=folder, kind="production")
    identity = provider.initialise("production", "production")
    live = provider.read(Scope())
    inputs = Inputs(
        desired=provider.normalise(source), source=source, live=live, baseline=Baseline(),
        capabilities=provider.capabilities(), native_name=lambda name: name, same=provider.same,
    )  # fmt: skip
    target = Target(environment="production", identity=identity, protected=False, provider_version=1, chain="")
    plan = complete(
        draft(inputs, History(), Options()), [], target, Context(tool="test", created=""),
        desired={}, blobs={}, recover={},
    )  # fmt: skip
    operations = [operation(step, live, renames_of(plan.core)) for step in plan.core.steps]
    for batch in provider.batches("run", operations):
        outcomes = provider.settle(batch, provider.submit(batch, inputs.desired.snapshot.blobs))
        assert {outcome.status for outcome in outcomes} == {"done"}
    provider.close()
    return folder / "production.db"


def count(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def test_records_are_written_whole_and_keep_every_constraint(production: SqlProvider, tmp_path: Path) -> None:
    database = tmp_path / "production.db"
    written = fill(database, TODAY, 0.05)
    assert written > 2_000
    assert count(database, "Lead") == 380
    assert count(database, "crmgov_users") == 44
    assert count(database, "crmgov_links_Lead.Interests") > 100
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        placed = connection.execute('SELECT count("Location.latitude") FROM "Account"').fetchone()[0]
    assert 0 < placed < 160


def test_records_change_nothing_of_the_configuration(production: SqlProvider, tmp_path: Path) -> None:
    before = dict(production.read(Scope()).digests)
    fill(tmp_path / "production.db", TODAY, 0.01)
    assert dict(production.read(Scope()).digests) == before


def test_a_database_that_holds_records_already_is_left_alone(production: SqlProvider, tmp_path: Path) -> None:
    database = tmp_path / "production.db"
    fill(database, TODAY, 0.01)
    leads = count(database, "Lead")
    with pytest.raises(sqlite3.IntegrityError):
        fill(database, TODAY, 0.01)
    assert count(database, "Lead") == leads


def test_damage_done_by_hand_shows(production: SqlProvider, tmp_path: Path) -> None:
    fill(tmp_path / "production.db", TODAY, 0.01)
    before = production.read(Scope())
    told = break_by_hand(tmp_path / "production.db")
    after = production.read(Scope())
    assert told == [damage.told for damage in DAMAGES]
    assert set(before) - set(after) == {"Field/Account.SegmentCode"}
    assert after.body("Automation/Opportunity.InactiveDealReminder")["active"] is False
    assert values(after) - values(before) == {"Podcast"}
    changed = {address for address in after if before.digests[address] != after.digests[address]}
    assert changed == {"Automation/Opportunity.InactiveDealReminder", "Picklist/LeadSource"}


def values(snapshot: Snapshot) -> set[str]:
    return {value["name"] for value in snapshot.body("Picklist/LeadSource")["values"]}


def test_records_filled_in_later_are_as_recent_as_ever(production: SqlProvider, tmp_path: Path) -> None:
    later = TODAY + timedelta(weeks=60, days=3)
    fill(tmp_path / "production.db", later, 0.01)
    with closing(sqlite3.connect(tmp_path / "production.db")) as connection:
        made = [date.fromisoformat(day[:10]) for (day,) in connection.execute('SELECT "CreatedAt" FROM "Lead"')]
        order = connection.execute('SELECT count(*) FROM "Lead" WHERE "CreatedAt" > "UpdatedAt"').fetchone()
    assert max(made) <= later
    assert any(day > later - timedelta(days=90) for day in made)
    assert order == (0,)
