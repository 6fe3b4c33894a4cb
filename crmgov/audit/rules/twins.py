"""Fields that look alike, judged by whether their values agree (governance rule 6, lead 13)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.population import blanks_of
from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made, label_of
from crmgov.check.governance.modelling.near_duplicates import family_of, pairs, repeats_on_purpose
from crmgov.check.governance.words import bare, key, words
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Related
from crmgov.model.evidence import percent
from crmgov.model.figures import Figure, both, scope

COVERS = {"TWINS001": (6,), "TWINS002": (6,), "TWINS003": (6,)}
_SAME = 0.95
"""Share of the records that fill both from which two fields of one name hold the same."""
_SURELY = 0.99
"""The same for fields whose names are only similar."""
_LIKE = 86
"""Likeness of names, 0 to 100."""
_MOST = 40
"""Pairs of similar names looked at in one object."""
_APART = {
    "billing", "shipping", "mailing", "other", "home", "work", "business", "mobile", "private", "primary", "secondary",
    "first", "last", "second", "third", "start", "end", "begin", "from", "to", "until", "min", "max", "minimum",
    "maximum",
    "old", "new", "previous", "current", "next", "initial", "original", "final", "actual", "planned", "expected",
    "gross", "net", "total", "local", "global", "internal", "external", "parent", "child", "in", "out", "on", "off",
    "by", "at", "before", "after", "created", "modified", "updated", "closed", "opened", "sent", "received",
}  # fmt: skip
"""Words that make two names alike mean two things."""


class _Pair(NamedTuple):
    own: Made
    first: Made
    named: bool
    """Whether they have one name or label; otherwise only similar ones."""


class _Counted(NamedTuple):
    both: Figure
    agree: Figure
    own: Figure
    first: Figure


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records that fill both, and those in which both hold the same."""
    for pair in _pairs(scene):
        yield from ((pair.own[1], figure) for figure in _figures(scene, pair))


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each pair with enough records to say something."""
    for pair in _pairs(scene):
        figures = _figures(scene, pair)
        answers = [scene.answer(pair.own[1], figure) for figure in figures]
        counts = [one.evidence.count for one in answers if one.evidence.exactness == "value"]
        known = [count for count in counts if count is not None]
        if len(known) == len(figures):
            yield from _told(scene, pair, known)


def _told(scene: AuditScene, pair: _Pair, counts: list[int]) -> Iterator[Diagnostic]:
    both_, agree, own, first = counts
    (address, parent, name, _), other = pair.own, pair.first[2]
    least = scene.settings.minimum_records
    ticks = scene.holdings[parent].kinds[name] == "boolean"
    fills = f"{name} is {'ticked' if ticks else 'filled'} on {own:,} records, {other} on {first:,}"
    which = "have either ticked" if ticks else "fill both"
    if both_ >= least and agree >= (_SAME if pair.named else _SURELY) * both_:
        code, what = "TWINS001", f"hold the same value on {agree:,} of the {both_:,} records that {which}"
    elif pair.named and both_ >= least:
        code, what = "TWINS002", f"differ on {both_ - agree:,} of the {both_:,} records that {which}"
    elif pair.named and both_ == 0 and own >= least and first >= least:
        code, what = "TWINS003", f"are never filled together: {own:,} records fill one, {first:,} the other"
    else:
        return
    at = scene.config.tree.where(pair.first[0])
    related = (Related("The other field", at),) if at is not None else ()
    share = (f"{percent(agree / both_)} agree",) if both_ else ()
    message = f"{parent}.{name} and {other} {what}"
    yield scene.config.finding(code, message, address, related=related, evidence=(fills, *share))


def _pairs(scene: AuditScene) -> Iterator[_Pair]:
    """Pairs whose records are held: of one name first, then of similar names."""
    done: set[frozenset[str]] = set()
    for own, first in pairs(scene.config):
        if _countable(scene, own) and _countable(scene, first):
            done.add(frozenset((own[0], first[0])))
            yield _Pair(own, first, named=True)
    by_family: dict[tuple[str, str], list[Made]] = defaultdict(list)
    for made in scene.fields:
        family = family_of(scene.config, made)
        if family is not None and family != "boolean" and _countable(scene, made) and not repeats_on_purpose(made):
            by_family[made[1], family].append(made)
    for fields in by_family.values():
        for own, first in _similar(fields):
            if frozenset((own[0], first[0])) not in done:
                yield _Pair(own, first, named=False)


def _similar(fields: list[Made]) -> Iterator[tuple[Made, Made]]:
    """Fields of one sort with the same words in another order, or with names a few letters apart."""
    from rapidfuzz import fuzz, process

    said = [words(label_of(bare(name), body)) for _, _, name, body in fields]
    keys = [key(" ".join(sorted(one))) for one in said]
    found = 0
    for place, own in enumerate(fields):
        for _, _, step in process.extract(keys[place], keys[:place], scorer=fuzz.ratio, score_cutoff=_LIKE, limit=3):
            different = set(said[place]) ^ set(said[step])
            if different.isdisjoint(_APART) and not any(word.isdigit() for word in different) and found < _MOST:
                found += 1
                yield own, fields[step]


def _countable(scene: AuditScene, made: Made) -> bool:
    return scene.holds(made[1], made[2]) and scene.holdings[made[1]].kinds[made[2]] != "many"


def _figures(scene: AuditScene, pair: _Pair) -> _Counted:
    own, first = pair.own, pair.first
    together = both(_holds(scene, own), _holds(scene, first))
    if scene.holdings[own[1]].kinds[own[2]] == "boolean":
        together = {"any": [_holds(scene, own), _holds(scene, first)]}
    same: Body = {"field": own[2], "op": "equals", "other_field": first[2]}
    return _Counted(
        Figure(metric="records", where=scope(together)),
        Figure(metric="records", where=scope(both(together, same))),
        Figure(metric="filled", field=own[2], blanks=blanks_of(scene, own[3])),
        Figure(metric="filled", field=first[2], blanks=blanks_of(scene, first[3])),
    )


def _holds(scene: AuditScene, made: Made) -> Body:
    """A value that says something: a box that is ticked, or anything but what stands there unasked."""
    if scene.holdings[made[1]].kinds[made[2]] == "boolean":
        return {"field": made[2], "op": "equals", "value": True}
    default = made[3].get("default")
    if default is None or (isinstance(default, str) and default.startswith("$")):
        return {"field": made[2], "op": "present"}
    return {"field": made[2], "op": "not_equals", "value": default}
