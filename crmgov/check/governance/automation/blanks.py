"""Which fields may be blank: nothing in the configuration demands or gives them a value."""

import re
from collections.abc import Iterator

from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.paths import follow
from crmgov.check.tree import parts
from crmgov.model.canonical import Body

Field = tuple[str, str]
NEVER = ("boolean", "autonumber", "master_detail", "formula", "rollup", None)
"""Types that are never blank, or whose blanks follow from other fields."""
_ASKS_BLANK = re.compile(r"(?i)\bis\s*(?:not\s+)?(?:blank|null|empty)|\bispickval|\blen\s*\(")


class Blanks:
    """Answers whether a field may be blank; where that is not certain, it may not."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._given: dict[bool, set[Field]] = {}

    def at(self, parent: str, path: str, on: str = "") -> Field | None:
        """The field a path leads to, if it may be blank where an automation starts ``on`` this event."""
        end = follow(self._scene.session.finder, parent, path)
        if not end.reached or not end.address:
            return None
        field = (end.object, end.name)
        return field if self.may(field, on) else None

    def may(self, field: Field, on: str = "") -> bool:
        """Whether a field may be blank; of a record just created, also what is only demanded later."""
        tree = self._scene.tree
        address = tree.address("Field", field[1], field[0])
        facts = tree.own(address)
        if facts is None or facts.type in NEVER or facts.default is not None:
            return False
        if tree.body(address).get("required") is True or self._starts_with_value(*field):
            return False
        new = on == "created"
        if new not in self._given:
            self._given[new] = {*_given(self._scene), *(() if new else _given_later(self._scene))}
        return field not in self._given[new]

    def _starts_with_value(self, parent: str, name: str) -> bool:
        """Whether a value or stage of the field's listing is the default."""
        listing = self._scene.session.listings.of_field(parent, name)
        return listing is not None and any(value.default for value in listing.values.values())


def _given(scene: Scene) -> Iterator[Field]:
    """All fields demanded from the start: by layouts, first stages, validations; and those that automations fill."""
    tree = scene.tree
    for field, layouts in scene.shown.fields.items():
        if any(behavior == "required" for _, behavior in layouts.values()):
            yield field
    yield from _of_stages(scene, first=True)
    for address in tree.of_kind("Validation"):
        if tree.body(address).get("active") is not False:
            yield from _of_validation(parts(address)[1] or "", tree.body(address))
    for behaviour in scene.behaviours.values():
        if behaviour.active:
            yield from behaviour.writes


def _given_later(scene: Scene) -> Iterator[Field]:
    """What objects, handoffs and later stages demand of a record in its life, but not of a new one."""
    tree = scene.tree
    for address in tree.of_kind("Object"):
        for name in mapping(tree.body(address).get("golden_record")).get("required") or ():
            yield parts(address)[2], str(name)
    for address in tree.of_kind("Lifecycle"):
        for handoff in rows(tree.body(address).get("handoffs")):
            for name in handoff.get("required") or ():
                parent, _, own = str(name).partition(".")
                yield parent, own
    yield from _of_stages(scene, first=False)


def _of_stages(scene: Scene, *, first: bool) -> Iterator[Field]:
    """What the stages in which records begin demand, or all others."""
    tree = scene.tree
    for address in tree.of_kind("Pipeline"):
        parent = parts(address)[1] or ""
        for stage in rows(tree.body(address).get("stages")):
            begins = stage.get("default") is True
            if begins is first:
                for name in mapping(stage.get("entry")).get("required") or ():
                    yield parent, str(name)
            if begins and first:
                field = tree.body(scene.session.listings.stage_set_of(address) or address).get("field")
                owner, _, own = str(field or "").partition(".")
                yield owner, own


def _of_validation(parent: str, body: Body) -> Iterator[Field]:
    """Every field of a rule that asks for blanks; whether it demands just this one is not worked out."""
    waiting = [body.get("reject_when")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += [one.get(name) for name in ("all", "any", "not")]
            if one.get("op") in ("blank", "present") and isinstance(one.get("field"), str):
                yield parent, one["field"]
    formula = body.get("formula")
    if isinstance(formula, str) and _ASKS_BLANK.search(formula):
        for word in set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", formula)):
            yield parent, word
