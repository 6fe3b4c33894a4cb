"""What an organisation may answer instead of an answer, and what a person is told then."""

import json
import os
from pathlib import Path

import pytest

from crmgov.model.figures import Figure
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.live.held import Wanted
from crmgov.providers.salesforce.live.opened import Way, open_records
from tests.audit.records.tables import FIELDS, NOW, OBJECT
from tests.providers.salesforce_live.leads import NATIVE, WANTED, counted, live, many, organisation, way
from tests.providers.salesforce_live.world import organisation as company
from tests.providers.salesforce_live.world import project
from tests.providers.salesforce_org import Org, serving
from tests.running import crmgov

ROWS = [{**dict.fromkeys(FIELDS), "Name": f"N{number}"} for number in range(30)]
WHOLE, LENGTH = Figure(metric="records"), Figure(metric="longest", field="Name")
PASSING = [
    {"status": 503}, {"status": 500}, {"status": 502, "retry_after": 2}, {"drop": True}, {"truncate": True},
    {"status": 403, "code": "REQUEST_LIMIT_EXCEEDED", "message": "ConcurrentPerOrgLongTxn Limit exceeded."},
    {"status": 400, "code": "UNABLE_TO_LOCK_ROW"},
]  # fmt: skip


@pytest.mark.parametrize("how", PASSING, ids=str)
@pytest.mark.parametrize("where", ["/query?", "describe", "/results", "GET /services/data/v66.0/jobs/query/"])
def test_trouble_that_passes_is_waited_out(how: dict[str, object], where: str) -> None:
    org = many(organisation(ROWS))
    org.fail(where, 2, **how)
    with live(org) as records:
        answers = records.answer({OBJECT: [WHOLE, LENGTH]})
        assert records.problems() == []
    assert (answers[OBJECT, WHOLE].evidence.count, answers[OBJECT, LENGTH].evidence.count) == (30, 3)


COPIES = [
    {"job_error": "QUERY_TIMEOUT: too long"}, {"job_hangs": True, "times": 500}, {"cut_page": True},
    {"status": 400, "code": "API_ERROR"}, {"drop": True, "times": 50},
]  # fmt: skip


@pytest.mark.parametrize("how", COPIES, ids=str)
def test_a_copy_that_is_not_whole_is_not_counted(how: dict[str, object]) -> None:
    org = many(organisation(ROWS))
    org.fail("/results" if {"cut_page", "drop"} & how.keys() else "jobs/query/", **{"times": 1, **how})
    with live(org) as records:
        answers = records.answer({OBJECT: [WHOLE, LENGTH]})
        told = [one.code for one in records.problems()]
    assert "RECORDS015" in told
    assert not answers[OBJECT, LENGTH].known
    assert answers[OBJECT, WHOLE].evidence.count == 30 or "drop" in how


def test_jobs_are_removed_and_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    org = many(organisation(ROWS))
    with live(org) as records:
        records.answer({OBJECT: [WHOLE, LENGTH]})
        folders = list(tmp_path.iterdir())
        assert folders
        assert not any(folder.stat().st_mode & 0o077 for folder in folders)
    assert list(tmp_path.iterdir()) == []
    assert org.calls[-1].method == "DELETE"
    assert os.environ["TMPDIR"] == str(tmp_path)


def test_no_calls_left_today_ends_the_asking() -> None:
    org = organisation(ROWS)
    with counted(org) as records:
        org.fail("/query", 99, status=403, code="REQUEST_LIMIT_EXCEEDED", message="TotalRequests Limit exceeded.")
        made = len(org.calls)
        answers = records.answer(
            {OBJECT: [WHOLE, Figure(metric="values", field="Name"), Figure(metric="filled", field="Name")]}
        )
        assert len(org.calls) <= made + 1
        (told,) = records.problems()
    assert told.code == "SFLIVE004"
    assert "no calls left for today" in answers[OBJECT, WHOLE].evidence.reason


