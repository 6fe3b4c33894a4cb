"""Rule: what is routed to a team has members to see it."""

from collections.abc import Iterator

from crmgov.check.governance.automation.steps import actions, running, targets
from crmgov.check.governance.scene import Scene, mapping, spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related, Route

_GIVING = ("route", "escalate", "create_task", "notify")
_FILES = "Members who are single users may not stand in Salesforce files, so look at the queue in Setup."
_PLACES = 5
"""Routes shown beside a finding."""


def routes_to_empty_teams(scene: Scene) -> Iterator[Diagnostic]:
    """Teams that running automations give work to, and that have no members."""
    given: dict[str, list[tuple[str, Route]]] = {}
    for address, route, team in _given(scene):
        found = scene.session.finder.find("Team", team).address
        if found:
            given.setdefault(found, []).append((address, route))
    for team, places in given.items():
        if scene.snapshot.origin(team) == "custom" and not scene.snapshot.coverage.gap("Team"):
            yield from _empty(scene, team, places)


def _given(scene: Scene) -> Iterator[tuple[str, Route, str]]:
    for one in running(scene):
        for route, action in actions(one.body):
            if action.get("type") in _GIVING:
                for at, target in targets(route, action):
                    if isinstance(target.get("team"), str):
                        yield one.address, (*at, "team"), target["team"]
        derived = scene.snapshot.derived.get(one.address) if one.does.opaque else None
        for kind, name in derived.names if derived is not None else ():
            if kind == "Team":
                yield one.address, (), name


def _empty(scene: Scene, team: str, places: list[tuple[str, Route]]) -> Iterator[Diagnostic]:
    body = scene.tree.body(team)
    stated = "members" in body
    if scene.files:
        if stated or body.get("type") != "queue":
            return
    elif not stated or anybody(scene, team):
        return
    users = sorted({spoken(address) for address, _ in places})
    count = "an automation gives" if len(users) == 1 else f"{len(users)} automations give"
    what = "lists no members in its file" if scene.files else "has no members"
    related = [Related("Given work at", at) for at in (scene.tree.where(*place) for place in places[:_PLACES]) if at]
    yield scene.finding(
        "ROUTING002",
        f"{parts(team)[2]}, which {count} work to, {what}",
        team,
        ("members",),
        detail=_FILES if scene.files else "",
        severity=None if scene.files else "error",
        evidence=tuple(users),
        related=tuple(related),
    )


def anybody(scene: Scene, team: str) -> bool:
    """Whether a team, or one it holds, has anybody in it, or does not say."""
    seen: set[str] = set()
    waiting = [team]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        body = scene.tree.body(one)
        members = body.get("members")
        if "members" not in body or any(mapping(members).get(key) for key in ("roles", "roles_and_below", "users")):
            return True
        for name in mapping(members).get("teams") or ():
            found = scene.session.finder.find("Team", name)
            if not found.address:
                return True
            waiting.append(found.address)
    return False
