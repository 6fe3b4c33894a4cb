"""Rule: each value that records are shared out by goes to one case, and to the one team that is there for it."""

from collections.abc import Iterator

from crmgov.check.governance.automation.catch_all import known_values, listed
from crmgov.check.governance.automation.steps import Running, actions, only_field, running
from crmgov.check.governance.automation.truth import holds, test_of
from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Related, Route

Shares = dict[tuple[str, str], dict[str, object]]
"""By object and field: the teams that are there for values of this field alone, with the criterion."""


def shared_values(scene: Scene) -> Iterator[Diagnostic]:
    """Cases that claim one value, teams given what is not theirs, values without a team or with two."""
    shares = _shares(scene)
    routed: set[tuple[str, str]] = set()
    for one in running(scene):
        for route, action in actions(one.body):
            if action.get("type") == "route":
                yield from _claimed_twice(scene, one, route, action)
                routed |= {(one.does.object, field) for field in _fields(action)}
                yield from _not_theirs(scene, shares, one, route, action)
    for (parent, field), teams in shares.items():
        values = known_values(scene, parent, field)
        if values is not None and len(teams) > 1:
            yield from _shared_out(scene, parent, field, values, teams, routed=(parent, field) in routed)


def _shares(scene: Scene) -> Shares:
    found: Shares = {}
    for address in scene.own("Team"):
        if b'"covers"' in scene.snapshot.bodies[address]:
            for parent, criterion in mapping(scene.tree.body(address).get("covers")).items():
                field = only_field(criterion)
                if field and "." not in field:
                    found.setdefault((parent, field), {})[parts(address)[2]] = criterion
    return found


def _fields(action: Body) -> set[str]:
    return {field for case in rows(action.get("cases")) if (field := only_field(case.get("when")))}


def _claimed_twice(scene: Scene, one: Running, route: Route, action: Body) -> Iterator[Diagnostic]:
    """Values that an earlier case has taken already. Only cases that look at one field alone can be compared."""
    taken: dict[tuple[str, object], str] = {}
    for case in rows(action.get("cases")):
        name, when = str(case.get("name")), case.get("when")
        field = only_field(when) if not case.get("formula") else ""
        true_of = test_of(when, field)
        values = [value for value in _named(when) if true_of(value)] if field else []
        again: dict[str, list[str]] = {}
        for value in values:
            first = taken.setdefault((field, value), name)
            if first != name:
                again.setdefault(first, []).append(str(value))
        at = (*route, "cases", name)
        dead = sum(map(len, again.values())) == len(values)
        for first, twice in again.items():
            related = scene.tree.where(one.address, (*route, "cases", first))
            yield scene.finding(
                "ROUTING003",
                f'{field} {listed(twice)} is taken by case "{first}" before case "{name}"',
                one.address,
                at,
                related=(Related("Taken by", related),) if related is not None else (),
                fix=_without(scene, one, at, [] if dead else twice) if _texts(values) else None,
            )


def _texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _without(scene: Scene, one: Running, case: Route, twice: list[str]) -> Fix | None:
    """The fix that takes values out of a case that never gets them; without values, the case that never gets any."""
    routes = [(*case, "when", "value", value) for value in twice] or [case]
    places = [scene.tree.where(one.address, route) for route in routes]
    edits = tuple(Edit(place, "delete") for place in places if place is not None)
    title = f"leave out {listed(twice)}" if twice else "remove the case"
    return Fix(title, edits, safe=bool(twice)) if len(edits) == len(routes) else None


def _named(when: object) -> list[object]:
    """The values a plain comparison asks for: one ``equals`` or ``in``, nothing else."""
    held = mapping(when)
    value = held.get("value")
    if held.get("op") == "equals" and isinstance(value, (str, bool)):
        return [value]
    return list(value) if held.get("op") == "in" and isinstance(value, list) else []


def _not_theirs(scene: Scene, shares: Shares, one: Running, route: Route, action: Body) -> Iterator[Diagnostic]:
    """Values sent to a team whose own covers leave them out."""
    cases = rows(action.get("cases"))
    rest = action.get("otherwise")
    for (parent, field), teams in shares.items():
        if parent != one.does.object:
            continue
        wrong: dict[tuple[Route, str], list[str]] = {}
        starts = test_of(one.body.get("when"), field)
        for value in known_values(scene, parent, field) or ():
            if starts(value) is False:
                continue
            taken = _taken(cases, rest, field, value)
            if taken is not None and taken[1] in teams and holds(teams[taken[1]], field, value) is False:
                wrong.setdefault((taken[0], taken[1]), []).append(str(value))
        for (at, team), values in wrong.items():
            place = scene.tree.where(scene.tree.address("Team", team), ("covers", parent))
            yield scene.finding(
                "ROUTING004",
                f"{field} {listed(values)} is routed to {team}, which does not cover it",
                one.address,
                (*route, *at),
                related=(Related("Covered there", place),) if place is not None else (),
            )


def _taken(cases: list[Body], rest: object, field: str, value: object) -> tuple[Route, str] | None:
    """Where a route sends a value, and to which team; None where that depends on more than this field."""
    for case in cases:
        held = None if case.get("formula") else holds(case.get("when"), field, value)
        if held is None:
            return None
        if held:
            team = mapping(case.get("to")).get("team")
            return (("cases", str(case.get("name")), "to"), team) if isinstance(team, str) else None
    team = mapping(rest).get("team")
    return (("otherwise",), team) if isinstance(team, str) and cases else None


def _shared_out(
    scene: Scene, parent: str, field: str, values: list[object], teams: dict[str, object], *, routed: bool
) -> Iterator[Diagnostic]:
    owner = scene.tree.address("Field", field, parent)
    several: dict[tuple[str, ...], list[str]] = {}
    none: list[str] = []
    tests = {team: test_of(criterion, field) for team, criterion in teams.items()}
    for value in values:
        answers = {team: takes(value) for team, takes in tests.items()}
        takers = tuple(sorted(team for team, answer in answers.items() if answer))
        if len(takers) > 1:
            several.setdefault(takers, []).append(str(value))
        elif not takers and None not in answers.values():
            none.append(str(value))
    for takers, shared in several.items():
        first = scene.tree.address("Team", takers[0])
        message = f"{parent}.{field} {listed(shared)} is covered by {' and by '.join(takers)}"
        yield scene.finding("ROUTING006", message, first, ("covers", parent))
    if none and not routed:
        message = f"{parent}.{field} {listed(none)} is covered by none of the {len(teams)} teams that share it"
        at = owner if owner in scene.snapshot else scene.tree.address("Team", min(teams))
        yield scene.finding("ROUTING005", message, at, evidence=tuple(sorted(teams)))
