"""One small plan with every sort of thing a plan has to say, and one in which everything is hostile."""

from collections.abc import Iterator, Mapping
from typing import Any

from crmgov.diff.spelling import as_live
from crmgov.model.canonical import Body
from crmgov.model.evidence import Evidence, Question
from crmgov.model.plans import Context, Plan
from crmgov.plan.make import complete
from tests.plan.world import TARGET, applied, drafted, inputs_of

BIG = {"field": "Discount", "op": "greater", "value": 15}
LATE = {"field": "Stage", "op": "in", "value": ["Proposal", "Won"]}
WAS: dict[str, Body] = {
    "Object/Lead": {"label": "Lead", "label_plural": "Leads"},
    "Object/Deal": {"label": "Deal"},
    "Field/Lead.Fax": {"type": "phone", "label": "Fax number"},
    "Field/Lead.Region": {"type": "text", "label": "Region", "length": 80},
    "Field/Lead.Rival": {"type": "text", "label": "Rival"},
    "Field/Deal.Discount": {"type": "percent", "label": "Discount"},
    "Field/Deal.Stage": {"type": "picklist", "label": "Stage"},
    "StageSet/Stages": {"field": "Deal.Stage", "stages": ["New", "Proposal", "Won"]},
    "Pipeline/Deal.NewBusiness": {"stage_set": "Stages", "stages": [{"name": "New", "next": ["Proposal"]}, "Proposal", "Won"]},
    "Picklist/Source": {"label": "Source", "values": ["Web", "Fair", "Call"]},
    "Field/Lead.Source": {"type": "picklist", "label": "Source", "picklist": "Source"},
    "Validation/Deal.Approval": {"label": "Approval", "active": True, "reject_when": {"all": [BIG, LATE]}},
    "Layout/Lead.Main": {"sections": [{"name": "Person", "fields": [{"name": "Fax"}, {"name": "Region"}]}]},
    "PermissionSet/Support": {"label": "Support", "objects": {"Lead": {"read": True}}, "fields": {"Lead": {"fields": {"Region": "read"}}}},
    "Automation/Lead.Remind": {"label": "Remind", "active": True, "trigger": {"on": "scheduled", "every": "daily", "days": 21}, "description": "After 21 days without any activity the owner of the lead is reminded once."},
}  # fmt: skip
NOW: dict[str, Body] = {
    **{address: body for address, body in WAS.items() if address not in ("Field/Lead.Fax", "Field/Lead.Rival")},
    "Field/Lead.Region": {"type": "text", "label": "Region", "length": 40, "required": True},
    "Field/Lead.Competitor": {"type": "text", "label": "Competitor", "renamed_from": ["Rival"]},
    "Field/Lead.Tier": {"type": "picklist", "label": "Tier", "values": ["Tier 1", "Tier 2"], "required": True},
    "StageSet/Stages": {"field": "Deal.Stage", "stages": ["New", "Proposal", {"name": "Review", "probability": 70}, "Won"]},
    "Pipeline/Deal.NewBusiness": {"stage_set": "Stages", "stages": [{"name": "New", "next": ["Proposal"]}, {"name": "Proposal", "entry": {"required": ["Discount"]}}, "Review", "Won"]},
    "Picklist/Source": {"label": "Source", "values": ["Web", "Call"]},
    "Validation/Deal.Approval": {"label": "Approval", "active": True, "reject_when": {"all": [{**BIG, "value": 20}, {**LATE, "value": ["Proposal", "Review", "Won"]}]}},
    "Layout/Lead.Main": {"sections": [{"name": "Person", "fields": [{"name": "Region"}, {"name": "Tier", "behavior": "edit", "column": 1}]}]},
    "PermissionSet/Support": {"label": "Support", "objects": {"Lead": {"read": True, "export": True}}, "fields": {"Lead": {"fields": {"Region": "edit", "Tier": "edit"}}}, "capabilities": {"manage_users": True}},
    "Automation/Lead.Remind": {"label": "Remind", "active": False, "trigger": {"on": "scheduled", "every": "daily", "days": 14}, "description": "After 14 days without any activity the owner of the lead is reminded once."},
}  # fmt: skip
BY_HAND: dict[str, Body] = {
    "Field/Deal.Stage": {"type": "picklist", "label": "Sales stage"},
    "Validation/Lead.NoFair": {"reject_when": {"field": "Source", "op": "equals", "value": "Fair"}},
}
COUNTS = {"filled": 292, "blank": 1204, "longer_than": 3, "records": 7600, "matching": 41}


