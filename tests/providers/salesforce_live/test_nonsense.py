"""Answers with anything in the place of anything: no traceback, no hang, and no figure out of nonsense."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.figures import Figure, Holding
from crmgov.providers.salesforce.live.faults import GoneError
from tests.audit.records.tables import FIELDS, OBJECT
from tests.providers.salesforce_live.leads import organisation
from tests.providers.salesforce_live.spoilt import spoilt
from tests.providers.salesforce_org.messages import Request, Response, as_json

ROWS = [
    {**dict.fromkeys(FIELDS), "Name": f"N{number % 7}", "order by": number % 3, "Amount": number / 2}
    for number in range(12)
]
ASKED = [
    Figure(metric="records"), Figure(metric="filled", field="Name", blanks=("n/a",)), Figure(metric="latest", field="Name"),
    Figure(metric="values", field="Name"), Figure(metric="values", field="order by"), Figure(metric="repeated", field="Name"),
    Figure(metric="least", field="Day"), Figure(metric="most", field="Amount"), Figure(metric="distinct", field="order by"),
    Figure(metric="filled", field="Name", by="order by", blanks=("n/a",)),
]  # fmt: skip
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from([2**70, 1e300, 0.5, -1.0]), st.text(max_size=4),
    st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "true", "nan"]),
    st.just([]), st.just({}), st.just([[]]), st.just([{}]), st.just({"a": []}), st.just([None]),
)  # fmt: skip
SOME = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a value: what holds it, and at what key."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [one for key in keys for one in ((value, key), *_places(value[key]))]


@SOME
@given(data=st.data(), call=st.integers(0, 14), copies=st.booleans())
def test_anything_in_the_place_of_anything(data: st.DataObject, call: int, copies: bool) -> None:
    seen = 0

    def spoil(request: Request, response: Response) -> Response:
        nonlocal seen
        seen += 1
        if seen != call + 1 or not response.body.startswith((b"{", b"[")):
            return response
        whole = {"": json.loads(response.body)}
        within, key = data.draw(st.sampled_from(_places(whole)))
        within[key] = data.draw(JUNK)
        return Response(response.status, json.dumps(whole[""]).encode(), response.kind, response.headers)

    asked = data.draw(st.lists(st.sampled_from(ASKED), min_size=1, unique=True))
    try:
        with spoilt(organisation(ROWS), spoil, copies=copies) as records:
            assert all(isinstance(one, Holding) for one in records.holdings().values())
            answers = records.answer({OBJECT: asked})
            records.problems()
    except GoneError:  # told in words of our own
        return
    for figure in asked:
        found = answers[OBJECT, figure]
        evidence = found.evidence
        assert found.known or evidence.reason
        for count in (evidence.count, evidence.of, *(count for _, count in found.counts)):
            assert count is None or (type(count) is int and count >= 0)
        if evidence.count is not None and evidence.of is not None:
            assert evidence.count <= evidence.of, (figure, evidence)


@pytest.mark.parametrize("body", [b"[" * 100_000 + b"]" * 100_000, b"<html>", b"", b"\xff\xfe", b"1" * 5000], ids=len)
def test_what_is_no_json_anywhere(body: bytes) -> None:
    def spoil(request: Request, response: Response) -> Response:
        return Response(response.status, body) if "/query" in request.path else response

    with pytest.raises(GoneError, match="no JSON"), spoilt(organisation(ROWS), spoil):
        pass


def test_a_part_of_an_answer_is_no_answer() -> None:
    figure = Figure(metric="values", field="order by")

    def spoil(request: Request, response: Response) -> Response:
        if b'"part"' not in response.body:
            return response
        whole = json.loads(response.body)
        return as_json({**whole, "done": False, "nextRecordsUrl": "/x", "records": whole["records"][:1]})

    with spoilt(organisation(ROWS), spoil, copies=False) as records:
        found = records.answer({OBJECT: [figure]})[OBJECT, figure]
    assert not found.known
    assert "only part of its answer" in found.evidence.reason


def test_records_written_between_two_questions_make_no_impossible_count() -> None:
    org = organisation(ROWS)
    figure = Figure(metric="filled", field="Name", blanks=("n0", "n1", "n2", "n3", "n4", "n5", "n6"))

    def spoil(request: Request, response: Response) -> Response:
        if "GROUP" not in request.query and b'"v0"' in response.body:  # as many more at each question
            for number in range(20):
                org.put(OBJECT, {"LastName": "New", "Title__c": f"n{number % 7}"})
        return response

    with spoilt(org, spoil, copies=False) as records:
        found = records.answer({OBJECT: [figure]})[OBJECT, figure]
    assert not found.known
    assert "written while they were counted" in found.evidence.reason
