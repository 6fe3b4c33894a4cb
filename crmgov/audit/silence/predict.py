"""Predictions: what each automation would do with the records there are, in figures asked and figures answered."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from crmgov.audit.population import recent
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.check.governance.automation.steps import leaves
from crmgov.check.governance.silence.rewrite import FALSE, TRUE, either, joined, present
from crmgov.check.governance.silence.shares import Kind, Share, Split, split
from crmgov.check.governance.silence.subjects import fields_of, subjects
from crmgov.model.canonical import Body
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer, Figure, scope

AMISS: tuple[Kind, ...] = ("skipped", "false", "catch_all", "nobody", "empty_team", "no_person")
"""Shares that something is amiss with."""


class Base(NamedTuple):
    """The records a prediction looks at, in words and as criteria (None: all)."""

    words: str
    criteria: Body | None


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """One share with its count; ``causes`` in words, the most frequent first."""

    kind: Kind
    what: str
    evidence: Evidence
    causes: tuple[tuple[str, int], ...] = ()
    team: str = ""


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """One automation. ``scope`` and ``fires`` are unmeasured, with the reason, where its condition cannot be counted;
    ``ever`` counts all records that meet its condition, whenever they were made.
    """

    address: str
    name: str
    object: str
    base: str
    scope: Evidence
    fires: Evidence
    ever: Evidence
    astray: Evidence
    """Records that something is amiss with, each counted once."""
    kinds: Mapping[Kind, Evidence] = {}
    """The same by what is amiss. A record that several actions have nobody for is one of them."""
    shares: tuple[Counted, ...] = ()
    passing: bool = False
    """Whether its condition is of what records pass through: a stage, or a field whose change starts it."""
    supposed: bool = False
    left: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def splits(scene: AuditScene) -> list[Split]:
    """Every automation on an object whose records are at hand; worked out once for a scene, which does not change."""
    return [split(scene.config, one) for one in subjects(scene.config) if one.object in scene.holdings]


def asks(scene: AuditScene, found: list[Split]) -> Iterator[Ask]:
    """The figures, once it is known how many records there are to look at."""
    for one in found:
        parent = one.subject.object
        yield parent, RECORDS
        since = recent(scene, parent)
        if since is not None:
            yield parent, Figure(metric="records", where=since)
        if scene.answer(parent, RECORDS).known:
            yield from ((parent, figure) for figure in _figures(scene, one))


def base(scene: AuditScene, one: Split) -> Base:
    """Records made recently, where the source says when and they are enough; else all. A schedule looks at all."""
    parent, days = one.subject.object, scene.settings.recent_days
    since = recent(scene, parent)
    if since is None or one.subject.on == "scheduled":
        return Base("all records", None)
    figure = Figure(metric="records", where=since)
    if (scene.count(parent, figure) or 0) < scene.settings.minimum_records:
        return Base("all records", None)
    return Base(f"made in the last {days} days", figure.criteria)


def _figure(scene: AuditScene, one: Split, of: Base, *criteria: Body) -> Figure:
    held = joined(*(() if of.criteria is None else (of.criteria,)), *criteria)
    if held == TRUE:
        return RECORDS
    return Figure(metric="records", where=scope(held), via=_via(scene, one.subject.object, held))


def _via(scene: AuditScene, parent: str, criteria: Body) -> tuple[tuple[str, str], ...]:
    """The lookups that a condition's paths go over, where each points at one object."""
    fields = (str(leaf.value.get(key) or "") for leaf in leaves(criteria, ()) for key in ("field", "other_field"))
    lookups = sorted({field.partition(".")[0] for field in fields if "." in field})
    tree = scene.config.tree
    bodies = {name: tree.body(at) for name in lookups if (at := scene.field(parent, name)) in scene.config.snapshot}
    pointed: dict[str, list[str]] = {name: list(body.get("references") or ()) for name, body in bodies.items()}
    return tuple((name, objects[0]) for name, objects in pointed.items() if len(objects) == 1)


_ALL = Base("all records", None)


def _figures(scene: AuditScene, one: Split) -> Iterator[Figure]:
    of = base(scene, one)
    yield from (_figure(scene, one, of, criteria) for criteria in (one.scope, one.fires, _amiss(one)))
    yield _figure(scene, one, _ALL, one.fires)
    yield from (_figure(scene, one, of, criteria) for criteria in _by_kind(one).values())
    for share in one.shares:
        yield _figure(scene, one, of, share.criteria)
        yield from (_figure(scene, one, of, share.criteria, cause) for _, cause in share.causes)


def predictions(scene: AuditScene, found: list[Split]) -> Iterator[Prediction]:
    """What came of the figures."""
    for one in found:
        subject, of = one.subject, base(scene, one)
        yield Prediction(
            address=subject.address, name=subject.name, object=subject.object, base=of.words,
            scope=_answer(scene, one, of, one.scope).evidence,
            fires=_answer(scene, one, of, one.fires).evidence,
            ever=_answer(scene, one, _ALL, one.fires).evidence,
            astray=_answer(scene, one, of, _amiss(one)).evidence,
            kinds={kind: _answer(scene, one, of, criteria).evidence for kind, criteria in _by_kind(one).items()},
            shares=tuple(_counted(scene, one, of, share) for share in one.shares),
            passing=_passes(scene, one), supposed=one.supposed, left=one.left,
        )  # fmt: skip


def _passes(scene: AuditScene, one: Split) -> bool:
    tree, parent = scene.config.tree, one.subject.object
    staged = {str(tree.body(address).get("field") or "") for address in tree.of_kind("StageSet")}
    compared = fields_of(present(one.subject.body.get("when")))
    return any(name in one.subject.events or f"{parent}.{name}" in staged for name in compared)


def scope_of(scene: AuditScene, one: Split) -> Figure:
    """The records an automation is there for, of those looked at."""
    return _figure(scene, one, base(scene, one), one.scope)


def astray_of(scene: AuditScene, one: Split) -> Figure:
    """Those of them that something is amiss with."""
    return _figure(scene, one, base(scene, one), _amiss(one))


def _amiss(one: Split) -> Body:
    found = [share.criteria for share in one.shares if share.kind in AMISS]
    return either(*found) if found else FALSE


def _by_kind(one: Split) -> dict[Kind, Body]:
    found: dict[Kind, list[Body]] = {}
    for share in one.shares:
        if share.kind in AMISS:
            found.setdefault(share.kind, []).append(share.criteria)
    return {kind: either(*criteria) for kind, criteria in found.items()}


def _answer(scene: AuditScene, one: Split, of: Base, *criteria: Body) -> Answer:
    return scene.answer(one.subject.object, _figure(scene, one, of, *criteria))


def _counted(scene: AuditScene, one: Split, of: Base, share: Share) -> Counted:
    causes = [
        (words, _answer(scene, one, of, share.criteria, cause).evidence.count or 0) for words, cause in share.causes
    ]
    return Counted(
        kind=share.kind, what=share.what, team=share.team,
        evidence=_answer(scene, one, of, share.criteria).evidence,
        causes=tuple(sorted((one for one in causes if one[1]), key=lambda one: -one[1])),
    )  # fmt: skip