def _answer(question: Question) -> Evidence:
    if question.type == "with_values":
        return Evidence(exactness="unmeasured", reason="its files hold no records")
    return Evidence(exactness="value", count=COUNTS[question.type], of=7600, time="2026-01-01T14:01:00Z")


def plan_of(
    was: Mapping[str, Body], now: Mapping[str, Body], by_hand: Mapping[str, Body], *, whole: bool = False, **context: Any
) -> Plan:  # fmt: skip
    """The plan from one state to another, every question answered; ``whole`` with all that a saved plan holds."""
    result = drafted(now, {**was, **by_hand}, applied(was, was))
    given = {"tool": "0", "created": "2026-01-01T14:02:00Z", "commit": "7f3c9e1aa", "author": "ana"}
    recover = {"Field": "restorable with its values for 15 days"}
    answers = [_answer(question) for question in result.questions]
    found = {f"Field/Lead.{name}": (f"REACH001 nobody will see it: {label}",) for name, label in _new(was, now)}
    wanted = as_live(inputs_of(now, {**was, **by_hand})).desired.snapshot if whole else None
    desired = {} if wanted is None else {wanted.digests[address]: wanted.body(address) for address in wanted}
    return complete(
        result, answers, TARGET, Context(**{**given, **context}), desired=desired, blobs={}, recover=recover,
        findings=found,
    )  # fmt: skip


def _new(was: Mapping[str, Body], now: Mapping[str, Body]) -> Iterator[tuple[str, str]]:
    """The new fields with their labels."""
    for address, body in now.items():
        if address.startswith("Field/Lead.") and address not in was and "renamed_from" not in body:
            yield address.removeprefix("Field/Lead."), body["label"]


def small() -> Plan:
    """The small plan."""
    return plan_of(WAS, NOW, BY_HAND)


def saved() -> Plan:
    """The small plan with all that it holds when it is saved."""
    return plan_of(WAS, NOW, BY_HAND, whole=True)


HOSTILE = (
    "](javascript:alert(1))", "<script>alert(1)</script>", "![x](http://evil.example/x.png)", "@everyone", "`rm -rf`",
    "\x1b[31mred\x1b[0m", "line\nbreak\n# heading", "| a | b |", "<img src=x onerror=alert(1)>", "www.evil.example",
    "{{ 7 * 7 }}", "\u202etxt.exe", "&lt;b&gt;", "[link][1]", "<!-- comment", "a@evil.example", "~~gone~~", "#1",
)  # fmt: skip


def hostile() -> Plan:
    """A plan in which all that people write is an attempt at something."""
    was: dict[str, Body] = {"Object/Lead": {"label": "Lead", "label_plural": "<b>Leads</b>"}}
    now: dict[str, Body] = dict(was)
    for index, text in enumerate(HOSTILE):
        was[f"Field/Lead.Gone{index}"] = {"type": "text", "label": text}
        was[f"Field/Lead.Kept{index}"] = now[f"Field/Lead.Kept{index}"] = {"type": "text", "label": "x", "help": text}
        now[f"Field/Lead.Kept{index}"] = {**was[f"Field/Lead.Kept{index}"], "help": text[::-1], "label": text}
        now[f"Field/Lead.New{index}"] = {"type": "text", "label": text}
        now[f"Picklist/P{index}"] = {"label": text, "values": [text]}
        now[f"Validation/Lead.V{index}"] = {"label": text, "reject_when": {"field": "Kept0", "op": "equals", "value": text}}  # fmt: skip
    was["Field/Lead.Moved"] = now["Field/Lead.Moved"] = {"type": "text", "label": "Moved"}
    by_hand = {"Field/Lead.Moved": {"type": "text", "label": " ".join(HOSTILE)}}
    return plan_of(was, now, by_hand, author=HOSTILE[1])
