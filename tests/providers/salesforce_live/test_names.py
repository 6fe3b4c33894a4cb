"""Whatever a repository calls things, a query names only what the organisation described."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.figures import Figure
from crmgov.providers.salesforce.live.described import Column
from crmgov.providers.salesforce.live.held import Wanted
from crmgov.providers.salesforce.live.soql import Path, UnsayableError, condition
from tests.audit.records.tables import FIELDS, OBJECT
from tests.providers.salesforce_live.leads import counted, organisation

HOSTILE = [
    "CreatedBy.Email) x, COUNT(Id", "Owner.Name FROM Lead WHERE Id = null --", "CreatedBy.Name, Id", "CreatedBy.Email",
    "a/../../limits", "..", ".", "", "x\n", "\ud800", "Lead'", "Lead LIMIT 1", "é",
]  # fmt: skip
ROWS = [{**dict.fromkeys(FIELDS), "Name": "x"}] * 3
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("native", HOSTILE)
def test_what_is_no_name_there_is_asked_of_nothing(native: str) -> None:
    org = organisation(ROWS)
    figure = Figure(metric="filled", field="F")
    for wanted in (Wanted(OBJECT, {"F": native}), Wanted(native, {"F": "Title__c"})):
        with counted(org, {"L": wanted}) as records:
            before = len(org.calls)
            found = records.answer({"L": [figure, Figure(metric="records")]})
            asked = [call.query for call in org.calls[before:]]
        assert not found["L", figure].known
        assert asked in ([], ["q=SELECT COUNT(Id) v0 FROM Lead"])
    assert not [call for call in org.calls if call.path.endswith("/limits")]


@SOME
@given(native=st.text(max_size=12), value=st.text(max_size=12))
def test_no_text_leaves_its_quotes(native: str, value: str) -> None:
    column = Column(name="Id", type="id", filterable=True)
    try:
        said = condition({"field": native, "op": "equals", "value": value}, lambda _: (Path("Id"), column), dt.date.min)
    except UnsayableError:
        return
    inner = said.removeprefix("(Id != null AND Id = '").removesuffix("')").replace("\\\\", "").replace("\\'", "")
    assert "'" not in inner
    assert native not in said or native in value or native in "(Id != null AND Id = '')"


BEYOND = [
    ("0001-01-01T00:00:00+14:00", "datetime"), (10**5000, "double"), (-(10**50), "double"), ({"a": 1}, "reference"),
    ("$today+999999", "datetime"), (float("inf"), "double"), (5, "date"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "type_"), BEYOND, ids=lambda one: str(type(one).__name__))
def test_a_value_that_cannot_be_asked_for_is_said_so(value: object, type_: str) -> None:
    column = Column(name="X", type=type_, filterable=True)
    with pytest.raises(UnsayableError):
        condition({"field": "X", "op": "equals", "value": value}, lambda _: (Path("X"), column), dt.date(9000, 1, 1))


def test_an_early_year_has_four_digits() -> None:
    column = Column(name="X", type="datetime", filterable=True)
    said = condition({"field": "X", "op": "less", "value": "0900-01-01"}, lambda _: (Path("X"), column), dt.date.min)
    assert said == "(X != null AND X < 0900-01-01T00:00:00Z)"
