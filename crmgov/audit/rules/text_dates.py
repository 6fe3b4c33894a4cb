"""Dates that are kept as text (governance rules 2 and 38)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import exact, filled, fitting
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made, label_of, passes_on
from crmgov.check.governance.scene import spoken
from crmgov.check.governance.words import bare, words
from crmgov.model.diagnostics import Diagnostic

COVERS = {"FORMAT008": (2, 38)}
_MONTH = "(Jan|Feb|Mar|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez)[A-Za-z]*"
_FORMS = {
    "as 2026-11-22": r"^\s*[12][0-9]{3}-[01]?[0-9]-[0-3]?[0-9]([T ][0-9:.Z+ -]*)?\s*$",
    "as 22.11.2026": r"^\s*[0-3]?[0-9][.][01]?[0-9][.]([12][0-9])?[0-9]{2}\s*$",
    "as 22/11/2026 or 11/22/2026": r"^\s*[0-3]?[0-9][/-][0-3]?[0-9][/-]([12][0-9])?[0-9]{2}\s*$",
    "with the month as a word": rf"^\s*([0-3]?[0-9][. -]*{_MONTH}|{_MONTH}[. -]*[0-3]?[0-9])[,. -]*[12][0-9]{{3}}\s*$",
}
_WORDS = {
    "date", "dates", "day", "since", "until", "deadline", "expiry", "expires", "expiration", "birthday", "birthdate",
    "born", "anniversary", "start", "starts", "end", "ends", "due", "valid", "effective", "signed", "renewal",
    "renewed", "on", "at", "when", "from", "closed", "opened", "time", "datum", "founded", "joined", "last", "next",
}  # fmt: skip
"""Words that speak of a time. Looking at every text of every record would cost as much as all other figures."""
_MOSTLY = 0.8
"""Share of the values that are dates from which the field is one of dates."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """How many values there are, and how many are dates, by form."""
    for made in _texts(scene):
        yield made[1], filled(scene, made)
        yield from ((made[1], fitting(scene, made, pattern)) for pattern in _FORMS.values())


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each text field of dates."""
    for made in _texts(scene):
        there = exact(scene, made[1], filled(scene, made))
        if there is None or there < scene.settings.minimum_records:
            continue
        forms = {form: exact(scene, made[1], fitting(scene, made, pattern)) or 0 for form, pattern in _FORMS.items()}
        dates, used = sum(forms.values()), [form for form, count in forms.items() if count]
        if dates >= _MOSTLY * there:
            message = f"{spoken(made[0])} is text, and {dates:,} of {there:,} values are dates"
            message += f" in {len(used)} forms" if len(used) > 1 else ""
            evidence = tuple(f"{forms[form]:,} {form}" for form in used)
            yield scene.config.finding("FORMAT008", message, made[0], ("type",), evidence=evidence)


def _texts(scene: AuditScene) -> Iterator[Made]:
    """Text fields whose name or label speaks of a time."""
    for made in scene.fields:
        _, parent, name, body = made
        said = {*words(bare(name)), *words(label_of(name, body))}
        looked_at = body.get("type") == "text" and scene.holds(parent, name) and not passes_on(parent)
        if looked_at and not _WORDS.isdisjoint(said):
            yield made