def test_a_field_that_is_refused_costs_only_itself() -> None:
    org = organisation(ROWS)
    figures = [Figure(metric="filled", field=name) for name in FIELDS]
    with counted(org) as records:
        org.fail("Half__c", 99, status=400, code="INVALID_FIELD")
        answers = records.answer({OBJECT: figures})
    assert [one.field for one in figures if not answers[OBJECT, one].known] == ["50% of_x"]


def test_an_object_that_takes_too_long_is_left_alone() -> None:
    org = organisation(ROWS)
    figures = [Figure(metric="filled", field=name, blanks=("n/a", "0")) for name in FIELDS]
    figures += [Figure(metric="values", field=name) for name in FIELDS]
    with counted(org) as records:
        made = len(org.calls)
        org.fail(
            "/query?", 99, status=400, code="QUERY_TIMEOUT", message="Your query request was running for too long."
        )
        answers = records.answer({OBJECT: figures})
        left = next(fault.times for fault in org.faults)
        assert records.problems() == []
    assert (99 - left, len(org.calls)) == (3, made)
    assert not any(answers[OBJECT, one].known for one in figures)
    assert any("takes too long to count records of Lead" in answers[OBJECT, one].evidence.reason for one in figures)


def test_objects_the_user_may_not_see_whole_are_not_counted() -> None:
    org = organisation(ROWS)
    poor = org.user(username="ben@acme.example", view_all_data=False, sees=lambda name, record: False)
    org.users.reverse()
    assert org.users[0] is poor
    with counted(org) as records:
        assert records.holdings() == {}
        assert [one.code for one in records.problems()] == ["SFLIVE001"]
        answers = records.answer({OBJECT: [WHOLE]})
    assert not answers[OBJECT, WHOLE].known
    org.users[:] = [org.user(username="cy@acme.example", view_all_data=False, view_all=(OBJECT,))]
    with counted(org) as records:
        assert records.answer({OBJECT: [WHOLE]})[OBJECT, WHOLE].evidence.count == 30


def test_fields_that_are_hidden_are_told_and_unknown() -> None:
    org = organisation(ROWS)
    org.users[:] = [org.user(username="cy@acme.example", hidden_fields=(f"{OBJECT}.{NATIVE['Name']}",))]
    with live(org) as records:
        (told,) = records.problems()
        answers = records.answer({OBJECT: [LENGTH, WHOLE]})
    assert told.code == "SFLIVE003"
    assert "Name" in told.message
    assert not answers[OBJECT, LENGTH].known


def test_what_the_vendor_ships_to_others_is_not_missed() -> None:
    org = organisation(ROWS)
    wanted = Wanted(OBJECT, {**NATIVE, "Shipped": "ConnectionSentId"}, frozenset({"Shipped"}))
    with counted(org, {OBJECT: wanted}) as records:
        assert records.problems() == []


def test_an_object_that_is_not_there_is_not_held() -> None:
    org = organisation(ROWS)
    with counted(org, {**WANTED, "Gone": Wanted("Gone__c", {})}) as records:
        assert set(records.holdings()) == {OBJECT}


@pytest.mark.parametrize("url", ["http://acme.example", "ftp://acme.my.salesforce.com", "https://", "https://u:p@a.example",
                                 "https://a.example/?x=1", "nonsense", "http://[::1"])  # fmt: skip
def test_a_token_goes_to_no_address_it_should_not(url: str) -> None:
    with pytest.raises(ProviderError, match="no address of an organisation"):
        open_records(Way(url=url, token="t"), WANTED, NOW)


def test_a_token_that_is_not_accepted(tmp_path: Path) -> None:
    org = company(1)
    with serving(org) as url:
        done = _audit(project(tmp_path, url), SF_TOKEN="00Dwrong!token")
    assert done.returncode == 2
    assert "SFLIVE005" in done.stderr
    assert "the access token is not accepted" in done.stderr
    assert "wrong!token" not in done.stderr + done.stdout


