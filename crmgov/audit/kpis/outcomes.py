"""How many records end well, and how long that takes: conversion, cycle length, time to resolve, retention. Pure.

A pipeline whose records cannot be told from those of another counts with it. Where a pipeline is for renewals, the
share of its records that were won is what others call retention.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from crmgov.audit.kpis.made import lasting, lately, shared
from crmgov.audit.process import stations as stages
from crmgov.audit.process.criteria import either, every
from crmgov.audit.process.dates import stamp
from crmgov.audit.process.stations import Station
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.words import bare, key
from crmgov.check.tree import parts
from crmgov.model.audits import Kpi
from crmgov.model.canonical import Body
from crmgov.model.figures import Figure, scope

_BEGUN = ("OpenedAt", "OpenedOn", "OpenedDate")
_ENDED = (
    "ClosedAt", "ClosedOn", "ClosedDate", "ResolvedAt", "ResolvedOn", "ResolvedDate", "ConvertedAt", "ConvertedOn",
    "ConvertedDate", "CloseDate", "ClosingDate",
)  # fmt: skip
"""What vendors and people call the day on which a record ended; of a record that is closed, the planned day is it."""
_GOOD = {"won": "won", "converted": "converted", "closed": "closed"}


class Course(NamedTuple):
    """The ends of a pipeline, or of several whose records cannot be told apart."""

    parent: str
    name: str
    """Of the pipeline, where an object has several that can be told apart."""
    word: str
    """What its good end is called."""
    good: tuple[Station, ...]
    ended: tuple[Station, ...]
    begin: str
    end: str
    """The fields that say when records began and ended well; empty where none does."""
    window: str
    """The field that says of every end when it was."""


def asks(scene: AuditScene) -> Iterator[Ask]:
    """Records that ended, that ended well, and the days these took."""
    yield from stages.asks(scene)
    for course in _courses(scene):
        yield from ((course.parent, figure) for figure in _figures(scene, course))


def kpis(scene: AuditScene, fields: Mapping[str, Sequence[Judged]]) -> Iterator[Kpi]:  # noqa: ARG001 - stages decide
    """For each course, the share that ended well and the days that took."""
    for course in _courses(scene):
        answers = [scene.answer(course.parent, figure).evidence for figure in _figures(scene, course)]
        whole, good = answers[0].count, answers[1].count
        if len(course.ended) > len(course.good):
            yield shared(
                _called(scene, course, course.word), course.parent, good, whole,
                reason="none ended" if whole == 0 else "the records were not counted",
            )  # fmt: skip
        took = answers[2] if len(answers) > 2 else None
        name = _called(scene, course, f"days until {course.word}")
        if took is None:
            which = "when it began" if course.end else "when it ended"
            yield Kpi(name=name, object=course.parent, reason=f"no field of a record says {which}")
        elif took.count is None or not took.of:
            yield Kpi(name=name, object=course.parent, reason="no record has both days")
        else:
            yield lasting(name, course.parent, took.count, took.of, inputs=took.of / (good or took.of))


def _called(scene: AuditScene, course: Course, word: str) -> str:
    lately = f", last {scene.settings.recent_days} days" if course.window else ""
    return f"{word}{f' ({course.name})' if course.name else ''}{lately}"


def _figures(scene: AuditScene, course: Course) -> list[Figure]:
    recent = lately(scene, course.window) if course.window else None
    ended, good = (
        scope(every(_within(some), recent)) for some in (course.ended, course.good)
    )  # fmt: skip
    counted = [Figure(metric="records", where=ended), Figure(metric="records", where=good)]
    if course.end and course.begin:
        counted.append(Figure(metric="days", field=course.end, since=course.begin, where=good))
    return counted


def _within(stations: Sequence[Station]) -> Body:
    return either(one.where for one in stations)


def _courses(scene: AuditScene) -> Iterator[Course]:
    for parent in stages.staged(scene):
        by_ways: dict[tuple[str, ...], list[Station]] = {}
        for one in stages.stations(scene, parent):
            by_ways.setdefault(tuple(way.address for way, _ in one.steps), []).append(one)
        apart = all(len(ways) == 1 for ways in by_ways)
        groups = by_ways if apart else {("",): [one for some in by_ways.values() for one in some]}
        for ways, found in groups.items():
            name = parts(ways[0])[2] if apart and len(groups) > 1 else ""
            yield from _course(scene, parent, name, found)


def _course(scene: AuditScene, parent: str, name: str, found: Sequence[Station]) -> Iterator[Course]:
    """One, if the outcomes of the stages say which end is the good one."""
    word = next((word for outcome, word in _GOOD.items() if any(one.outcome == outcome for one in found)), "")
    good = tuple(one for one in found if word and one.outcome == word)
    if good:
        ended = tuple(one for one in found if one.outcome not in ("", "open"))
        times = {key(bare(one)): one for one, kind in scene.holdings[parent].kinds.items() if kind == "time"}
        stamps = {stamp(scene, one) for one in good}
        stamped = stamps.pop() if len(stamps) == 1 else ""
        named = _named(times, _ENDED)
        yield Course(
            parent, name, word, good, ended,
            begin=scene.holdings[parent].created or _named(times, _BEGUN), end=stamped or named,
            window=stamped if stamped and len(ended) == len(good) else named,
        )  # fmt: skip


def _named(times: Mapping[str, str], names: Sequence[str]) -> str:
    return next((times[key(name)] for name in names if key(name) in times), "")
