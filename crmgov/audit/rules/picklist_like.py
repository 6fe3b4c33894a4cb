"""Text fields that hold a few values again and again, and the list that covers them (governance rules 2 and 3)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from crmgov.audit.population import blanks_of
from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.countries import country
from crmgov.audit.quality.spelling import Spellings, left
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.made import Made, label_of, passes_on
from crmgov.check.governance.scene import Scene, rows, spoken
from crmgov.check.governance.words import bare, words
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Severity
from crmgov.model.evidence import percent
from crmgov.model.figures import Answer, Figure

COVERS = {"VALUES007": (2, 3)}
_MOST = 30
"""Different values up to which people could choose instead of type."""
_EACH = 10
"""Records for each different value, on average, from which values come again and again."""
_COVERED = 0.9
"""Share of the records from which a list is the one that a text field should use."""
_OWN = {
    "id", "key", "code", "number", "no", "ref", "reference", "token", "hash", "url", "link", "uuid", "guid", "name",
    "note", "notes", "comment", "comments", "description", "details", "address", "street", "city", "town", "email",
    "phone", "mobile", "fax", "body", "message", "subject", "text", "json", "xml", "version", "locale", "zip", "postal",
}  # fmt: skip
"""Words in the name of a field that holds a name, a note or a key: few different values are chance there."""


class _Seen(NamedTuple):
    made: Made
    records: int
    concepts: Counter[str]
    """Records by what is left of each value without case, blanks and signs."""
    values: Counter[str]


def asks(scene: AuditScene) -> Iterable[Ask]:
    """How many values about; and, where few, which."""
    for made in _texts(scene):
        rough, exact = _figures(scene, made)
        yield made[1], rough
        about = scene.count(made[1], rough)
        if about and about <= scene.settings.few_values:
            yield made[1], exact


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each text field that behaves like a list."""
    lists = _lists(scene.config)
    for made in _texts(scene):
        rough, exact = _figures(scene, made)
        about = scene.count(made[1], rough)
        answer = scene.answer(made[1], exact)
        if not about or about > scene.settings.few_values or len(answer.counts) >= exact.most:
            continue
        seen = _seen(made, answer)
        if seen.records < scene.settings.minimum_records or len(seen.concepts) < 2:
            continue
        covering = _covering(seen, lists)
        if seen.records < _EACH * len(seen.concepts) or not (covering or len(seen.concepts) <= _MOST):
            continue
        yield _told(scene, seen, covering)


def _told(scene: AuditScene, seen: _Seen, covering: tuple[str, float] | None) -> Diagnostic:
    message = (
        f"{spoken(seen.made[0])} is free text, and {seen.records:,} records hold {len(seen.concepts)} different values"
    )
    if len(seen.values) > len(seen.concepts):
        message += f" in {len(seen.values)} spellings"
    evidence = [f"{len(seen.values)} values on {seen.records:,} records"]
    severity: Severity | None = None
    if covering is not None:
        message += f"; the picklist {parts(covering[0])[2]} covers {percent(covering[1])} of them"
        evidence.append(f"{percent(covering[1])} of the records hold a value of {covering[0]}, or a spelling of one")
    if covering is not None or len(seen.values) > len(seen.concepts):
        severity = "warning"
    related = scene.config.tree.defined(covering[0]) if covering else ()
    return scene.config.finding(
        "VALUES007", message, seen.made[0], ("type",), evidence=tuple(evidence), related=related,
        severity=severity,
    )  # fmt: skip


def _texts(scene: AuditScene) -> Iterator[Made]:
    for made in scene.fields:
        _, parent, name, body = made
        said = {*words(bare(name)), *words(label_of(name, body))}
        if body.get("type") in ("text", "textarea") and scene.holds(parent, name) and not passes_on(parent):
            if body.get("unique") or body.get("external_id") or not said.isdisjoint(_OWN):
                continue
            yield made


def _figures(scene: AuditScene, made: Made) -> tuple[Figure, Figure]:
    """About how many different values; and all of them."""
    _, _, name, body = made
    blanks = blanks_of(scene, body)
    most = scene.settings.few_values + scene.settings.few_values // 10 + 1
    return (
        Figure(metric="distinct", field=name, blanks=blanks, exact=False),
        Figure(metric="values", field=name, blanks=blanks, most=most),
    )


def _seen(made: Made, answer: Answer) -> _Seen:
    values = Counter(dict(answer.counts))
    concepts: Counter[str] = Counter()
    by_country = "country" in words(bare(made[2]))
    for value, count in values.items():
        concepts[(country(value) if by_country else "") or left(value)] += count
    return _Seen(made, sum(values.values()), concepts, values)


def _lists(config: Scene) -> Mapping[str, Mapping[str, Body]]:
    """The shared lists of values that are offered, by address."""
    found = {}
    for address in config.own("Picklist"):
        values = {str(row.get("name")): row for row in rows(config.tree.body(address).get("values"))}
        if len(values) > 1:
            found[address] = values
    return found


def _covering(seen: _Seen, lists: Mapping[str, Mapping[str, Body]]) -> tuple[str, float] | None:
    """The list that knows nearly all of the values, and the share of the records it covers."""
    best: tuple[str, float] | None = None
    for address, values in lists.items():
        spellings = Spellings(values)
        known = sum(n for value, n in seen.values.items() if value in values or spellings.means(value) is not None)
        share = known / seen.records
        if share >= _COVERED and (best is None or share > best[1]):
            best = address, share
    return best
