"""What does not count is told beside what does, in every format, and nothing in it is markup."""

import json

import pytest

from crmgov.check.judgement.waivers import Waived
from crmgov.model.diagnostics import Diagnostic, Place
from crmgov.model.kinds.governance import Waiver
from crmgov.report.findings import FORMATS, Beside, render

HOSTILE = "\x1b[31m](javascript:alert(1)) <b>@everyone</b>\n::error::x"


def one(code: str, address: str, text: str = "no owner") -> Diagnostic:
    return Diagnostic(
        code=code, severity="warning", message=f"{address}: {text}", address=address, at=Place("config/a.yaml", 3, 1)
    )


WAIVER = Waiver(
    code="OWNER003",
    address="Field/Lead.*",
    owner="Ana",
    reason="moved in July",
    expires="2026-12-31",
    evidence="41 of 98,104",
)
BESIDE = Beside(
    known=[one("OWNER003", "Field/Lead.Old")], worse=0, waived=[Waived(one("OWNER003", "Field/Lead.Moved"), WAIVER)],
    off=3, compared=True,
)  # fmt: skip
TOTALS = "1 new warning (OWNER003 1); 1 known, none worse, 1 waived, 3 switched off"


@pytest.mark.parametrize("form", ["human", "concise", "github", "junit", "markdown"])
def test_a_line_tells_how_many(form: str) -> None:
    text = render(form, [one("OWNER003", "Field/Lead.New")], beside=BESIDE).replace("\\", "")
    assert TOTALS in text
    assert "Lead.Old" not in text
    assert "Lead.Moved" not in text


def test_with_full_each_has_its_line() -> None:
    text = render("human", [], beside=BESIDE, full=True, summary="2 objects")
    assert text == (
        "waived  config/a.yaml:3:1  warning OWNER003  Field/Lead.Moved: no owner (until 2026-12-31, by Ana: moved in July)\n"
        "known  config/a.yaml:3:1  warning OWNER003  Field/Lead.Old: no owner\n"
        "\n"
        "no new findings; 1 known, none worse, 1 waived, 3 switched off\n"
        "2 objects\n"
    )


def test_other_programs_are_told_each_apart() -> None:
    data = json.loads(render("json", [one("OWNER003", "Field/Lead.New")], beside=BESIDE))
    assert [item["address"] for item in data["findings"]] == ["Field/Lead.New"]
    assert [item["address"] for item in data["known"]] == ["Field/Lead.Old"]
    assert (data["totals"]["warning"], data["worse"], data["off"]) == (1, 0, 3)
    assert data["waived"][0]["waiver"] == {
        "owner": "Ana", "reason": "moved in July", "expires": "2026-12-31", "evidence": "41 of 98,104",
    }  # fmt: skip


def test_code_scanning_gets_no_alert_for_what_does_not_count() -> None:
    (run,) = json.loads(render("sarif", [one("OWNER003", "Field/Lead.New")], beside=BESIDE))["runs"]
    assert len(run["results"]) == 1
    assert run["properties"] == {"known": 1, "worse": 0, "waived": 1, "off": 3}


def test_without_anything_beside_nothing_is_said_of_it() -> None:
    assert render("human", []) == "no findings\n"
    assert "properties" not in json.loads(render("sarif", []))["runs"][0]


@pytest.mark.parametrize("form", FORMATS)
def test_a_waiver_cannot_move_a_terminal_or_begin_a_command(form: str) -> None:
    waiver = Waiver(code="OWNER003", address="*", owner=HOSTILE, reason=HOSTILE * 50, expires="2026-12-31")
    beside = Beside(waived=[Waived(one("OWNER003", "Field/Lead.A", HOSTILE), waiver)])
    text = render(form, [], beside=beside, full=True)
    assert "\x1b" not in text
    assert not any(line.startswith("::") for line in text.splitlines())
