"""Whether a field earns its place: keep, hide, deprecate, remove, or unknown. Pure.

A share of filled records alone misleads: a field may be empty and yet wired, or filled once and dead since. So the
verdict joins population, recency, who writes it and what depends on it, and says what was not looked at.
"""

from typing import Literal

import msgspec

from crmgov.audit.facts import FieldFacts
from crmgov.audit.scene import AuditScene

Verdict = Literal["keep", "hide", "deprecate", "remove", "unknown"]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict with its reasons in plain words, and what capped it."""

    facts: FieldFacts
    verdict: Verdict
    reasons: tuple[str, ...]
    not_known: tuple[str, ...] = ()


def judged(scene: AuditScene, facts: FieldFacts) -> Judged:
    """The verdict over one field."""
    unknown = _unknown(scene, facts)
    if unknown:
        return Judged(facts=facts, verdict="unknown", reasons=unknown)
    share, lately = facts.share or 0.0, facts.recent_share
    settings = scene.settings
    reasons = [_population(facts, settings.recent_days)]
    missing = list(scene.not_looked_at)
    if lately is None:
        missing.append("when records were made")
    if share * 100 >= settings.rare_percent:
        if lately == 0 and facts.recent_records.evidence.count and not facts.wired:
            reasons.append(f"no record of the last {settings.recent_days} days has a value")
            return _verdict(facts, "deprecate", reasons, missing)
        return _verdict(facts, "keep", reasons, missing)
    if facts.wired:
        reasons.append(f"nearly empty, and yet {_kinds(facts)} depend on it")
        return _verdict(facts, "keep", reasons, missing)
    if share * 100 >= settings.dead_percent or (lately or 0) * 100 >= settings.dead_percent:
        return _verdict(facts, "hide", reasons, missing)
    reasons.append("nothing but layouts and permissions names it" if facts.uses else "nothing names it")
    if missing:
        reasons.append("what was not looked at may still need it")
        return _verdict(facts, "deprecate", reasons, missing)
    return _verdict(facts, "remove", reasons, missing)


def _verdict(facts: FieldFacts, verdict: Verdict, reasons: list[str], missing: list[str]) -> Judged:
    return Judged(facts=facts, verdict=verdict, reasons=tuple(reasons), not_known=tuple(missing))


def _unknown(scene: AuditScene, facts: FieldFacts) -> tuple[str, ...]:
    """Why nothing can be said; empty where something can."""
    settings, records = scene.settings, facts.records.evidence
    if not facts.filled.known:
        return (facts.filled.evidence.reason or "nothing was counted",)
    if records.count is not None and records.count < settings.minimum_records:
        return (f"{records.count:,} records are too few to judge by ({settings.minimum_records} needed)",)
    age = scene.ages.get(facts.address)
    if age is not None and age < settings.young_days:
        return (f"{age} days old, needs {settings.young_days}",)
    if facts.filled.evidence.exactness != "value":
        return ("the count is an estimate",)
    return ()


def _population(facts: FieldFacts, days: int) -> str:
    whole = facts.records.evidence.count or 0
    text = f"{facts.filled.evidence.count or 0:,} of {whole:,} records have a value"
    if facts.recent_share is not None:
        text += f", {facts.recent_share:.0%} of those of the last {days} days"
    return text


def _kinds(facts: FieldFacts) -> str:
    words = {
        "Automation": "automations", "Validation": "validations", "Field": "formulas", "Integration": "integrations",
        "Pipeline": "stages", "Lifecycle": "handoffs", "RecordType": "record types", "Team": "teams",
        "External": "reports and templates",
    }  # fmt: skip
    return " and ".join(word for kind, word in words.items() if kind in facts.uses)
