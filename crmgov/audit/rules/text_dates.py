"""Dates that are kept as text (governance rules 2 and 38)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.population import blanks_of
from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import exact, filled, fitting
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made, passes_on
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure

COVERS = {"FORMAT008": (2, 38)}
_MONTH = "(Jan|Feb|Mar|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez)[A-Za-z]*"
_FORMS = {
    "as 2026-11-22": r"^\s*[12][0-9]{3}-[01]?[0-9]-[0-3]?[0-9]([T ][0-9:.Z+ -]*)?\s*$",
    "as 22.11.2026": r"^\s*[0-3]?[0-9][.][01]?[0-9][.]([12][0-9])?[0-9]{2}\s*$",
    "as 22/11/2026 or 11/22/2026": r"^\s*[0-3]?[0-9][/-][0-3]?[0-9][/-]([12][0-9])?[0-9]{2}\s*$",
    "with the month as a word": rf"^\s*([0-3]?[0-9][. -]*{_MONTH}|{_MONTH}[. -]*[0-3]?[0-9])[,. -]*[12][0-9]{{3}}\s*$",
}
_MOSTLY = 0.8
"""Share of the values that are dates from which the field is one of dates."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The first and the last value; where one of them is a date, how many are, by form."""
    for made in _texts(scene):
        least, most = _ends(scene, made)
        yield made[1], least
        yield made[1], most
        if _looks(scene, made):
            yield made[1], filled(scene, made)
            yield from ((made[1], fitting(scene, made, pattern)) for pattern in _FORMS.values())


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each text field of dates."""
    for made in _texts(scene):
        there = exact(scene, made[1], filled(scene, made)) if _looks(scene, made) else None
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
    for made in scene.fields:
        if made[3].get("type") == "text" and scene.holds(made[1], made[2]) and not passes_on(made[1]):
            yield made


def _ends(scene: AuditScene, made: Made) -> tuple[Figure, Figure]:
    blanks = blanks_of(scene, made[3])
    return Figure(metric="least", field=made[2], blanks=blanks), Figure(metric="most", field=made[2], blanks=blanks)


def _looks(scene: AuditScene, made: Made) -> bool:
    """Whether the first or the last value in order is a date."""
    ends = [scene.answer(made[1], figure).text for figure in _ends(scene, made)]
    return any(re.match(pattern, text) for text in ends if text for pattern in _FORMS.values())
