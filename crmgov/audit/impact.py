"""What a plan asks of records, put as figures, where the environment itself cannot be asked: files of a CRM whose
records lie in an export or a warehouse. Pure.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crmgov.model.canonical import Body
from crmgov.model.evidence import Evidence, Question
from crmgov.model.figures import Answers, Figure, Holding, both, scope

COPY = "in a copy of the records"
"""How such a figure was got. It is exact, and of the time the copy was made: no zero of it proves anything of today."""
_ALL = Figure(metric="records")
_SHAPES = {
    "integer": r"^[+-]?[0-9]+$",
    "decimal": r"^[+-]?[0-9]+([.][0-9]+)?$", "currency": r"^[+-]?[0-9]+([.][0-9]+)?$",
    "percent": r"^[+-]?[0-9]+([.][0-9]+)?$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}  # fmt: skip
"""What a text must look like to become a number or a date."""


class Wanted(NamedTuple):
    """The figures behind one question; ``reason`` says why there are none. The answer is the first count less the
    others; ``whole`` is what it is a part of.
    """

    figures: tuple[Figure, ...] = ()
    whole: Figure = _ALL
    reason: str = ""


def wanted(question: Question, held: Mapping[str, Holding], references: Mapping[str, Sequence[str]]) -> Wanted:
    """The figures that answer a question. ``references`` says what the lookups of its object point at, by field."""
    if question.object not in held:
        return Wanted(reason=f"the records hold nothing of {question.object}")
    field, among = question.field or "", question.among
    whole = _ALL if not among else Figure(metric="records", where=scope(among))
    if question.type == "records":
        return Wanted((_ALL,))
    if question.type == "matching":
        return Wanted((Figure(metric="records", where=scope(both(question.criteria, among))),), whole)
    if field not in held[question.object].kinds:
        return Wanted(reason=f"no column of {question.object} is called {field}")
    if question.type == "longer_than":
        return Wanted((Figure(metric="longer", field=field, most=question.number or 0),))
    if question.type == "duplicates":
        return Wanted((Figure(metric="repeated", field=field),))
    if question.type == "not_convertible":
        return _unfit(field, question.target or {})
    if question.type == "orphans":
        return _orphans(field, held, references.get(field, ()))
    criteria: Body = {"field": field, "op": {"filled": "present", "blank": "blank"}.get(question.type, "in")}
    if question.type == "with_values":
        criteria["value"] = _typed(question.values, held[question.object].kinds[field])
    return Wanted((Figure(metric="records", where=scope(criteria)),))


def evidence(
    question: Question, asked: Wanted, answers: Answers, *, source: str, time: str, method: str = COPY
) -> Evidence:  # fmt: skip
    """What came of a question. ``time`` is of when it is; ``method`` is empty where the CRM itself was asked."""
    if asked.reason:
        return Evidence(exactness="unmeasured", reason=asked.reason, source=source, time=time)
    found = [answers[question.object, figure].evidence for figure in (*asked.figures, asked.whole)]
    for one in found:
        if one.exactness != "value" or one.count is None:
            reason = one.reason or "there is only an estimate"
            return Evidence(exactness="unmeasured", reason=reason, source=source, time=time)
    first, *less, whole = (one.count or 0 for one in found)
    return Evidence(
        exactness="value", count=first - sum(less), of=whole, method=method, source=source, time=time,
    )  # fmt: skip


def _typed(values: Sequence[str], kind: str) -> list[object]:
    return [value == "true" for value in values] if kind == "boolean" else list(values)


def _unfit(field: str, target: Body) -> Wanted:
    """Values that do not look like the type they are to become: those that are there, less those that do."""
    shape = _SHAPES.get(str(target.get("type")))
    if shape is None:
        return Wanted(reason=f"whether texts fit {target.get('type') or 'the type'} is tried only in a database")
    there = Figure(metric="records", where=scope({"field": field, "op": "present"}))
    return Wanted((there, Figure(metric="fitting", field=field, pattern=shape)))


def _orphans(field: str, held: Mapping[str, Holding], targets: Sequence[str]) -> Wanted:
    there = held.get(targets[0]) if len(targets) == 1 else None
    if there is None or not there.key:
        return Wanted(reason=f"what {field} points at is not among the records")
    lost: Body = {"all": [{"field": field, "op": "present"}, {"field": f"{field}.{there.key}", "op": "blank"}]}
    return Wanted((Figure(metric="records", where=scope(lost), via=((field, targets[0]),)),))
