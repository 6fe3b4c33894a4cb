"""Whether a field earns its place: keep, hide, deprecate, remove, or unknown. Pure.

A share of filled records alone misleads: a field may be empty and yet wired, or filled once and dead since. So the
verdict joins population, recency, who writes it and what depends on it, and says what was not looked at.
"""

import msgspec

from crmgov.audit.facts import FieldFacts
from crmgov.audit.population import Part, is_parted
from crmgov.audit.scene import AuditScene
from crmgov.audit.settings import Settings
from crmgov.check.words import thing
from crmgov.model.audits import OFFERING, Verdict
from crmgov.model.evidence import percent

_WORDS = {
    "Automation": "automations", "Validation": "validations", "Field": "formulas", "Integration": "integrations",
    "Pipeline": "stages", "Lifecycle": "handoffs", "RecordType": "record types", "Team": "teams",
    "External": "reports and templates", "Object": "rules of the object", "Policy": "policies",
    "StageSet": "stage sets",
}  # fmt: skip
EXPECTED = 10
"""Recent records that should have a value, by the share of all, before it says anything that none of them has."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict with its reasons in plain words, and what capped it."""

    facts: FieldFacts
    verdict: Verdict
    reasons: tuple[str, ...]
    not_known: tuple[str, ...] = ()


def judged(scene: AuditScene, facts: FieldFacts) -> Judged:
    """The verdict over one field."""
    missing = _missing(scene, facts)
    return decide(facts, missing, scene.settings)


def decide(facts: FieldFacts, missing: tuple[str, ...], settings: Settings) -> Judged:
    """The verdict over one field by what is known of it, ``missing`` what is not, and the thresholds alone."""
    if facts.computed:
        return _computed(facts, missing)
    unknown = _unknown(facts, settings)
    if unknown:
        return Judged(facts=facts, verdict="unknown", reasons=(unknown,))
    verdict, reasons = _by_population(facts, settings)
    reasons = [_population(facts, settings.recent_days), *_trend(facts), *reasons]
    if verdict in ("hide", "remove") and facts.required:
        verdict = "keep" if verdict == "hide" else "deprecate"
        reasons.append("it is required, so it cannot simply go" if verdict == "deprecate" else _REQUIRED)
    if verdict == "remove" and missing:
        verdict = "deprecate"
        reasons.append("what was not looked at may still need it")
    return Judged(facts=facts, verdict=verdict, reasons=tuple(reasons), not_known=missing)


_REQUIRED = "it is required, so it cannot be hidden"


def _by_population(facts: FieldFacts, settings: Settings) -> tuple[Verdict, list[str]]:
    """The verdict before what is not known caps it, and why."""
    share, lately = (facts.share or 0.0) * 100, facts.recent_share
    if share >= settings.rare_percent:
        expected = share / 100 * (facts.recent_records.evidence.count or 0)
        return _faded(facts, settings) if lately == 0 and expected >= EXPECTED and not facts.wired else ("keep", [])
    if facts.wired:
        return "keep", [f"nearly empty, and yet {_kinds(facts)} depend on it"]
    part = _part(facts, settings)
    if part is not None:
        told = f"{percent(part.filled / part.records)} of {_type(part)} have a value"
        enough = part.records >= settings.minimum_records
        few = f"; {part.records:,} records are too few to judge by ({settings.minimum_records:,} needed)"
        return ("keep", [told]) if enough else ("unknown", [told + few])
    why = [*_said(facts), _offered(facts)]
    if share >= settings.dead_percent or (lately or 0) * 100 >= settings.dead_percent:
        return "hide", why
    return "remove", why


def _faded(facts: FieldFacts, settings: Settings) -> tuple[Verdict, list[str]]:
    """A field that records have, and new ones have no more; unless it is one that is filled later in their life."""
    why = f"no record made in the last {settings.recent_days} days has a value"
    if facts.written is False:
        return "deprecate", [why, "none with a value was written in that time"]
    if facts.written is None:
        return "unknown", [why, "nothing says when older ones were last written: they may still be given values"]
    return "unknown", [why, "older ones with a value were written in that time: they may be given it later"]


