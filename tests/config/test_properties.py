"""Every attribute that a YAML file can hold is used somewhere in this repository's own configuration.

An attribute belongs to the part that declares it: ``label`` to what all kinds share, ``members`` to Team. So the shared
attributes count once, and a part that stands in several places (a criterion, a target) counts once.

The company works with databases. What only a Salesforce environment can say is said in ``salesforce.yaml`` here, because
such an environment in ``environments/`` would be judged by all of Salesforce's limits.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import UNSET, inspect

from crmgov.load.tree import load_tree
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.automations import ActionType
from crmgov.model.kinds.base import Part
from crmgov.model.kinds.criteria import Operator
from crmgov.model.kinds.objects import FieldType
from tests.config.company import bodies, loaded

Attribute = tuple[str, str]
SALESFORCE = {
    *(("Connection", name) for name in ("api_version", "copies", "include_ignored", "login", "org", "project")),
    *(("Login", name) for name in ("audience", "client", "key", "secret", "token", "username")),
}
"""What only a Salesforce environment has."""


def parts(node: inspect.Type, seen: set[type]) -> Iterator[type]:
    """All parts that a type can hold."""
    if isinstance(node, inspect.StructType):
        if node.cls in seen:
            return
        seen.add(node.cls)
        yield node.cls
        inner = [field.type for field in node.fields]
    else:
        inner = [
            value
            for name in ("type", "types", "item_type", "key_type", "value_type")
            for value in _listed(getattr(node, name, ()))
        ]
    for each in inner:
        yield from parts(each, seen)


def _listed(value: object) -> list[inspect.Type]:
    if isinstance(value, inspect.Type):
        return [value]
    return [each for each in value if isinstance(each, inspect.Type)] if isinstance(value, tuple) else []


def declarer(part: type, attribute: str) -> str:
    """The name of the part that declares an attribute."""
    return next(base.__name__ for base in reversed(part.__mro__) if attribute in vars(base).get("__annotations__", {}))


def written(value: object) -> Iterator[Attribute]:
    """All attributes that have a value somewhere inside."""
    if isinstance(value, Part):
        for field in msgspec.structs.fields(value):
            inner = getattr(value, field.name)
            if inner is not UNSET:
                yield declarer(type(value), field.name), field.encode_name
                yield from written(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from written(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from written(inner)


def test_every_attribute_of_every_kind_is_used() -> None:
    seen: set[type] = set()
    known = {
        (declarer(part, field.name), field.encode_name)
        for kind in KINDS.values()
        for part in parts(inspect.type_info(kind.spec), seen)
        for field in msgspec.structs.fields(part)
    }
    snapshot = loaded().snapshot
    used = {attribute for address in snapshot for attribute in written(snapshot.spec(address))}
    assert len(known) > 200
    assert known - used == SALESFORCE


def test_what_only_salesforce_has_is_used_too(tmp_path: Path) -> None:
    text = Path(__file__).with_name("salesforce.yaml").read_text(encoding="utf-8")
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments" / "fieldwork.yaml").write_text(text, encoding="utf-8")
    loaded = load_tree(tmp_path, cache=False)
    assert loaded.diagnostics == []
    used = set(written(loaded.snapshot.spec("Environment/fieldwork")))
    assert used >= SALESFORCE


def test_every_kind_is_used() -> None:
    assert {address.partition("/")[0] for address in loaded().snapshot} == set(KINDS)


def test_every_type_of_field_is_used() -> None:
    assert {body["type"] for body in bodies("Field").values()} == set(get_args(FieldType))


def test_every_sort_of_action_but_the_vendors_own_is_used() -> None:
    used = {action["type"] for body in bodies("Automation").values() for action in body.get("actions", [])}
    assert used == set(get_args(ActionType)) - {"call"}


def test_most_operators_are_used() -> None:
    text = b"".join(loaded().snapshot.bodies.values())
    used = {name for name in get_args(Operator) if f'"op":"{name}"'.encode() in text}
    assert len(used) >= 13
