"""When automations start, what they write, and whether two of them can meet on one record."""

from itertools import pairwise
from typing import Any, NamedTuple

from crmgov.check.governance.automation.catch_all import known_values
from crmgov.check.governance.automation.steps import Running, actions, leaves
from crmgov.check.governance.automation.truth import Test, test_of
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.paths import follow
from crmgov.model.diagnostics import Route


class NotFixed:
    """Stands for a value that is worked out when the automation runs."""


NOT_FIXED = NotFixed()
_SAVES = {"created": {"created"}, "updated": {"updated"}, "saved": {"created", "updated"}, "field_changed": {"updated"}}
_OTHER = "\0another value"
"""A value that no condition names."""


class Write(NamedTuple):
    """A field that an automation writes, of its own record, a related one, or (``new``) one that it makes."""

    field: tuple[str, str]
    route: Route
    value: Any
    new: bool


def writes(scene: Scene, one: Running) -> list[Write]:
    """Everything an automation writes, paths followed to the field they reach."""
    found: list[Write] = []
    for route, action in actions(one.body):
        path, made = action.get("field"), action.get("object")
        if action.get("type") == "set_field" and isinstance(path, str):
            end = follow(scene.session.finder, one.does.object, path)
            if end.reached:
                value = action.get("value", NOT_FIXED)
                found.append(Write((end.object, end.name), (*route, "field"), _fixed(value), False))
        if action.get("type") == "create_record" and isinstance(made, str):
            for name, value in mapping(action.get("fields")).items():
                found.append(Write((made, name), (*route, "fields", name), _fixed(value), True))
    return found


def _fixed(value: object) -> object:
    return NOT_FIXED if isinstance(value, str) and value.startswith("$") else value


class Meetings:
    """Which automations start together; each pair is looked at once, however many fields both write."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._tests: dict[tuple[str, str], Test] = {}
        self._told: dict[tuple[str, str], str] = {}

    def together(self, one: Running, other: Running) -> str:
        """In words, the moment at which both start for one record; empty where there is none for certain."""
        pair = (one.address, other.address)
        if pair not in self._told:
            alike = bool(one.does.object) and one.does.object == other.does.object
            moment = _moment(one, other) if alike else ""
            self._told[pair] = moment if moment and not self.exclusive(one, other) else ""
        return self._told[pair]

    def exclusive(self, one: Running, other: Running) -> bool:
        """Whether the conditions of two automations are never true of one record."""
        by_field: dict[str, list[Any]] = {}
        for leaf in (*leaves(one.body.get("when"), ()), *leaves(other.body.get("when"), ())):
            value = leaf.value.get("value")
            by_field.setdefault(leaf.field, []).extend(value if isinstance(value, list) else [value])
        for field, named in by_field.items():
            known = known_values(self._scene, one.does.object, field) if "." not in field else None
            others: list[Any] = [*_between(named)] or [_OTHER]
            mine, theirs = self._test(one, field), self._test(other, field)
            if all(mine(v) is False or theirs(v) is False for v in [None, *named, *others, *(known or ())]):
                return True
        return False

    def _test(self, one: Running, field: str) -> Test:
        key = (one.address, field)
        if key not in self._tests:
            self._tests[key] = test_of(one.body.get("when"), field)
        return self._tests[key]


def _moment(one: Running, other: Running) -> str:
    thing = one.does.object
    if one.does.on == other.does.on == "scheduled":
        keys = ("date_field", "days", "hours", "every")
        mine, theirs = (mapping(each.body.get("trigger")) for each in (one, other))
        return "at the same time" if all(mine.get(key) == theirs.get(key) for key in keys) else ""
    if one.does.on == other.does.on == "field_changed":
        fields = sorted(name for _, name in one.does.starts_on.keys() & other.does.starts_on.keys())
        return f"when {thing}.{fields[0]} changes" if fields else ""
    shared = _SAVES.get(one.does.on, set()) & _SAVES.get(other.does.on, set())
    verb = "created" if "created" in shared else "saved"
    return f"when a record of {thing} is {verb}" if shared else ""


def _between(named: list[Any]) -> list[float]:
    """Numbers beside and between the numbers that conditions name."""
    numbers = sorted({value for value in named if isinstance(value, (int, float)) and not isinstance(value, bool)})
    if not numbers:
        return []
    middles = [(low + high) / 2 for low, high in pairwise(numbers)]
    return [numbers[0] - 1, *middles, numbers[-1] + 1]
