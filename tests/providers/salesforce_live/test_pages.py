"""How an object's records get here: small ones by a query, large ones by a job, and each exactly as they are."""

from datetime import UTC, datetime, timedelta

import pytest

from crmgov.model.figures import Figure
from crmgov.providers.salesforce.live.held import Wanted
from tests.audit.records.tables import FIELDS, OBJECT
from tests.providers.salesforce_live.leads import live, organisation
from tests.providers.salesforce_org import Field, Org

WHOLE = Figure(metric="records")


def _jobs(org: Org) -> bool:
    return any("jobs/query" in call.path for call in org.calls)


@pytest.mark.parametrize(("counted", "by_job"), [(20_000, False), (20_001, True)])
def test_by_a_query_or_by_a_job(counted: int, by_job: bool) -> None:
    org = organisation([{**dict.fromkeys(FIELDS), "Name": f"N{number}"} for number in range(2_500)])
    org.find(OBJECT).counted = counted  # type: ignore[union-attr]
    longest = Figure(metric="longest", field="Name")
    with live(org) as records:
        answers = records.answer({OBJECT: [WHOLE, longest]})
        assert records.problems() == []
    assert (answers[OBJECT, WHOLE].evidence.count, answers[OBJECT, longest].evidence.count) == (2_500, 5)
    assert _jobs(org) == by_job


def test_an_object_that_jobs_do_not_know_is_copied_page_by_page() -> None:
    org = organisation([])
    org.fail("recordCount", 9, status=403, code="INSUFFICIENT_ACCESS")
    figure = Figure(metric="longest", field="Username")
    with live(org, {"User": Wanted("User", {"Username": "Username"})}) as records:
        answers = records.answer({"User": [WHOLE, figure]})
        assert records.problems() == []
    assert _jobs(org)
    assert answers["User", WHOLE].evidence.count == 1
    assert answers["User", figure].known


@pytest.mark.parametrize("job", [False, True])
def test_a_position_is_filled_where_its_latitude_is(job: bool) -> None:
    org = Org()
    org.user()
    made = org.object("Berth__c", [Field("Position__c", "location", scale=5)],
                      records=[{"Position__Latitude__s": 0.0, "Position__Longitude__s": 3.2}, {}])  # fmt: skip
    made.counted = 90_000 if job else 2
    figures = [Figure(metric="filled", field="Position__c"), Figure(metric="longest", field="Id")]
    with live(org, {"Berth__c": Wanted("Berth__c", {"Position__c": "Position__c"})}) as records:
        answers = records.answer({"Berth__c": figures})
        assert records.problems() == []
    assert answers["Berth__c", figures[0]].evidence.count == 1


@pytest.mark.parametrize("job", [False, True])
def test_what_people_write_arrives_as_they_wrote_it(job: bool) -> None:
    texts = ['said "yes"', "two\nlines", "a,b;c", "=1+1", "\u00e9\U0001f600", "'single'", "back\\slash", "true", "1.0"]
    moment = datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)
    org = Org()
    org.user()
    made = org.object("Note__c", [Field("Text__c", "string", length=80), Field("At__c", "datetime"), Field("Box__c", "boolean")],
                      records=[{"Text__c": text, "At__c": moment + timedelta(seconds=at), "Box__c": at == 0}
                               for at, text in enumerate(texts)])  # fmt: skip
    made.counted = 90_000 if job else len(texts)
    wanted = {"Note__c": Wanted("Note__c", {name: name for name in ("Text__c", "At__c", "Box__c")})}
    values, last, boxes = (
        Figure(metric="values", field="Text__c"), Figure(metric="most", field="At__c"), Figure(metric="filled", field="Box__c")
    )  # fmt: skip
    with live(org, wanted) as records:
        answers = records.answer({"Note__c": [values, last, boxes, Figure(metric="longest", field="Text__c")]})
    assert sorted(value for value, _ in answers["Note__c", values].counts) == sorted(texts)
    assert answers["Note__c", last].text == "2026-11-02 00:00:07"
    assert answers["Note__c", boxes].evidence.count == 1