def test_a_sandbox_is_no_evidence_for_production(tmp_path: Path) -> None:
    org = company(250, sandbox=True)
    token = org.token(org.users[0])
    with serving(org) as url:
        root = project(tmp_path, url, more="expects: {instance: '.', kind: production}\n")
        done = _audit(root, SF_TOKEN=token)
    assert done.returncode == 2
    assert "SFLIVE006" in done.stderr
    assert "Acme is a sandbox organisation, and a production one is expected" in done.stderr


WRITTEN = [
    "{token: 00Dsecret!word}", "{'secret' : secret!word, client: a}", "\n    token:\n      00D5e000000HEcP!AQsecret!wordAAAAAAAAAAAAAAAAA1",
    "{key: secret!word, client: [}", "{key: secret!word",
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_a_token_written_in_the_file_is_refused_and_not_repeated(tmp_path: Path, written: str) -> None:
    root = project(tmp_path, "https://acme.my.salesforce.com", login=written)
    done = crmgov("-C", str(root), "validate")
    assert done.returncode == 1
    assert "secret!word" not in done.stdout + done.stderr


def test_nobody_is_there(tmp_path: Path) -> None:
    with serving(Org()) as url:
        pass
    with pytest.raises(ProviderError, match="no connection can be made"):
        open_records(Way(url=url, token="t"), WANTED, NOW, pause=lambda _: None)


def test_client_credentials_and_a_token_that_runs_out(tmp_path: Path) -> None:
    org = company(250)
    org.app("client-1", secret="s3cret", user=org.users[0])
    with serving(org) as url:
        root = project(tmp_path, url, login="{client: client-1, secret: '${SF_SECRET}'}")
        assert crmgov("-C", str(root), "pull", "prod").returncode == 0
        org.fail("describe", 1, expire=True)
        done = _audit(root, SF_SECRET="s3cret")
        wrong = _audit(root, SF_SECRET="other")
    assert done.returncode in (0, 1), done.stderr
    verdicts = {one["name"]: one for one in json.loads(done.stdout)["verdicts"]}
    assert verdicts["Region__c"]["evidence"]["filled"]["count"] == 125
    assert wrong.returncode == 2
    assert "the login is refused" in wrong.stderr
    assert "s3cret" not in done.stdout + done.stderr


def test_a_signed_word() -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    org = organisation(ROWS)
    org.app("client-1", public_key_pem=public.decode())
    user = org.users[0].username
    with serving(org) as url:
        entered = open_records(Way(url=url, client="client-1", username=user, key=pem, kind="production"), WANTED, NOW)
        assert entered.answer({OBJECT: [WHOLE]})[OBJECT, WHOLE].evidence.count == 30
        entered.close()
        with pytest.raises(ProviderError, match="the login is refused"):
            open_records(Way(url=url, client="client-1", username=user, key=pem, kind="sandbox"), WANTED, NOW)
        with pytest.raises(ProviderError, match="no RSA key"):
            open_records(Way(url=url, client="client-1", username=user, key="-----BEGIN nothing"), WANTED, NOW)
        with pytest.raises(ProviderError, match="cannot be read"):
            open_records(Way(url=url, client="client-1", username=user, key="/nowhere/key.pem"), WANTED, NOW)
        assert way(url, org).copies


def _audit(root: Path, **variables: str):  # type: ignore[no-untyped-def]
    return crmgov("-C", str(root), "audit", "prod", "--format", "json", "--no-store", **variables)


def test_pages_of_a_query_that_do_not_add_up_are_not_counted() -> None:
    org = organisation([{**dict.fromkeys(FIELDS), "Name": f"N{number}"} for number in range(2_100)])
    org.fail("/query/", 50, status=400, code="INVALID_QUERY_LOCATOR")
    with live(org) as records:
        answers = records.answer({OBJECT: [WHOLE, LENGTH]})
        told = [one.message for one in records.problems()]
    assert told == ["Salesforce Acme (production) gives no copy of Lead: invalid query locator"]
    assert not answers[OBJECT, LENGTH].known
    assert answers[OBJECT, WHOLE].evidence.count == 2_100
