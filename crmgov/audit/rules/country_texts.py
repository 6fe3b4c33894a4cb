"""Countries typed by hand, in several spellings each (governance rules 1 and 38)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.population import blanks_of
from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import exact
from crmgov.audit.quality.countries import country
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made, passes_on
from crmgov.check.governance.scene import spoken
from crmgov.check.governance.words import bare, words
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure

COVERS = {"FORMAT005": (1, 38)}
_MOST = 2_000
"""Spellings looked at; the standard knows 249 countries."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The spellings."""
    return ((made[1], _figure(scene, made)) for made in _typed(scene))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each field in which a country is spelt more than one way."""
    for made in _typed(scene):
        figure = _figure(scene, made)
        there, counts = exact(scene, made[1], figure), scene.answer(made[1], figure).counts
        if there is None or there < scene.settings.minimum_records:
            continue
        spelt: dict[str, Counter[str]] = defaultdict(Counter)
        for value, count in counts:
            spelt[country(value)][value] += count
        unknown = sum(spelt.pop("", Counter()).values())
        several = [values for values in spelt.values() if len(values) > 1]
        if several:
            other = sum(sum(values.values()) - max(values.values()) for values in several)
            least = "at least " if len(counts) == figure.most else ""
            message = f"{spoken(made[0])}: {least}{len(several)} of {len(spelt)} countries stand in several spellings"
            message += f"; {other:,} of {there:,} records do not have the most frequent one"
            evidence = [f"{sum(len(values) for values in several)} spellings of {len(several)} countries"]
            evidence += [f"{unknown:,} records name no country that the standard knows"] if unknown else []
            yield scene.config.finding("FORMAT005", message, made[0], evidence=tuple(evidence))


def _typed(scene: AuditScene) -> Iterator[Made]:
    for made in scene.fields:
        _, parent, name, body = made
        if body.get("type") == "text" and scene.holds(parent, name) and not passes_on(parent):
            said = words(bare(name))
            if said and said[-1] == "country":
                yield made


def _figure(scene: AuditScene, made: Made) -> Figure:
    return Figure(metric="values", field=made[2], blanks=blanks_of(scene, made[3]), most=_MOST)
