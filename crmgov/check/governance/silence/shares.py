"""Into which shares an automation parts the records it is there for: those it serves, and those it does not."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from crmgov.check.governance.automation.staffed import anybody
from crmgov.check.governance.automation.steps import leaves, targets
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.governance.silence.rewrite import (
    TRUE,
    Gaps,
    by_value,
    either,
    hopeful,
    joined,
    present,
    strict,
    unasked,
    without,
)  # fmt: skip
from crmgov.check.governance.silence.subjects import Subject, fields_of, gaps, routes
from crmgov.model.canonical import Body

Kind = Literal["skipped", "left_out", "otherwise", "waiting", "false", "catch_all", "nobody", "empty_team", "no_person"]
"""``skipped``: silently, for want of a value. ``left_out``: it asks for a value itself. ``otherwise``: it says what
happens then. ``waiting``: a field that starts it has no value yet. ``false``: it fires because nothing is known.
``catch_all``, ``nobody``, ``empty_team``: where a route takes them. ``no_person``: an action with nobody for it."""


class Share(NamedTuple):
    """Some of the records: why they are apart, in words, and the condition that counts them."""

    kind: Kind
    what: str
    criteria: Body
    causes: tuple[tuple[str, Body], ...] = ()
    """What they have in common, in words: a blank field, a value that is not listed. One record may have several."""
    team: str = ""


class Split(NamedTuple):
    """One automation: the records in its scope, those it fires for, and the shares that something is amiss with."""

    subject: Subject
    scope: Body
    fires: Body
    shares: tuple[Share, ...]
    supposed: bool
    """Whether part of its condition depends on what a record was before, which is taken to be met."""
    left: tuple[str, ...] = ()
    """What of it is not counted, with the reason."""


def split(config: Scene, one: Subject) -> Split:
    """How an automation parts the records."""
    when = present(one.body.get("when"))
    wanted = gaps(config, one.object, (fields_of(when) | set(one.dates)) - one.told)
    needed = {name: gap for name, gap in wanted.items() if name not in one.events}
    dated: list[Body] = [{"field": name, "op": "present"} for name in one.dates if one.on == "scheduled"]
    undated: list[Body] = [{"field": name, "op": "blank"} for name in one.dates if one.on == "scheduled"]
    hoped, fires = hopeful(when, needed), joined(when, *dated)
    scope = unasked(hoped)
    shares: list[Share] = []
    asked = {leaf.field for leaf in leaves(when, ()) if leaf.op == "present" and not leaf.negated}
    causes = _causes(needed | gaps(config, one.object, asked))
    missed, silent = without(scope, fires), without(hoped, fires)
    handled = bool(one.body.get("otherwise"))
    if (needed or undated or asked) and handled:
        shares.append(Share("otherwise", "take its otherwise", missed, causes))
    elif needed:
        shares.append(Share("skipped", "skipped", silent, _causes(needed)))
    if asked and not handled:
        kind: Kind = "nobody" if _alone(config, one) else "left_out"
        reasons = _causes(gaps(config, one.object, asked), blanks_only=True)
        shares.append(Share(kind, "left out by its own condition", without(scope, hoped), reasons))
    shares += _waiting(config, one, when)
    if strict(when, needed) != when:
        shares.append(Share("false", "nothing is known", without(when, strict(when, needed)), _causes(needed)))
    shares += [*_stops(config, one, fires), *_routed(config, one, fires), *_otherwise(config, one, missed, causes)]
    people, left = _people(one, fires)
    return Split(one, scope, fires, (*shares, *people), _supposes(one), left)


def _causes(found: Gaps, *, blanks_only: bool = False) -> tuple[tuple[str, Body], ...]:
    words = {"blank": "blank", "not_in": "not a listed value"}
    return tuple(
        (f"{name} {words[str(gap['op'])]}", gap)
        for name, each in found.items()
        for gap in each
        if not blanks_only or gap["op"] == "blank"
    )


def _alone(config: Scene, one: Subject) -> bool:
    """Whether it is the only automation that gives records of its object an owner."""
    others = (
        other for other in config.behaviours.values() if other.object == one.object and other.address != one.address
    )
    return any(routes(one.body, "actions")) and not any(other.active and other.routes for other in others)


def _waiting(config: Scene, one: Subject, when: Body) -> Iterator[Share]:
    """Events that have not come yet though the rest of the condition is met; told, and no fault."""
    compared = fields_of(when)
    for name, gap in gaps(config, one.object, (compared & one.events) - one.told).items():
        if len(compared) > 1:
            blank = {name: gap[:1]}
            yield Share("waiting", f"{name} has no value yet", without(hopeful(when, blank), when))


def _supposes(one: Subject) -> bool:
    criteria: list[Any] = [one.body.get("when")]
    for action in rows(one.body.get("actions")):
        criteria += [action.get("when"), *(case.get("when") for case in rows(action.get("cases")))]
    return any(leaf.op in ("changed", "was", "is_new") for held in criteria for leaf in leaves(held, ()))


def _stops(config: Scene, one: Subject, fires: Body) -> Iterator[Share]:
    """Decisions of a vendor's body that lead nowhere for want of a value, or that go wrong because of it."""
    for action in rows(one.body.get("actions")):
        cases = [present(case.get("when")) for case in rows(action.get("cases"))]
        if action.get("type") != "choice" or not cases:
            continue
        reached = joined(fires, present(action.get("when")))
        wanted = gaps(config, one.object, {name for case in cases for name in fields_of(case)} - one.told)
        if wanted and not action.get("otherwise"):
            hoped = either(*(hopeful(case, wanted) for case in cases))
            criteria = without(joined(reached, hoped), either(*cases))
            yield Share("skipped", f"stopped at {action.get('name')}", criteria, _causes(wanted))
        yield from _mistaken(reached, cases, wanted, str(action.get("name")))


