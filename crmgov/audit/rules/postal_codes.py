"""Postal codes that the country of their record does not have (governance rules 37 and 38)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import exact, filled, fitting
from crmgov.audit.quality.countries import country, name_of
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made, passes_on
from crmgov.check.governance.scene import spoken
from crmgov.check.governance.words import bare, words
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"FORMAT006": (37, 38)}
_DIGITS = {
    4: ("AT", "AU", "BE", "BG", "CH", "CY", "DK", "HU", "LU", "NO", "NZ", "SI", "ZA"),
    5: ("DE", "EE", "ES", "FI", "FR", "HR", "IT", "LT", "MX", "MY", "TH", "TR", "UA"),
    6: ("CN", "RO", "SG"),
}
_SHAPES = {
    "US": "[0-9]{5}(-?[0-9]{4})?", "CA": "[A-Za-z][0-9][A-Za-z][ -]?[0-9][A-Za-z][0-9]",
    "GB": "[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}", "NL": "[0-9]{4} ?[A-Za-z]{2}",
    "SE": "[0-9]{3} ?[0-9]{2}", "CZ": "[0-9]{3} ?[0-9]{2}", "SK": "[0-9]{3} ?[0-9]{2}", "GR": "[0-9]{3} ?[0-9]{2}",
    "PL": "[0-9]{2}-?[0-9]{3}", "PT": "[0-9]{4}(-?[0-9]{3})?", "BR": "[0-9]{5}-?[0-9]{3}", "JP": "[0-9]{3}-?[0-9]{4}",
    "IN": "[0-9]{3} ?[0-9]{3}", "IE": "[A-Za-z][0-9][0-9Ww] ?[0-9A-Za-z]{4}", "IS": "[0-9]{3}",
} | {code: f"[0-9]{{{count}}}" for count, codes in _DIGITS.items() for code in codes}  # fmt: skip
"""How postal codes of a country look; one before them, as in D-12345, is allowed."""
_BAD = 0.01
"""Share of codes that do not fit from which it is told."""
_MOST = 500


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The countries of the records; then, country by country, the codes and those that fit."""
    for made, place in _pairs(scene):
        yield made[1], _countries(place)
        for code, values in _spelt(scene, made, place).items():
            yield from ((made[1], figure) for figure in _figures(scene, made, place, code, values))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each field of postal codes."""
    for made, place in _pairs(scene):
        total = wrong = 0
        worst: list[tuple[int, str]] = []
        for code, values in _spelt(scene, made, place).items():
            there, fit = (exact(scene, made[1], one) for one in _figures(scene, made, place, code, values))
            if there is not None and fit is not None:
                total, wrong = total + there, wrong + there - fit
                worst.append((there - fit, f"{name_of(code)}: {there - fit:,} of {there:,} do not fit"))
        if total >= scene.settings.minimum_records and wrong >= max(2, _BAD * total):
            evidence = tuple(text for count, text in sorted(worst, reverse=True)[:5] if count)
            message = f"{spoken(made[0])}: {wrong:,} of {total:,} are no postal code of the country in {place[2]}"
            yield scene.config.finding("FORMAT006", message, made[0], evidence=evidence)


def _pairs(scene: AuditScene) -> Iterator[tuple[Made, Made]]:
    """Fields of postal codes, each with the field of its country: that of the same prefix, or the object's only one."""
    countries: dict[tuple[str, tuple[str, ...]], Made] = {}
    codes: list[tuple[tuple[str, ...], Made]] = []
    for made in scene.fields:
        _, parent, name, body = made
        said = words(bare(name))
        if not scene.holds(parent, name) or passes_on(parent) or body.get("type") not in ("text", "picklist"):
            continue
        if said and said[-1] == "country":
            countries[parent, said[:-1]] = made
        elif said[-2:] in (("postal", "code"), ("zip", "code"), ("post", "code")):
            codes.append((said[:-2], made))
        elif said and said[-1] in ("zip", "postcode", "zipcode", "postalcode"):
            codes.append((said[:-1], made))
    for prefix, made in codes:
        place = countries.get((made[1], prefix)) or countries.get((made[1], ()))
        if place is not None:
            yield made, place


def _countries(place: Made) -> Figure:
    return Figure(metric="values", field=place[2], most=_MOST)


def _spelt(scene: AuditScene, made: Made, place: Made) -> Mapping[str, list[str]]:
    """By country whose codes have a known shape, its spellings in the records."""
    found: dict[str, list[str]] = defaultdict(list)
    for value, _ in scene.answer(made[1], _countries(place)).counts:
        code = country(value)
        if code in _SHAPES:
            found[code].append(value)
    return found


def _figures(scene: AuditScene, made: Made, place: Made, code: str, values: list[str]) -> tuple[Figure, Figure]:
    where = scope({"field": place[2], "op": "in", "value": sorted(values)})
    pattern = rf"^\s*([A-Za-z]{{1,2}}-)?{_SHAPES[code]}\s*$"
    return filled(scene, made, where), fitting(scene, made, pattern, where)
