"""Policies that wait for records: a change is let through by figures, and by nothing else."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import Evidence
from crmgov.model.plans import Context, Plan
from crmgov.plan.make import complete
from tests.plan.world import TARGET, applied, drafted, tree
from tests.providers.sql.databases import Db, done

STAGES = [{"name": "New", "outcome": "open"}, {"name": "Won", "outcome": "won"}]
WAS: dict[str, Body] = {
    "Object/Lead": {"label": "Lead"},
    "StageSet/Way": {"field": "Lead.Status", "stages": STAGES},
    "Field/Lead.Status": {"type": "picklist", "picklist": "Way"},
    "Field/Lead.Region": {"type": "text"},
}
NOW: dict[str, Body] = {**WAS, "Field/Lead.Region": {"type": "text", "required": True}}
ROWS: list[dict[str, Any]] = [
    *({"Status": "New", "Region": "North"} for _ in range(9)), {"Status": "New", "Region": None},
    *({"Status": "Won", "Region": None} for _ in range(10)),
]  # fmt: skip
FORBID = {"kind": ["Field"], "where": {"required": True}, "action": ["add", "modify"]}


def refusals(plan: Plan) -> list[Diagnostic]:
    return [one for one in plan.context.diagnostics if one.code.startswith("POLICY")]


def planned(folder: Path, unless: dict[str, Any], now: dict[str, Body] = NOW, forbid: dict[str, Any] = FORBID) -> Plan:
    """The plan over a database with twenty records, the open ones nearly all filled."""
    db = Db("sqlite:///crm.db", folder)
    assert done(db.want(WAS))
    db.insert("Lead", ROWS)
    live = db.live()
    documents = {**now, "Policy/P": {"forbid": forbid, "unless": unless}}
    draft = drafted(documents, live, applied(WAS, live))
    draft.proposals = [step for step in draft.proposals if not step.native.startswith("Policy/")]
    created = dt.datetime.now(dt.UTC).isoformat()
    return complete(
        draft, db.provider.measure(draft.questions), TARGET, Context(tool="0", created=created),
        desired={}, blobs={}, recover={}, policies=tree(documents),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unless", "told"),
    [
        ({"filled_at_least": 90, "records": "open"}, None),
        (
            {"filled_at_least": 91, "records": "open", "max_age_days": 1},
            "9 of 10 open records have a value (90%), and 91% are needed",
        ),
        ({"filled_at_least": 45}, None),
        ({"filled_at_least": 46}, "9 of 20 records have a value (45%)"),
    ],
)
def test_a_field_is_required_once_it_is_filled(tmp_path: Path, unless: dict[str, Any], told: str | None) -> None:
    found = refusals(planned(tmp_path, unless))
    assert [one.code for one in found] == ([] if told is None else ["POLICY102"])
    assert told is None or told in found[0].message


def test_a_new_field_is_filled_nowhere(tmp_path: Path) -> None:
    now = {**WAS, "Field/Lead.Tier": {"type": "text", "required": True}}
    (found,) = refusals(planned(tmp_path, {"filled_at_least": 1}, now))
    assert "0 of 20 records" in found.message


def test_without_stages_nothing_is_open() -> None:
    shut = [{**stage, "outcome": "won"} for stage in STAGES]
    now: dict[str, Body] = {**NOW, "StageSet/Way": {**WAS["StageSet/Way"], "stages": shut}}
    was = {**now, "Field/Lead.Region": WAS["Field/Lead.Region"]}
    documents = {**now, "Policy/P": {"forbid": FORBID, "unless": {"filled_at_least": 1, "records": "open"}}}
    draft = drafted(documents, was, applied(was, was))
    assert [one.reason for one in draft.inquiries] == ["no stage set says which records of Lead are open"]


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        (Evidence(exactness="unmeasured", reason="its files hold no records"), "its files hold no records"),
        (Evidence(exactness="estimate", count=10, of=10, method="a sample"), "a sample"),
        (
            Evidence(exactness="value", count=10, of=10, time="2026-01-01T10:00:00Z"),
            "is of 2026-01-01, older than 3 days",
        ),
        (Evidence(exactness="value", count=10, of=10, time="2026-01-08T10:00:00Z"), ""),
    ],
)
def test_what_is_not_known_lets_nothing_through(evidence: Evidence, told: str) -> None:
    documents = {**NOW, "Policy/P": {"forbid": FORBID, "unless": {"filled_at_least": 95, "max_age_days": 3}}}
    draft = drafted(documents, WAS, applied(WAS, WAS))
    plan = complete(
        draft, [evidence for _ in draft.questions], TARGET, Context(tool="0", created="2026-01-10T10:00:00Z"),
        desired={}, blobs={}, recover={}, policies=tree(documents),
    )  # fmt: skip
    found = refusals(plan)
    assert bool(found) == bool(told)
    assert not told or told in found[0].message


@pytest.mark.parametrize(
    "policy",
    [
        {"unless": {"filled_at_least": 95}, "limit": {"at_most": 1}},
        {"unless": {"filled_at_least": 95}, "forbid": {"action": ["remove"]}},
        {"unless": {"filled_at_least": 95}, "forbid": {"kind": ["Field", "Object"]}},
    ],
)
def test_what_no_figure_can_be_had_of_is_a_fault(policy: Body) -> None:
    documents = {**NOW, "Policy/P": policy}
    draft = drafted(documents, WAS, applied(WAS, WAS))
    assert draft.inquiries == []
    answers = [Evidence(exactness="value", count=10, of=10) for _ in draft.questions]
    plan = complete(
        draft, answers, TARGET, Context(tool="0", created="2026-01-10T10:00:00Z"), desired={}, blobs={}, recover={},
        policies=tree(documents),
    )  # fmt: skip
    assert "POLICY107" in [one.code for one in refusals(plan)]
