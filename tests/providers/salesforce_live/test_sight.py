"""Records that a plain query passes by, shows in part, or converts: counted right, or not at all."""

from collections.abc import Mapping

import pytest

from crmgov.model.figures import Figure, scope
from crmgov.providers.salesforce.live.held import Wanted
from tests.providers.salesforce_live.leads import counted, live
from tests.providers.salesforce_org import Field, Org

WHOLE = Figure(metric="records")


def _org(name: str, fields: list[Field], rows: list[Mapping[str, object]]) -> Org:
    org = Org()
    org.user()
    org.object(name, fields, records=rows)
    return org


@pytest.mark.parametrize("how", ["job", "pages", "queries"])
def test_archived_tasks_count_and_deleted_ones_do_not(how: str) -> None:
    fields = [Field("IsArchived", "boolean"), Field("Old__c", "string"), Field("Kind__c", "picklist", restricted=True)]
    old, gone = {"IsArchived": True, "Old__c": "x", "Kind__c": "A"}, {"IsDeleted": True, "Old__c": "x", "Kind__c": "A"}
    org, copied = _org("Task", fields, [old, old, gone, {"Kind__c": "A"}]), how != "queries"
    org.find("Task").counted = 90_000 if how == "job" else 4  # type: ignore[union-attr]
    filled = Figure(metric="filled", field="Old__c")
    values, length = Figure(metric="values", field="Kind__c"), Figure(metric="longest", field="Old__c")
    asked = [WHOLE, filled, values, *([length] if copied else [])]
    opening = live if copied else counted
    with opening(org, {"Task": Wanted("Task", {"Old__c": "Old__c", "Kind__c": "Kind__c"})}) as records:
        answers = records.answer({"Task": asked})
    assert bool([call for call in org.calls if "jobs" in call.path]) == (how == "job")
    assert (answers["Task", WHOLE].evidence.count, answers["Task", filled].evidence.count) == (3, 2)
    assert answers["Task", values].counts == (("A", 3),)


@pytest.mark.parametrize("name", ["ContentDocument", "Guide__kav", "Order__x", "Report"])
def test_what_is_shown_in_part_is_not_counted(name: str) -> None:
    org = _org(name, [Field("A__c", "string")], [{"A__c": "x"}])
    with live(org, {name: Wanted(name, {"A__c": "A__c"})}) as records:
        assert records.holdings() == {}
        assert [one.code for one in records.problems()] == ["SFLIVE007"]
        assert not records.answer({name: [WHOLE]})[name, WHOLE].known


def test_amounts_of_several_currencies_are_not_compared_by_a_query() -> None:
    fields = [Field("Sum__c", "currency"), Field("CurrencyIsoCode", "picklist", restricted=True)]
    rows = [{"Sum__c": 5.0, "CurrencyIsoCode": "USD"}, {"Sum__c": 500.0, "CurrencyIsoCode": "JPY"}, {"Sum__c": 0.0}]
    org = _org("Deal__c", fields, rows)
    large = Figure(metric="records", where=scope({"field": "Sum__c", "op": "greater", "value": 100}))
    some = Figure(metric="records", where=scope({"field": "Sum__c", "op": "greater", "value": 0}))
    filled = Figure(metric="filled", field="Sum__c", blanks=("0", "n/a"))
    most, distinct = Figure(metric="most", field="Sum__c"), Figure(metric="distinct", field="Sum__c")
    wanted = {"Deal__c": Wanted("Deal__c", {"Sum__c": "Sum__c"})}
    with counted(org, wanted) as records:
        answers = records.answer({"Deal__c": [large, some, filled, most, distinct]})
    assert (answers["Deal__c", some].evidence.count, answers["Deal__c", filled].evidence.count) == (2, 2)
    for figure in (large, most, distinct):
        assert "converts the currencies" in answers["Deal__c", figure].evidence.reason
    with live(org, wanted) as records:
        assert (
            records.answer({"Deal__c": [large, most, Figure(metric="longest", field="Name")]})["Deal__c", most].text
            == "500"
        )


@pytest.mark.parametrize("copied", [True, False])
def test_asterisks_are_not_counted(copied: bool) -> None:
    org = _org("Lead", [Field("Card__c", "encryptedstring")], [{"Card__c": f"4111{number}"} for number in range(9)])
    figures = [Figure(metric="repeated", field="Card__c"), Figure(metric="longest", field="Card__c")]
    opening = live if copied else counted
    with opening(org, {"Lead": Wanted("Lead", {"Card__c": "Card__c"})}) as records:
        answers = records.answer({"Lead": figures})
        (told,) = records.problems()
    assert told.code == "SFLIVE008"
    assert not any(answers["Lead", figure].known for figure in figures)