def _mistaken(reached: Body, cases: list[Body], wanted: Gaps, name: str) -> Iterator[Share]:
    """Cases that records take because nothing is known of a value."""
    earlier: list[Body] = []
    for case in cases:
        meant = strict(case, wanted)
        if meant != case:
            criteria = joined(reached, *({"not": other} for other in earlier), without(case, meant))
            causes = _causes({field: wanted[field] for field in fields_of(case) if field in wanted})
            yield Share("false", f"nothing is known at {name}", criteria, causes)
        earlier.append(case)


def _routed(config: Scene, one: Subject, fires: Body) -> Iterator[Share]:
    """Where the routes take the records it fires for."""
    for action in routes(one.body, "actions"):
        left, fields = fires, set[str]()
        rest: Any = action.get("otherwise") or action.get("to")
        for case in rows(action.get("cases")):
            formula = case.get("formula")
            when = {"formula": formula} if formula else present(case.get("when"))
            if when == TRUE:
                rest = case.get("to")
                break
            fields |= fields_of(when)
            yield from _to_team(config, joined(left, when), mapping(case.get("to")).get("team"))
            left = without(left, when)
        if not rows(action.get("cases")):
            yield from _to_team(config, left, mapping(rest).get("team"))
            continue
        wanted = gaps(config, one.object, fields)
        yield from _rest(config, one, left, rest, _causes(wanted))
        cases = [present(case.get("when")) for case in rows(action.get("cases")) if not case.get("formula")]
        yield from _mistaken(fires, cases, wanted, str(action.get("name")))


def _otherwise(config: Scene, one: Subject, missed: Body, causes: tuple[tuple[str, Body], ...]) -> Iterator[Share]:
    """Where the routes of its ``otherwise`` take the rest."""
    for action in routes(one.body, "otherwise"):
        if not rows(action.get("cases")):
            yield from _rest(config, one, missed, action.get("otherwise") or action.get("to"), causes)


def _rest(
    config: Scene, one: Subject, left: Body, target: Any, causes: tuple[tuple[str, Body], ...]
) -> Iterator[Share]:
    """Records that no case takes: to whoever takes the rest, unless that is whom they are meant for."""
    team = mapping(target).get("team")
    if not target:
        yield Share("nobody", "no case takes them, and nobody takes the rest", left, causes)
        return
    covers = _covers(config, one.object, team)
    meant = left if covers is None else without(left, covers)
    yield Share("catch_all", f"to {_named(target)}", meant, causes, str(team or ""))
    yield from _to_team(config, left, team)


def _covers(config: Scene, parent: str, team: Any) -> Body | None:
    """The records a team is there for by their values; None where it does not say."""
    found = config.session.finder.find("Team", str(team)).address if team else ""
    covers = mapping(config.tree.body(found).get("covers")).get(parent) if found else None
    return None if covers is None else by_value(covers)


def _named(target: Any) -> str:
    held = mapping(target)
    return next((str(held[key]) for key in ("team", "role", "field") if held.get(key)), "one person")


def _to_team(config: Scene, criteria: Body, team: Any) -> Iterator[Share]:
    """Records given to a team that is known to have nobody in it, which vendor files do not tell."""
    found = config.session.finder.find("Team", str(team)).address if team else ""
    if found and not config.files and "members" in config.tree.body(found) and not anybody(config, found):
        yield Share("empty_team", f"to {team}, which has no members", criteria, team=str(team))


def _people(one: Subject, fires: Body) -> tuple[list[Share], tuple[str, ...]]:
    """Actions for the person in a field, where there is nobody; and those of which that cannot be counted."""
    shares: list[Share] = []
    left: list[str] = []
    given = {str(action.get("field")) for action in rows(one.body.get("actions")) if action.get("type") == "set_field"}
    routed = any(action.get("type") == "route" for action in rows(one.body.get("actions")))
    for action in rows(one.body.get("actions")):
        for _, target in targets((), action):
            path = target.get("field")
            if not isinstance(path, str) or path in given | one.told or one.body.get("otherwise"):
                continue
            if "." in path:
                left.append(f"for whom {path} is, a field of another object")
            elif not (routed and path in ("Owner", "OwnerId")):
                blank: Body = {"field": path, "op": "blank"}
                what = f'nobody for "{action.get("name")}"'
                shares.append(Share("no_person", what, joined(fires, blank), ((f"{path} blank", blank),)))
    return shares, tuple(dict.fromkeys(left))
