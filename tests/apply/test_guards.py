"""Every reason for which a plan is refused; nothing is changed then, and the lock is free."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crmgov.apply.session import Event, RunResult
from crmgov.ledger.open import open_ledger
from crmgov.ledger.protocol import Ledger
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.operations import RouteChange
from crmgov.model.plans import Plan
from crmgov.model.snapshot import Gap
from crmgov.plan.proposals import Options
from tests.apply.crm import FileCrm, problem
from tests.apply.world import FIRST, SECOND, brought, codes, plan_of, run, session_of, spec

REMOVING = {address: body for address, body in FIRST.items() if address != "Field/Lead.Source"}


def refused(result: RunResult, stage: str, *expected: str) -> list[str]:
    """The messages of a refusal with these codes."""
    assert (result.status, result.stage, codes(result)) == ("refused", stage, list(expected)), result
    assert result.outcomes == ()
    return [diagnostic.message for diagnostic in result.diagnostics]


@pytest.fixture
def first(crm: FileCrm, ledger: Ledger) -> Plan:
    """A plan for an environment that was never applied to."""
    return plan_of(crm, ledger, FIRST)


@pytest.fixture
def removing(crm: FileCrm, ledger: Ledger) -> Plan:
    """A plan that removes a field."""
    brought(crm, ledger, FIRST, commit="c1")
    plan = plan_of(crm, ledger, REMOVING, commit="c2", descends=("c1",))
    assert [step.action for step in plan.core.steps] == ["remove"]
    return plan


@pytest.fixture(autouse=True)
def nothing_moved(request: pytest.FixtureRequest, crm: FileCrm, ledger: Ledger) -> Any:
    """After a refusal the environment is as it was before, and the ledger too."""
    yield
    assert ledger.holder() is None
    assert list(ledger.verify()) == []


def changed(plan: Plan, **core: Any) -> Plan:
    """The plan edited, with digests made anew: as a careful forger would."""
    return msgspec.structs.replace(plan, core=msgspec.structs.replace(plan.core, **core)).sealed()


# file


@pytest.mark.parametrize(
    "edit",
    [
        lambda plan: msgspec.structs.replace(plan, core=msgspec.structs.replace(plan.core, steps=plan.core.steps[:1])),
        lambda plan: msgspec.structs.replace(plan, context=msgspec.structs.replace(plan.context, commit="other")),
        lambda plan: msgspec.structs.replace(plan, plan_digest="0" * 32),
        lambda plan: msgspec.structs.replace(plan, file_digest=""),
    ],
)
def test_an_edited_plan(crm: FileCrm, ledger: Ledger, first: Plan, edit: Callable[[Plan], Plan]) -> None:
    (message,) = refused(run(crm, ledger, edit(first)), "file", "APPLY001")
    assert "edited or damaged" in message
    assert crm.resources() == {}


def test_a_forged_plan_that_contradicts_itself(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    some = next(iter(first.core.desired))
    forged = changed(
        first,
        desired={**first.core.desired, some: {"label": "smuggled"}},
        blobs={"0" * 32: "bm90IGl0", "1" * 32: "not base64!"},
        steps=first.core.steps[::-1],
    )
    result = run(crm, ledger, forged)
    assert (result.status, result.stage, set(codes(result))) == ("refused", "file", {"APPLY001"})
    messages = {diagnostic.message for diagnostic in result.diagnostics}
    assert {f"The desired body {some} is another one", f"The vendor file {'0' * 32} is another one"} < messages
    assert any("is not in order" in message for message in messages)
    lacking = changed(first, desired={})
    refused(run(crm, ledger, lacking), "file", *["APPLY001"] * 4)


def test_a_forged_plan_with_nonsense_in_it(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    step = first.core.steps[0]
    for native in ("nonsense", "Bogus/Lead", "Field/Lead.", 'Field/"Lead'):
        forged = changed(first, steps=(msgspec.structs.replace(step, native=native),))
        refused(run(crm, ledger, forged), "file", "APPLY001")


@pytest.mark.parametrize(
    "route", [(), ("label", "x", "y"), ("values", "\u0000order"), ("no such thing", "a"), ("fields", "a", "b", "c")]
)
def test_a_forged_plan_with_routes_that_lead_nowhere(
    crm: FileCrm, ledger: Ledger, first: Plan, route: tuple[str, ...]
) -> None:
    odd = (RouteChange(route=("label",), after="x"), RouteChange(route=route, after=[{"name": 1}]))
    step = msgspec.structs.replace(first.core.steps[0], changes=odd)
    result = run(crm, ledger, changed(first, steps=(step,), records=()))
    assert result.status == "done" or codes(result) == ["APPLY001"], result


def test_another_environments_plan(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    (message,) = refused(run(crm, ledger, changed(first, environment="production")), "file", "APPLY002")
    assert message == "The plan is for production, and this is test"


def test_a_plan_of_another_version(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    refused(run(crm, ledger, changed(first, provider_version=99)), "file", "APPLY004")
    refused(run(crm, ledger, msgspec.structs.replace(first, format="crmgov-plan/9").sealed()), "file", "APPLY004")


def test_a_preview_and_a_plan_with_errors(crm: FileCrm, ledger: Ledger) -> None:
    preview = plan_of(crm, ledger, FIRST, preview=True, source="march.snapshot")
    (message,) = refused(run(crm, ledger, preview), "file", "APPLY003")
    assert "march.snapshot" in message
    error = Diagnostic(code="REF001", message="broken")
    refused(run(crm, ledger, plan_of(crm, ledger, FIRST, diagnostics=(error,))), "file", "APPLY018")


# identity


def test_an_environment_without_expects_is_told_the_line(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    result = run(crm, ledger, first, spec=spec(expects=None))
    refused(result, "identity", "APPLY005")
    assert result.diagnostics[0].mend.endswith("expects: {provider: file, instance: f-1, kind: sandbox}")


@pytest.mark.parametrize(
    "expects", [{"instance": "f-2"}, {"instance": "f-1", "kind": "production"}, {"instance": "f-1", "provider": "sql"}]
)
def test_another_instance_answers(crm: FileCrm, ledger: Ledger, first: Plan, expects: dict[str, str]) -> None:
    refused(run(crm, ledger, first, spec=spec(expects=expects)), "identity", "APPLY006")


def test_a_plan_for_another_instance(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    other = msgspec.structs.replace(first.core.identity, instance="f-2")
    (message,) = refused(run(crm, ledger, changed(first, identity=other)), "identity", "APPLY006")
    assert message == "The plan was made for file sandbox f-2, and file sandbox f-1 answers"


def test_a_ledger_of_another_instance(crm: FileCrm, tmp_path: Path, ledger: Ledger, first: Plan) -> None:
    brought(crm, ledger, FIRST)
    other = FileCrm(tmp_path / "other.json")
    identity = msgspec.structs.replace(crm.identity(), instance="f-2")
    other.identity = lambda: identity  # type: ignore[method-assign]
    result = run(other, ledger, changed(first, identity=identity), spec=spec(expects={"instance": "f-2"}))
    assert (result.status, codes(result)) == ("unable", ["LEDGER003"])
    assert other.resources() == {}


def test_the_outside_does_not_answer(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    for method in ("identity", "read"):
        crm.breaks = {method: [problem("no route")]}
        result = run(crm, ledger, first)
        assert (result.status, codes(result)) == ("unable", ["CRM001"])
        assert ledger.holder() is None


# lock


def test_a_held_lock(crm: FileCrm, ledger: Ledger, tmp_path: Path, first: Plan) -> None:
    other = open_ledger("sqlite:///ledger.db", "test", tmp_path)
    holder = session_of(crm, other, run="somebody").holder
    other.bind(crm.identity())
    other.lock(holder)
    result = run(crm, ledger, first)
    assert (result.status, result.stage, codes(result), result.holder) == ("locked", "lock", ["LEDGER001"], holder)
    other.release(holder)
    other.close()


# approvals


def test_a_protected_environment_refuses_every_plan(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    protected = spec(protection={"approvals": {"count": 1}})
    (message,) = refused(run(crm, ledger, first, spec=protected), "approvals", "APPLY007")
    assert message == "test is protected: its plans need approvals, and this version can check none"
    empty = plan_of(crm, ledger, {})
    refused(run(crm, ledger, empty, spec=protected), "approvals", "APPLY007")
    refused(run(crm, ledger, changed(first, protected=True)), "approvals", "APPLY007")
    assert crm.resources() == {}


# freeze


@pytest.mark.parametrize(
    ("times", "frozen"),
    [
        (("2026-03-04", "2026-03-04"), True),
        (("2026-03-01", "2026-03-03"), False),
        (("2026-03-05", "2026-03-06"), False),
        (("2026-03-04T12:00Z", "2026-03-04T12:00Z"), True),
        (("2026-03-04T12:01Z", "2026-03-05"), False),
        (("2026-03-04T13:30+02:00", "2026-03-04T14:00+02:00"), True),
        (("2026-03-04T10:00", "2026-03-04T11:59"), False),
        (("soon", "later"), True),
    ],
)
def test_freezes(crm: FileCrm, ledger: Ledger, first: Plan, times: tuple[str, str], frozen: bool) -> None:
    freezes = [{"name": "quarter end", "from": times[0], "to": times[1]}]
    result = run(crm, ledger, first, spec=spec(protection={"freezes": freezes}))
    if frozen:
        (message,) = refused(result, "freeze", "APPLY008")
        assert "quarter end" in message
    else:
        assert result.status == "done"


def test_a_freeze_ends_with_its_last_day(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    frozen = spec(protection={"freezes": [{"name": "x", "from": "2026-12-20", "to": "2026-12-31"}]})
    last = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    refused(run(crm, ledger, first, spec=frozen, now=last), "freeze", "APPLY008")
    assert run(crm, ledger, first, spec=frozen, now=datetime(2027, 1, 1, tzinfo=UTC)).status == "done"


# fingerprints


def test_the_first_plan_is_not_applied_twice(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    assert run(crm, ledger, first).status == "done"
    messages = refused(run(crm, ledger, first), "fingerprints", "APPLY010", *["APPLY009"] * 4)
    assert messages[0] == "The plan was made before anything was applied to test, and since then something was"


def test_no_later_plan_is_applied_twice(crm: FileCrm, ledger: Ledger) -> None:
    brought(crm, ledger, FIRST, commit="c1")
    plan = plan_of(crm, ledger, SECOND, commit="c2", descends=("c1",))
    assert run(crm, ledger, plan, commit="c2").status == "done"
    result = run(crm, ledger, plan, commit="c2")
    assert (result.status, result.stage) == ("refused", "fingerprints")
    assert set(codes(result)) == {"APPLY009", "APPLY010"}


def test_what_was_changed_by_hand_since(crm: FileCrm, ledger: Ledger) -> None:
    brought(crm, ledger, FIRST, commit="c1")
    plan = plan_of(crm, ledger, SECOND, commit="c2", descends=("c1",))
    crm.by_hand("Field/Lead.Region", {**FIRST["Field/Lead.Region"], "help": "not governed here, and still counts"})
    crm.by_hand("Field/lead.TIER", {"type": "text", "label": "in another case"})
    crm.by_hand("Object/Lead", None)
    messages = refused(run(crm, ledger, plan), "fingerprints", *["APPLY009"] * 3)
    assert sorted(messages) == [
        "Field/Lead.Region was changed since the plan was made",
        "Field/Lead.Tier came to be since the plan was made",
        "Object/Lead was removed since the plan was made",
    ]


def test_what_is_only_adopted_must_be_as_the_plan_saw_it(crm: FileCrm, ledger: Ledger) -> None:
    for address, body in FIRST.items():
        crm.by_hand(address, dict(body))
    plan = plan_of(crm, ledger, FIRST)
    crm.by_hand("Role/Sales", {"label": "Sellers"})
    refused(run(crm, ledger, plan), "fingerprints", "APPLY009")
    assert not ledger.baseline().exists


def test_somebody_began_to_use_what_goes(crm: FileCrm, ledger: Ledger, removing: Plan) -> None:
    crm.by_hand("Layout/Lead.Main", {"sections": [{"name": "Top", "fields": [{"name": "Source"}]}]})
    (message,) = refused(run(crm, ledger, removing), "fingerprints", "APPLY009")
    assert message.startswith("Layout/Lead.Main, which uses Field/Lead.Source,")
    assert "Field/Lead.Source" in crm.resources()


def test_somebody_began_to_use_what_is_narrowed(crm: FileCrm, ledger: Ledger) -> None:
    brought(crm, ledger, FIRST, commit="c1")
    shorter = {**FIRST, "Field/Lead.Region": {"type": "text", "label": "Region", "length": 20}}
    plan = plan_of(crm, ledger, shorter, commit="c2", descends=("c1",))
    crm.by_hand("Validation/Lead.Far", {"reject_when": {"field": "Region", "op": "blank"}})
    (message,) = refused(run(crm, ledger, plan), "fingerprints", "APPLY009")
    assert message.startswith("Validation/Lead.Far, which uses Field/Lead.Region,")


VALUES = {**FIRST, "Picklist/Fairs": {"values": ["Berlin", "Paris"]}, "Field/Lead.Fair": {"type": "picklist", "picklist": "Fairs"}}  # fmt: skip


def test_somebody_began_to_use_a_value_that_goes(crm: FileCrm, ledger: Ledger) -> None:
    brought(crm, ledger, VALUES, commit="c1")
    fewer = {**VALUES, "Picklist/Fairs": {"values": ["Berlin"]}}
    plan = plan_of(crm, ledger, fewer, commit="c2", descends=("c1",))
    named = {"reject_when": {"field": "Fair", "op": "equals", "value": "Paris"}}
    crm.by_hand("Validation/Lead.NoParis", named)
    (message,) = refused(run(crm, ledger, plan), "fingerprints", "APPLY009")
    assert message.startswith("Validation/Lead.NoParis, which uses Picklist/Fairs,")
    crm.by_hand("Validation/Lead.NoParis", {"reject_when": {**named["reject_when"], "value": "Berlin"}})
    assert run(crm, ledger, plan).status == "done"


def test_somebody_begins_to_use_a_value_that_goes_while_the_run_is_under_way(crm: FileCrm, ledger: Ledger) -> None:
    brought(crm, ledger, VALUES, commit="c1")
    more = {f"Role/R{n}": {"label": "R"} for n in range(6)}
    fewer = {**VALUES, **more, "Picklist/Fairs": {"values": ["Berlin"]}}
    plan = plan_of(crm, ledger, fewer, commit="c2", descends=("c1",))
    crm.mode = "each"

    def tell(event: Event) -> None:
        if event.what == "settled" and event.batch == 1:
            crm.by_hand("Validation/Lead.NoParis", {"reject_when": {"field": "Fair", "op": "equals", "value": "Paris"}})

    result = run(crm, ledger, plan, report=tell)
    assert result.status == "conflict"
    assert [d.message.partition(",")[0] for d in result.diagnostics] == ["Validation/Lead.NoParis"]
    assert len(crm.resources()["Picklist/Fairs"]["values"]) == 2


def test_what_was_not_read(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    crm.gaps = (Gap(status="partial", reason="roles could not be listed", kind="Role"),)
    (message,) = refused(run(crm, ledger, first), "fingerprints", "APPLY017")
    assert message == "Role/Sales rests on what was not read: roles could not be listed"


def test_a_plan_of_another_ledger(crm: FileCrm, ledger: Ledger, removing: Plan) -> None:
    (message,) = refused(run(crm, ledger, changed(removing, chain="f" * 32)), "fingerprints", "APPLY010")
    assert "is another or older one" in message


def test_an_apply_between_that_touches_nothing_of_it(crm: FileCrm, ledger: Ledger, removing: Plan) -> None:
    """Heads decide, not the mere number of applies; what the other tree did not hold keeps its commit."""
    other = plan_of(crm, ledger, {**FIRST, "Role/Other": {"label": "Other"}}, options=Options(only=("Role/Other",)))
    keeping = changed(other, absent=tuple(FIRST))
    assert run(crm, ledger, keeping, commit="b").status == "done"
    assert run(crm, ledger, removing, commit="c2").status == "done"
    commits = {native: head.commit for native, head in ledger.baseline().heads.items()}
    assert commits == {"Object/Lead": "c2", "Field/Lead.Region": "c2", "Role/Sales": "c2", "Role/Other": "b"}


def test_a_removal_is_unproven_once_another_tree_held_the_thing(crm: FileCrm, ledger: Ledger, removing: Plan) -> None:
    assert run(crm, ledger, plan_of(crm, ledger, FIRST, commit="b"), commit="b").status == "done"
    (message,) = refused(run(crm, ledger, removing), "fingerprints", "APPLY010")
    assert message == "Field/Lead.Source was in a configuration applied since the plan was made"
    assert "Field/Lead.Source" in crm.resources()


# hazards


def test_all_hazards_that_nobody_accepted_are_shown_at_once(crm: FileCrm, ledger: Ledger, removing: Plan) -> None:
    (step,) = removing.core.steps
    both = changed(removing, steps=(msgspec.structs.replace(step, hazards=("breaks-use", "data-loss")),))
    result = run(crm, ledger, both, allow=())
    messages = refused(result, "hazards", "APPLY011", "APPLY011")
    assert [message.partition(" (")[0] for message in messages] == [
        "Field/Lead.Source: breaks-use", "Field/Lead.Source: data-loss",
    ]  # fmt: skip
    assert result.diagnostics[1].mend == (
        "If it is meant: --allow data-loss, or only here: --allow data-loss:Field/Lead.Source"
    )
    somewhere_else = [("data-loss", "Field/Lead.Region"), ("breaks-use", None)]
    refused(run(crm, ledger, both, allow=somewhere_else), "hazards", "APPLY011")
    here = [("data-loss", "Field/Lead.Source"), ("breaks-use", None)]
    assert run(crm, ledger, both, allow=here).status == "done"


def test_a_hazard_unknown_here_is_refused_too(crm: FileCrm, ledger: Ledger, removing: Plan) -> None:
    (step,) = removing.core.steps
    odd = changed(removing, steps=(msgspec.structs.replace(step, hazards=("melts-down",)),))
    refused(run(crm, ledger, odd), "hazards", "APPLY011")


@pytest.mark.parametrize(
    ("limits", "refusals"),
    [
        ({"changes": 0, "removals": 0, "removal_percent": 24.9}, 3),
        ({"removal_percent": 25}, 0),
        ({"changes": 1, "removals": 1}, 0),
        ({"removals": 0}, 1),
    ],
)
def test_limits(crm: FileCrm, ledger: Ledger, removing: Plan, limits: dict[str, float], refusals: int) -> None:
    result = run(crm, ledger, removing, spec=spec(protection={"limits": limits}))
    if refusals:
        refused(result, "limits", *["APPLY012"] * refusals)
        assert "Field/Lead.Source" in crm.resources()
    else:
        assert result.status == "done"


def test_a_provider_that_loses_a_step_changes_nothing(crm: FileCrm, ledger: Ledger, first: Plan) -> None:
    grouping = crm.batches
    crm.batches = lambda run, operations: grouping(run, operations[1:])  # type: ignore[method-assign]
    result = run(crm, ledger, first)
    assert (result.status, codes(result)) == ("unable", ["APPLY022"])
    assert crm.resources() == {}