def _part(facts: FieldFacts, settings: Settings) -> Part | None:
    """The record type on which a field that looks empty is in use, of those with enough records if any."""
    used = [part for part in facts.by_type if part.filled and part.filled * 100 >= settings.rare_percent * part.records]
    least = settings.minimum_records
    return max(used, key=lambda part: (part.records >= least, part.filled / part.records), default=None)


def _type(part: Part) -> str:
    return f"record type {part.name}" if part.name else f"{part.records:,} records of another type, or of none,"


def _said(facts: FieldFacts) -> list[str]:
    """What stands in a field that looks empty: its default, or placeholders."""
    records, default = facts.records.evidence.count, facts.body.get("default")
    if not records:
        return []
    if facts.body.get("type") == "boolean" and facts.filled.evidence.count == 0:
        tick = "Yes" if default is True else "No"
        if facts.defaulted == records:
            return [f'100% only "{tick}", the default']
        return [f"no record has it {'unticked' if default is True else 'ticked'}"]
    if facts.defaulted == records and default is not None:
        return [f'100% only "{default}", the default']
    if facts.placeheld:
        hold = "record holds" if facts.placeheld == 1 else "records hold"
        return [f"{facts.placeheld:,} {hold} a placeholder{' or the default' if default is not None else ''}"]
    return []


def _computed(facts: FieldFacts, missing: tuple[str, ...]) -> Judged:
    """A field that the CRM works out is judged by what depends on it alone."""
    reason = facts.filled.evidence.reason or "the CRM works it out"
    if facts.wired:
        return Judged(facts=facts, verdict="keep", reasons=(reason, f"{_kinds(facts)} depend on it"), not_known=missing)
    told = _offered(facts)
    return Judged(facts=facts, verdict="unknown", reasons=(reason, told), not_known=missing)


def _unknown(facts: FieldFacts, settings: Settings) -> str:
    """Why nothing can be said; empty where something can."""
    records = facts.records.evidence
    if not facts.filled.known:
        return facts.filled.evidence.reason or "nothing was counted"
    if facts.filled.evidence.exactness != "value" or records.exactness != "value":
        return "the count is an estimate" if records.exactness != "unmeasured" else "nobody counted the records"
    if (records.count or 0) < settings.minimum_records:
        return f"{records.count or 0:,} records are too few to judge by ({settings.minimum_records:,} needed)"
    if facts.age is not None and facts.age.young(settings.young_days):
        return f"{facts.age.days} days old, needs {settings.young_days}"
    return ""


def _missing(scene: AuditScene, facts: FieldFacts) -> tuple[str, ...]:
    """What is not known of a field, in words."""
    found = list(scene.not_looked_at)
    if not facts.computed:
        if not facts.recent_records.known:
            found.append("when records were made")
        elif facts.recent_share is None:
            found.append(f"records of the last {scene.settings.recent_days} days (there are none)")
        if facts.age is None or not facts.age.settled(scene.settings.young_days):
            found.append("how long the field has existed")
        if not facts.by_type and is_parted(scene, facts.parent):
            found.append("record types of records")
    return tuple(found)


def _population(facts: FieldFacts, days: int) -> str:
    whole = facts.records.evidence.count or 0
    text = f"{facts.filled.evidence.count or 0:,} of {whole:,} records have a value"
    if facts.recent_share is not None:
        text += f", {percent(facts.recent_share)} of those of the last {days} days"
    return text


def _trend(facts: FieldFacts) -> list[str]:
    points = round((facts.trend or 0) * 100)
    if not points or facts.earlier is None:
        return []
    counted = "1 point" if abs(points) == 1 else f"{abs(points)} points"
    return [f"{counted} {'more' if points > 0 else 'less'} than on {facts.earlier.day}"]


def _offered(facts: FieldFacts) -> str:
    """That nothing depends on a field, and what offers it all the same."""
    if "ReportType" in facts.uses:
        return "nothing but layouts, permissions and report types names it"
    return "nothing but layouts and permissions names it" if facts.uses else "nothing names it"


def _kinds(facts: FieldFacts) -> str:
    used = [kind for kind in facts.uses if kind not in OFFERING]
    kinds = [_WORDS.get(kind) or f"{thing(kind)}s" for kind in sorted(used, key=[*_WORDS, *used].index)]
    if facts.code is not None:
        kinds.append("programs" if facts.code.files else "comments in programs")
    return " and ".join(kinds)
