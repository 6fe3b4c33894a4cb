"""Where an audit's records come from: named on the command line, by the environment, or object by object."""

import datetime as dt
import json
from pathlib import Path

import pytest

from crmgov.cli.exports import Wanted, opened_at, opened_by_object
from crmgov.cli.trouble import Stop
from crmgov.model.figures import Figure, Records
from crmgov.model.snapshot import Snapshot
from tests.providers.salesforce_write.corpora import unpack
from tests.running import crmgov

TYPES = {"Lead": {"Email": "email"}, "Account": {"Name": "text"}}


def wanted(root: Path) -> Wanted:
    return Wanted(root, TYPES, Snapshot("", {}, {}), {}, dt.datetime.now(dt.UTC), None)


def never() -> Records:
    raise AssertionError("the database is not asked")


def test_a_map_names_the_records_of_each_object_relative_to_the_repository(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "one.csv").write_text("Email\na@x.y\n")
    (tmp_path / "data" / "two.json").write_text('[{"Name": "A"}, {"Name": "B"}]')
    records = opened_by_object({"lead": "data/one.csv", "Account": "data/two.json"}, wanted(tmp_path), never)
    try:
        figure = Figure(metric="records")
        answers = records.answer({"Lead": [figure], "Account": [figure]})
        assert [answers[name, figure].evidence.count for name in TYPES] == [1, 2]
    finally:
        records.close()


def test_all_that_is_wrong_with_a_map_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        opened_by_object({"Leed": "x.csv", "Lead": "missing.csv", "Account": "gone"}, wanted(tmp_path), never)
    assert [one.code for one in caught.value.diagnostics] == ["CLI006", "CLI005", "CLI005"]


@pytest.mark.parametrize(
    "path", ["../data", "/etc", "sqlite:///../data.db", "duckdb:////data.db", "spark://local/../data"]
)
def test_what_stands_in_a_file_stays_in_the_repository(path: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "repository").mkdir()
    for opening in (opened_at, lambda where, known: opened_by_object({"Lead": where}, known, never)):
        with pytest.raises(Stop) as caught:
            opening(path, wanted(tmp_path / "repository")).close()
        (told,) = caught.value.diagnostics
        assert (told.code, "leads out of the repository" in told.message) == ("CLI009", True)
    (tmp_path / "data" / "Lead.csv").write_text("Email\na@x.y\n")
    opened_at("../data", wanted(tmp_path / "repository")._replace(typed=True)).close()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--records", "x.csv", "--against", "2026-01-01"], "name the environment"),
        (["production", "--decisions", "x.xlsx", "--fix", "--code", "."], "leave out --code, --fix"),
    ],
)
def test_options_that_would_do_nothing_are_refused(options: list[str], told: str) -> None:
    done = crmgov("audit", *options)
    assert (done.returncode, told in done.stderr) == (2, True)


@pytest.mark.parametrize(("size", "told"), [("1MB", "takes at least"), ("much", "is no size"), ("-5GB", "is no size")])
def test_a_size_that_cannot_be_is_refused(size: str, told: str) -> None:
    done = crmgov("audit", "--records", "x.csv", "--memory", size)
    assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_two_leads_are_too_few_to_judge_a_real_project_by(tmp_path: Path) -> None:

    project = unpack("northstar", tmp_path)
    done = crmgov(
        "audit", "--source", str(project), "--records", str(project / "data"), "--format", "json", cwd=tmp_path
    )

    found = json.loads(done.stdout)
    assert found["verdicts"]
    kept = {one["type"] for one in found["verdicts"] if one["verdict"] != "unknown"}
    assert kept <= {"formula", "rollup"}  # which the CRM works out, so that records say nothing of them
