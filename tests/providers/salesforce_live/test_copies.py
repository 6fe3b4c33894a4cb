"""Copies that are not what was asked for: nothing is counted in them, and nothing of them is left."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from crmgov.model.figures import Figure
from crmgov.providers.salesforce.live import bulk
from tests.audit.records.tables import FIELDS, OBJECT
from tests.providers.salesforce_live.leads import many, organisation
from tests.providers.salesforce_live.spoilt import spoilt
from tests.providers.salesforce_org.messages import Request, Response

ROWS = [{**dict.fromkeys(FIELDS), "Name": f"N{number}", "Tags": "a;b"} for number in range(30)]
WHOLE, LENGTH = Figure(metric="records"), Figure(metric="longest", field="Name")


def _page(change: Callable[[str], str], **headers: str) -> Callable[[Request, Response], Response]:
    def spoil(request: Request, response: Response) -> Response:
        if not request.path.endswith("/results"):
            return response
        return Response(200, change(response.body.decode()).encode(), "text/csv", {**response.headers, **headers})

    return spoil


def _swapped(text: str) -> str:
    head, _, rows = text.partition("\n")
    first, second, *rest = head.split(",")
    return ",".join([second, first, *rest]) + "\n" + rows


PAGES = {
    "a row with a cell less": _page(lambda text: re.sub(r",[^,]*\n\Z", "\n", text)),
    "a row with a cell more": _page(lambda text: text.removesuffix("\n") + ',"x"\n'),
    "cut within a cell": _page(lambda text: text.removesuffix('"\n')),
    "a row less": _page(lambda text: text.rpartition("\n")[0].rpartition("\n")[0] + "\n"),
    "a row more": _page(lambda text: text + text.splitlines()[-1] + "\n"),
    "columns in another order": _page(_swapped),
    "a column twice": _page(lambda text: re.sub(r'"[^",]*"', lambda found: text.split(",")[0], text, count=2)),
    "other columns": _page(lambda text: text.replace("Title__c", "Title2__c", 1)),
    "nothing": _page(lambda text: ""),
    "a web page": _page(lambda text: "<html><body>sorry</body></html>"),
    "JSON": _page(lambda text: "[" * 10_000),
    "fewer said": _page(str, **{"Sforce-NumberOfRecords": "29"}),
    "more said": _page(str, **{"Sforce-NumberOfRecords": "31"}),
    "nothing said": _page(str, **{"Sforce-NumberOfRecords": ""}),
    "nonsense said": _page(str, **{"Sforce-NumberOfRecords": "9" * 5000}),
    "a circle of pages": _page(str, **{"Sforce-Locator": "AAAA"}),
}  # fmt: skip


@pytest.mark.parametrize("spoil", PAGES.values(), ids=PAGES)
def test_a_page_that_is_not_what_was_asked_for(
    spoil: Callable[[Request, Response], Response], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with spoilt(many(organisation(ROWS)), spoil) as records:
        answers = records.answer({OBJECT: [WHOLE, LENGTH]})
        told = [one.code for one in records.problems()]
        assert not list(tmp_path.rglob("*.csv"))
    assert told == ["RECORDS015"]
    assert not answers[OBJECT, LENGTH].known
    assert answers[OBJECT, WHOLE].evidence.count == 30
    assert list(tmp_path.iterdir()) == []


def test_a_long_text_and_another_line_end_are_no_trouble() -> None:
    rows = [{**ROWS[0], "Name": "x" * 255}, *ROWS]
    with spoilt(many(organisation(rows)), _page(lambda text: "\ufeff" + text.replace("\n", "\r\n"))) as records:
        assert records.answer({OBJECT: [LENGTH]})[OBJECT, LENGTH].evidence.count == 255


def test_a_job_that_hangs_is_ended_and_removed() -> None:
    org = many(organisation(ROWS))
    org.fail("GET /services/data/v66.0/jobs/query/", bulk.MOST_WAITS + 20, job_hangs=True)
    with spoilt(org, lambda request, response: response) as records:
        assert not records.answer({OBJECT: [LENGTH]})[OBJECT, LENGTH].known
    assert org.jobs == {}


@pytest.mark.parametrize("during", ["/results", "AAA"])
def test_ctrl_c_while_a_job_is_under_way_leaves_nothing(
    during: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def spoil(request: Request, response: Response) -> Response:
        if request.path.endswith(during) and request.method == "GET":
            raise KeyboardInterrupt
        return response

    org = many(organisation(ROWS))
    with spoilt(org, spoil) as records, pytest.raises(KeyboardInterrupt):
        records.answer({OBJECT: [LENGTH]})
    assert [call.method for call in org.calls].count("POST") == 1
    assert org.jobs == {}
    assert list(tmp_path.iterdir()) == []
