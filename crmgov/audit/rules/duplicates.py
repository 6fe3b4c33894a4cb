"""Records made twice, by the matching rules of their object (governance rules 38 and 39)."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.contact import exact
from crmgov.audit.quality.matching import MOST, Match, matches, near
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic

COVERS = {"DUPES001": (39,), "DUPES002": (38, 39)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """For each rule the records that are the same by it; and where likeness counts, the values to compare."""
    for match in matches(scene):
        yield match.parent, match.repeated
        if match.loose:
            yield match.parent, match.values


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - records decide
    """For each rule the records it finds twice, and the pairs that are nearly the same."""
    for match in matches(scene):
        count, records = exact(scene, match.parent, match.repeated), scene.records(match.parent)
        if count and records:
            yield _twice(scene, match, count, records)
        if match.loose:
            yield from _nearly(scene, match)


def _twice(scene: AuditScene, match: Match, count: int, records: int) -> Diagnostic:
    groups = int(scene.answer(match.parent, match.repeated).text or 0)
    message = f"{match.parent}: {count:,} of {records:,} records are the same as another by the rule {match.name}"
    evidence = (f"{groups:,} would be enough", f"compared: {_compared(match)}")
    return _finding(scene, "DUPES001", match, message, evidence)


def _nearly(scene: AuditScene, match: Match) -> Iterator[Diagnostic]:
    answer = scene.answer(match.parent, match.values)
    if answer.evidence.exactness != "value":
        return
    if len(answer.counts) > MOST:
        message = f"{match.parent}: records nearly the same by the rule {match.name} were not looked for"
        yield _finding(scene, "DUPES002", match, message, (f"more than {MOST:,} different values to compare",))
        return
    found = near(match, [value for value, _ in answer.counts])
    left_out = (f"{found.left_out:,} values that begin alike were not compared",) if found.left_out else ()
    if found.pairs:
        pairs = "1 pair of values is" if found.pairs == 1 else f"{found.pairs:,} pairs of values are"
        message = f"{match.parent}: {pairs} nearly the same by the rule {match.name}"
        yield _finding(scene, "DUPES002", match, message, (f"compared: {_compared(match)}", *left_out))
    elif left_out:
        message = f"{match.parent}: not all records nearly the same by the rule {match.name} were looked for"
        yield _finding(scene, "DUPES002", match, message, left_out)


def _compared(match: Match) -> str:
    loose = [field for place, (field, _) in enumerate(match.alike) if place in match.loose]
    return " and ".join(f"{field}{' (likeness)' if field in loose else ''}" for field, _ in match.alike)


def _finding(scene: AuditScene, code: str, match: Match, message: str, evidence: tuple[str, ...]) -> Diagnostic:
    address = scene.config.tree.address("Object", match.parent)
    return scene.config.finding(code, message, address, ("matching", match.name), on_key=True, evidence=evidence)
