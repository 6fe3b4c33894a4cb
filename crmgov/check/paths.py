"""Field paths: from an object over lookups to a field."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from crmgov.check.facts import FieldFacts
from crmgov.check.find import Finder, Found

LOOKUPS = ("lookup", "master_detail", "user")
MOST_LOOKUPS = 2

Verdict = Literal["found", "outside", "unknown", "other_case", "missing", "no_lookup", "too_long"]


class End(NamedTuple):
    """Where a path leads. ``object`` and ``name`` are those of the field reached, or of the step that fails.

    ``right`` is the right spelling of the whole path where only the case is wrong; ``address`` that of the field's
    resource; ``passed`` those of all fields on the way, it included.
    """

    verdict: Verdict
    object: str
    name: str
    right: str = ""
    address: str = ""
    passed: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether a field was found, be it in another case."""
        return self.verdict in ("found", "other_case")


def follow(finder: Finder, start: str, path: str, *, most: int = MOST_LOOKUPS) -> End:
    """Where a dotted path leads from an object."""
    steps = path.split(".")
    if len(steps) - 1 > most:
        return End("too_long", start, path)
    objects: list[str] = [start]
    spelt: list[str] = []
    passed: list[str] = []
    case = False
    for step in steps[:-1]:
        found, at, field = _hop(finder, objects, step)
        if found.status in ("outside", "unknown", "missing"):
            return End(_verdict(found), at, step, passed=tuple(passed))
        passed += [found.address] if found.address else []
        facts = finder.tree.field(at, field)
        if facts is not None and facts.type is not None and facts.type not in LOOKUPS:
            return End("no_lookup", at, step, passed=tuple(passed))
        case = case or found.status == "other_case"
        spelt.append(found.name)
        objects = _targets(facts)
        if not objects:
            return End("unknown", at, step, passed=tuple(passed))
    found, at = _last(finder, objects, steps[-1])
    passed += [found.address] if found.address else []
    if found.status == "other_case" or (case and found.status in ("resource", "shipped")):
        return End("other_case", at, found.name, ".".join([*spelt, found.name]), found.address, tuple(passed))
    return End(_verdict(found), at, found.name or steps[-1], path, found.address, tuple(passed))


def _verdict(found: Found) -> Verdict:
    if found.status in ("resource", "shipped"):
        return "found"
    return "unknown" if found.status == "unknown" else "outside" if found.status == "outside" else "missing"


def _targets(facts: FieldFacts | None) -> list[str]:
    if facts is None:
        return []
    return facts.references or (["User"] if facts.type == "user" else [])


def hops(step: str) -> Iterator[tuple[str, str, str]]:
    """The fields a step of a path may stand for: by its own name, or by the name the CRM gives the relation.

    Yields (field, suffix of the field, suffix of the step): Salesforce calls the relation of ``AccountId`` ``Account``
    and that of ``Partner__c`` ``Partner__r``.
    """
    yield step, "", ""
    yield f"{step}Id", "Id", ""
    if step[-3:].casefold() == "__r":
        yield f"{step[:-3]}__c", "__c", "__r"


def _hop(finder: Finder, objects: list[str], step: str) -> tuple[Found, str, str]:
    """What a step stands for, in which object, and by which field."""
    worst: tuple[Found, str, str] | None = None
    for one in objects:
        for field, field_end, step_end in hops(step):
            found = finder.find("Field", field, one)
            if found.status in ("resource", "shipped", "other_case"):
                right = found.name.removesuffix(field_end) + step_end if field_end else found.name
                return found._replace(name=right), one, found.name
            if worst is None or (worst[0].status == "missing" and found.status != "missing"):
                worst = (found, one, step)
    assert worst is not None
    return worst


def _last(finder: Finder, objects: list[str], name: str) -> tuple[Found, str]:
    results = [(finder.find("Field", name, one), one) for one in objects]
    for status in ("resource", "shipped", "other_case", "outside", "unknown"):
        for found, one in results:
            if found.status == status:
                return found, one
    return results[0]
