"""Telephone numbers: in one format, and such as can be dialled (governance rules 36, 37 and 38)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import contact_fields, exact, filled, fitting
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic, Severity
from crmgov.model.evidence import percent
from crmgov.model.figures import Figure, scope

COVERS = {"FORMAT003": (37, 38), "FORMAT004": (36, 37)}
_PLAIN = r"^\s*\+[1-9][0-9]{6,14}\s*$"
_SIGNS = "0-9 ()./\u00a0\u2010\u2011\u2012\u2013\u2014\u2212-"
"""Digits and what people put between them, dashes and blanks of every kind."""
_EXTENSION = r"([,;]?\s*([Ee][Xx][Tt]|[Ee]xtension|[xX#])[.:]?\s*[0-9]{1,6})?"
_WORLD = rf"^\s*(\+|00)[{_SIGNS}]{{6,}}{_EXTENSION}\s*$"
_HOME = rf"^\s*(0[1-9(]|[1-9(])[{_SIGNS}]{{4,}}{_EXTENSION}\s*$"
_FORMS = {"as +15551234567": _PLAIN, "international": _WORLD, "without country code": _HOME}
_ONE = 0.95
"""Share from which a field counts as being in one format."""
_MOST = 10_000
"""Numbers that are looked at one by one; of more, those that end alike are a sample."""
_ENDS = {0.04: "(07|26|50|83)", 0.004: "(107|426|750|983)", 0.0004: "(4107|9426|2750|6983)"}
"""Last digits of a sample, by its share of all numbers: nothing about a number depends on them."""
_BAD = 0.01
"""Share of numbers that cannot be dialled from which it is told."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Numbers by format; then the international ones themselves, or a sample of them."""
    for made in contact_fields(scene, "phone"):
        yield made[1], filled(scene, made)
        yield from ((made[1], fitting(scene, made, pattern)) for pattern in _FORMS.values())
        looked_at = _looked_at(scene, made)
        if looked_at is not None:
            yield made[1], looked_at


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """For each field whether it keeps to one format, and how many numbers cannot be dialled."""
    for made in contact_fields(scene, "phone"):
        there = exact(scene, made[1], filled(scene, made))
        counts = [exact(scene, made[1], fitting(scene, made, pattern)) for pattern in _FORMS.values()]
        known = [count for count in counts if count is not None]
        if there is not None and there >= scene.settings.minimum_records and len(known) == len(_FORMS):
            yield from _formats(scene, made, there, known)
            yield from _dialled(scene, made, there, known)


def _formats(scene: AuditScene, made: Made, there: int, counts: Sequence[int]) -> Iterator[Diagnostic]:
    plain, world, home = counts
    if plain >= _ONE * there:
        return
    parted = {"as +15551234567": plain, "international with blanks or signs": world - plain,
              "without country code": home, "otherwise": there - world - home}  # fmt: skip
    evidence = tuple(f"{count:,} {form}" for form, count in parted.items() if count)
    message = f"{spoken(made[0])}: {plain:,} of {there:,} numbers are written as +15551234567"
    message += f", the rest in {len(evidence) - bool(plain)} other forms" if len(evidence) - bool(plain) > 1 else ""
    severity: Severity | None = None if there - world >= (1 - _ONE) * there else "note"
    yield scene.config.finding("FORMAT003", message, made[0], evidence=evidence, severity=severity)


def _dialled(scene: AuditScene, made: Made, there: int, counts: Sequence[int]) -> Iterator[Diagnostic]:
    """Numbers that are none, and international ones that no numbering plan has. Without a country, none is judged."""
    _, world, home = counts
    none = there - world - home
    seen, wrong = _wrong(scene, made, _looked_at(scene, made))
    if not _whole(world):
        yield from _estimated(scene, made, (there, none, world), seen, wrong)
        return
    bad = none + wrong
    if bad >= max(2, _BAD * there):
        message = f"{spoken(made[0])}: {bad:,} of {there:,} numbers cannot be dialled"
        yield scene.config.finding("FORMAT004", message, made[0], evidence=_why(none, wrong, home))


def _estimated(
    scene: AuditScene, made: Made, counts: tuple[int, int, int], seen: int, wrong: int
) -> Iterator[Diagnostic]:
    """The same from a sample of the international numbers: said to be one, and never more than a note."""
    there, none, world = counts
    share = (none + world * wrong / max(1, seen)) / there
    if share >= _BAD:
        message = f"{spoken(made[0])}: about {percent(share)} of {there:,} numbers cannot be dialled"
        sample = f"an estimate: {wrong:,} of {seen:,} numbers that end alike have too few or too many digits"
        yield scene.config.finding("FORMAT004", message, made[0], severity="note", evidence=(sample, *_why(none, 0, 0)))


def _why(none: int, wrong: int, home: int) -> tuple[str, ...]:
    why = [f"{none:,} are no number"] if none else []
    why += [f"{wrong:,} have too few or too many digits for their country"] if wrong else []
    return (*why, f"{home:,} without country code were not judged") if home else tuple(why)


def _whole(world: int) -> bool:
    return world <= _MOST


def _looked_at(scene: AuditScene, made: Made) -> Figure | None:
    """The international numbers themselves; of too many, those with the same last digits."""
    world = exact(scene, made[1], fitting(scene, made, _WORLD))
    if not world:
        return None
    ending = next((end for share, end in _ENDS.items() if world * share <= _MOST), _ENDS[min(_ENDS)])
    pattern = _WORLD if _whole(world) else rf"^\s*(\+|00)[{_SIGNS}]*{ending}\s*$"
    where = scope({"field": made[2], "op": "matches", "value": pattern})
    return Figure(metric="values", field=made[2], where=where, most=2 * _MOST)


def _wrong(scene: AuditScene, made: Made, figure: Figure | None) -> tuple[int, int]:
    """Records whose number was looked at, and those of them whose number no numbering plan allows."""
    import phonenumbers

    seen = wrong = 0
    for text, count in scene.answer(made[1], figure).counts if figure is not None else ():
        seen += count
        digits = text.replace("(0)", "")
        digits = f"+{digits[2:]}" if digits.startswith("00") else digits
        try:
            possible = phonenumbers.is_possible_number(phonenumbers.parse(digits, None))
        except phonenumbers.NumberParseException:
            possible = False
        wrong += 0 if possible else count
    return seen, wrong
