"""The schemas of crmgov's own files fit what is written."""

import json
from typing import Any

import msgspec
from jsonschema import Draft202012Validator

from crmgov.load.recorded import recording
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Place, Related, Where
from crmgov.model.evidence import Evidence
from crmgov.model.operations import RouteChange
from crmgov.model.plans import About, Context, Core, Deviation, Fact, Plan, Record, Step
from crmgov.model.provider import Identity
from crmgov.model.snapshot import Coverage, Elsewhere, Gap, Mention, Snapshot
from crmgov.schema.build import DIALECT
from crmgov.schema.formats import formats

IDENTITY = Identity(provider="sql", instance="i1", kind="sandbox")


def errors(name: str, data: bytes) -> list[str]:
    return [error.message for error in Draft202012Validator(formats(DIALECT)[name]).iter_errors(json.loads(data))]


def plan(**core: Any) -> Plan:
    change = RouteChange(route=("values", "New"), after={"a": [1, None]})
    where = Where("a.yaml", 0, ("label",))
    fix = Fix("rename", (Edit(where, "rename_key", "label"),), safe=True)
    told = Diagnostic(
        code="FIELD004", message="m", at=Place("a.yaml", 1, 2), related=(Related("Defined at", where),), fix=fix
    )
    step = Step(
        id=1, action="modify", address="Field/Lead.A", native="Field/Lead.A__c", changes=(change,), uses={"a": "b"}
    )
    fact = Fact(hazard="data-loss", text="3 of 9", evidence=Evidence(exactness="value", count=3, of=9))
    context = Context(
        tool="1", created="2026-01-01T00:00:00Z", about=(About(step=1, facts=(fact,)),), diagnostics=(told,),
        deviations=(Deviation(address="a", native="b", sort="changed", changes=(change,)),),
    )  # fmt: skip
    base = {"environment": "production", "identity": IDENTITY, "protected": True, "provider_version": 1, "chain": ""}
    records = (Record(native="a", address="b", action="adopt"),)
    return Plan(core=Core(**{**base, "steps": (step,), "records": records, "desired": {"d": {"x": None}}} | core), context=context).sealed()  # fmt: skip


def test_a_saved_plan_fits_its_schema() -> None:
    assert errors("plan.json", msgspec.json.encode(plan())) == []


def test_what_is_no_plan_does_not() -> None:
    saved = json.loads(msgspec.json.encode(plan()))
    for broken in ({**saved, "format": "other/1"}, {**saved, "extra": 1}, {**saved, "core": {}}):
        assert errors("plan.json", json.dumps(broken).encode())


def test_a_recorded_snapshot_fits_its_schema() -> None:
    coverage = Coverage(kinds=frozenset({"Role"}), gaps=(Gap(status="unread", reason="no right", kind="Role"),))
    mention = Mention(file="a.xml", fields=("Lead.Region__c",))
    elsewhere = Elsewhere(mentions={"ListView/Lead.All": mention}, searched={"ListView": 0})
    snapshot = Snapshot.of(
        "x", {"Role/R": {"label": "R"}}, coverage=coverage, blobs={"d": b"x"}, left={"Flow": 2}, elsewhere=elsewhere
    )
    assert errors("snapshot.json", recording("production", IDENTITY, "2026-01-01T00:00:00Z", snapshot)) == []
