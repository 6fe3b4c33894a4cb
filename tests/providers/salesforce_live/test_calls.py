"""Never more calls than were allowed, whatever is asked; and what could not be asked is unknown, with the reason."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.figures import Figure
from crmgov.model.provider import ProviderError
from tests.audit.records.tables import FIELDS, OBJECT
from tests.audit.records.test_figures import ASKED
from tests.providers.salesforce_live.leads import counted, live, many, organisation
from tests.providers.salesforce_live.world import organisation as company
from tests.providers.salesforce_live.world import project
from tests.providers.salesforce_org import Org, serving
from tests.running import crmgov

ROWS = [{**dict.fromkeys(FIELDS), "Name": f"N{number}"} for number in range(30)]
SOME = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SOME
@given(allowed=st.integers(1, 40), asked=ASKED, copies=st.booleans(), large=st.booleans())
def test_never_more_calls_than_allowed(allowed: int, asked: list[Figure], copies: bool, large: bool) -> None:
    org = many(organisation(ROWS)) if large else organisation(ROWS)
    try:
        with (live if copies else counted)(org, calls=allowed) as records:
            answers = records.answer({OBJECT: asked})
            assert all(answers[OBJECT, one].known or answers[OBJECT, one].evidence.reason for one in asked)
    except ProviderError as error:
        refused = error.diagnostic
        if refused.code != "SFLIVE005" or "used up" not in refused.message:
            raise
    assert len(org.calls) <= allowed


def test_the_last_tenth_of_the_day_is_left_to_the_business() -> None:
    org = organisation(ROWS)
    org.daily_calls = 10
    figures = [Figure(metric="filled", field=name, blanks=("n/a",)) for name in FIELDS]
    with counted(org) as records:
        answers = records.answer({OBJECT: figures})
        told = [one.message for one in records.problems()]
    assert len(org.calls) <= 9
    assert any("of the organisation's 10 calls of the day are taken" in one for one in told)
    assert not answers[OBJECT, figures[-1]].known


def test_an_object_that_cannot_be_copied_within_the_calls_left_is_counted_there() -> None:
    org = many(organisation(ROWS))
    whole, length = Figure(metric="records"), Figure(metric="longest", field="Name")
    with live(org, calls=12) as records:
        answers = records.answer({OBJECT: [whole, length]})
    assert answers[OBJECT, whole].evidence.count == 30
    assert not answers[OBJECT, length].known
    assert not [call for call in org.calls if "jobs" in call.path]


def test_the_command_says_first_what_it_will_ask(tmp_path: Path) -> None:
    org = company(250)
    done = _audit(org, tmp_path, "--calls", "60")
    assert "objects copied with about" in done[1]
    assert len(org.calls) <= 60
    verdicts = {one["name"]: one for one in json.loads(done[0])["verdicts"]}
    assert verdicts["Region__c"]["evidence"]["filled"]["count"] == 125
    org = company(250)
    told = _audit(org, tmp_path / "again", "--calls", "7")
    assert len(org.calls) <= 7
    verdicts = {one["name"]: one for one in json.loads(told[0])["verdicts"]}
    assert {one["verdict"] for one in verdicts.values()} == {"unknown"}


def _audit(org: Org, root: Path, *words: str) -> tuple[str, str]:
    token = org.token(org.users[0])
    with serving(org) as url:
        project(root, url)
        assert crmgov("-C", str(root), "pull", "prod").returncode == 0
        done = crmgov("-C", str(root), "audit", "prod", "--format", "json", "--no-store", *words, SF_TOKEN=token)
    assert done.returncode in (0, 1), done.stderr
    assert token not in done.stdout + done.stderr
    return done.stdout, done.stderr
