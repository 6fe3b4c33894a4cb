"""Saved plans and recorded snapshots that were cut, edited or forged, some with their digests made right again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from crmgov.model.plans import Plan
from tests.bad_input.command_cases import repository

_IDENTITY = {"provider": "sql", "instance": "sandbox-1", "kind": "sandbox", "name": "sandbox"}
_STEPS = [
    {"id": 1, "action": "add", "address": "Object/Lead", "native": "Object/Lead", "changes": [{"route": ["label"], "after": "Lead"}]},
    {
        "id": 2, "action": "add", "address": "Field/Lead.Region", "native": "Field/Lead.Region", "after": [1],
        "changes": [{"route": ["type"], "after": "text"}, {"route": ["length"], "after": 20}],
    },
]  # fmt: skip
_CORE = {
    "environment": "sandbox", "identity": _IDENTITY, "protected": False, "provider_version": 1, "chain": "", "steps": _STEPS,
}  # fmt: skip
_CONTEXT = {"tool": "0.1.0", "created": "2026-01-02T03:04:05Z", "about": [{"step": 1}, {"step": 2}]}


def _sealed(data: Any) -> bytes:
    return msgspec.json.encode(msgspec.convert(data, Plan).sealed(), order="deterministic") + b"\n"


PLAN = _sealed({"core": _CORE, "context": _CONTEXT})
SNAPSHOT = msgspec.json.encode(
    {
        "format": "crmgov-snapshot/1", "environment": "sandbox", "identity": _IDENTITY, "taken": "2026-01-02T03:04:05Z",
        "kinds": ["Object", "Field", "Role", "Picklist"],
        "resources": {
            "Object/Lead": {"label": "Lead"}, "Field/Lead.Region": {"type": "text", "length": 20}, "Role/Sales": {"label": "Sales"},
            "Picklist/Regions": {"values": [{"name": "North"}, {"name": "South"}]},
        },
    }
)  # fmt: skip


def _set(data: bytes, *path_and_value: Any) -> Any:
    *path, last, value = path_and_value
    whole = json.loads(data)
    inner = whole
    for step in path:
        inner = inner[step]
    inner[last] = value
    return whole


def _plan(*path_and_value: Any) -> bytes:
    """The plan with one value replaced, and nothing else."""
    return json.dumps(_set(PLAN, *path_and_value)).encode()


def _forged(*path_and_value: Any) -> bytes:
    """The same with all digests made right again."""
    return _sealed(_set(PLAN, *path_and_value))


def _resource(address: str, body: Any) -> bytes:
    return msgspec.json.encode(_set(SNAPSHOT, "resources", address, body))


def _snapshot(*path_and_value: Any) -> bytes:
    return json.dumps(_set(SNAPSHOT, *path_and_value)).encode()


def _nested(depth: int) -> Any:
    return json.loads("[" * depth + "]" * depth)


_ROUTE = ("core", "steps", 0, "changes")

PLANS: dict[str, Callable[[], bytes]] = {
    "plan_whole": lambda: PLAN,
    "plan_truncated": lambda: PLAN[: len(PLAN) // 2],
    "plan_empty": lambda: b"",
    "plan_of_zeros": lambda: bytes(1000),
    "plan_is_a_list": lambda: b"[]",
    "plan_is_a_text": lambda: b'"crmgov-plan/1"',
    "plan_without_a_format": lambda: b"{}",
    "plan_of_another_version": lambda: _plan("format", "crmgov-plan/99"),
    "plan_with_a_list_as_version": lambda: _plan("format", [1]),
    "plan_with_a_version_of_a_megabyte": lambda: _plan("format", "x" * 1_000_000),
    "plan_of_hundred_thousand_brackets": lambda: b'{"format":"crmgov-plan/1","core":' + b"[" * 100_000,
    "plan_of_five_hundred_levels": lambda: _forged(*_ROUTE, [{"route": ["label"], "after": _nested(500)}]),
    "plan_with_byte_order_mark": lambda: b"\xef\xbb\xbf" + PLAN,
    "plan_in_utf_16": lambda: PLAN.decode().encode("utf-16"),
    "plan_not_utf_8": lambda: PLAN.replace(b"sandbox", b"sandb\xff"),
    "plan_with_half_a_character": lambda: PLAN.replace(b'"sandbox"', b'"\\ud800"'),
    "plan_with_a_text_as_id": lambda: _plan("core", "steps", 0, "id", "one"),
    "plan_with_a_huge_id": lambda: PLAN.replace(b'"id":1', b'"id":' + b"9" * 5_000),
    "plan_with_a_number_beyond_all": lambda: PLAN.replace(b'"id":1', b'"id":1e999'),
    "plan_with_nan": lambda: PLAN.replace(b'"id":1', b'"id":NaN'),
    "plan_with_steps_as_map": lambda: _plan("core", "steps", {}),
    "plan_with_an_unknown_action": lambda: _plan("core", "steps", 0, "action", "explode"),
    "plan_edited": lambda: _plan("core", "steps", 0, "changes", 0, "after", "Leads"),
    "plan_with_an_edited_digest": lambda: _plan("plan_digest", "0" * 32),
    "plan_with_an_unknown_key": lambda: b'{"approved":true,' + PLAN[1:],
    "plan_with_spaces": lambda: json.dumps(json.loads(PLAN), indent=1).encode(),
    "plan_forged_with_an_unknown_hazard": lambda: _forged("core", "steps", 0, "hazards", ["\x1b[31mharmless"]),
    "plan_forged_with_bad_base64": lambda: _forged("core", "blobs", {"x": "!!!"}),
    "plan_forged_with_an_address_that_is_none": lambda: _forged("core", "steps", 0, "native", "Field/"),
    "plan_forged_with_an_unknown_kind": lambda: _forged("core", "steps", 0, "native", "Nonsense/x"),
    "plan_forged_with_an_element": lambda: _forged("core", "steps", 0, "native", "Field/Lead.Region#values[x]"),
    "plan_forged_with_control_characters": lambda: _forged("core", "steps", 0, "address", 'Object/"a\\n\\u001b[31mb"'),
    "plan_forged_with_a_change_of_nothing": lambda: _forged(*_ROUTE, [{"route": [], "after": 1}]),
    "plan_forged_with_a_route_of_a_thousand": lambda: _forged(*_ROUTE, [{"route": ["a"] * 1_000, "after": 1}]),
    "plan_forged_with_a_step_twice": lambda: _forged("core", "steps", 1, "id", 1),
    "plan_forged_with_a_step_before_its_own": lambda: _forged("core", "steps", 0, "after", [2]),
    "plan_forged_without_what_is_told": lambda: _forged("context", "about", []),
    "plan_forged_with_a_missing_body": lambda: _forged(
        "core", "records", [{"native": "Object/Lead", "address": "Object/Lead", "action": "adopt", "desired": "0" * 32}]
    ),
    "plan_forged_for_an_environment_outside": lambda: _forged("core", "environment", "../../etc"),
    "plan_forged_with_a_deviation_of_nonsense": lambda: _forged(
        "context", "deviations", [{"address": "x", "native": "x", "sort": "changed"}]
    ),
    "plan_forged_with_odd_times": lambda: _forged("context", "created", "\u202eyesterday"),
}

SNAPSHOTS: dict[str, Callable[[], bytes]] = {
    "snapshot_whole": lambda: SNAPSHOT,
    "snapshot_truncated": lambda: SNAPSHOT[: len(SNAPSHOT) // 2],
    "snapshot_empty": lambda: b"",
    "snapshot_of_another_version": lambda: _snapshot("format", "crmgov-snapshot/99"),
    "snapshot_that_is_a_plan": lambda: PLAN,
    "snapshot_of_hundred_thousand_brackets": lambda: SNAPSHOT[:-1] + b',"x":' + b"[" * 100_000,
    "snapshot_of_five_hundred_levels": lambda: _resource("Role/Sales", {"native": {"sql": {"x": _nested(500)}}}),
    "snapshot_with_resources_as_list": lambda: _snapshot("resources", []),
    "snapshot_with_a_body_as_list": lambda: _resource("Role/Sales", [1]),
    "snapshot_with_a_body_of_nothing": lambda: _resource("Role/Sales", None),
    "snapshot_with_a_text_as_length": lambda: _resource("Field/Lead.Region", {"type": "text", "length": "long"}),
    "snapshot_with_a_huge_length": lambda: SNAPSHOT.replace(b":20", b":" + b"9" * 400),
    "snapshot_with_nan": lambda: SNAPSHOT.replace(b":20", b":NaN"),
    "snapshot_with_a_resource_without_parent": lambda: _resource("Field/Region", {"type": "text"}),
    "snapshot_with_an_unknown_key": lambda: _resource("Role/Sales", {"nonsense": 1}),
    "snapshot_with_values_without_names": lambda: _resource("Picklist/Regions", {"values": [{"label": "North"}]}),
    "snapshot_with_numbers_as_values": lambda: _resource("Picklist/Regions", {"values": [1, 2]}),
    "snapshot_with_a_value_twice": lambda: _resource("Picklist/Regions", {"values": [{"name": "A"}, {"name": "A"}]}),
    "snapshot_with_an_unknown_kind": lambda: _resource("Nonsense/x", {}),
    "snapshot_with_an_address_that_is_none": lambda: _resource("nonsense", {}),
    "snapshot_with_half_an_address": lambda: _resource("Field/", {}),
    "snapshot_with_an_element": lambda: _resource("Field/Lead.Region#values[x]", {}),
    "snapshot_with_an_address_spelt_otherwise": lambda: _resource('Role/"Sales"', {}),
    "snapshot_with_control_characters": lambda: _resource('Role/"a\\u001b[31mb"', {"label": "\x1b[31m::error::red"}),
    "snapshot_with_bad_base64": lambda: _snapshot("blobs", {"x": "!!!"}),
    "snapshot_with_an_edited_vendor_file": lambda: _snapshot("blobs", {"0" * 32: "aGk="}),
    "snapshot_with_an_unknown_origin": lambda: _snapshot("origins", {"Role/Sales": "alien"}),
    "snapshot_with_a_gap_of_nonsense": lambda: _snapshot("gaps", [{"status": "x"}]),
    "snapshot_with_half_a_character": lambda: SNAPSHOT.replace(b'"Lead"', b'"\\ud800"'),
}


def build(case: str, root: Path) -> None:
    repository(root)
    (root / "environments/sandbox.yaml").unlink()
    name, data = ("bad.plan", PLANS[case]) if case in PLANS else ("bad.snapshot", SNAPSHOTS[case])
    (root / name).write_bytes(data())


def commands(case: str) -> tuple[tuple[str, ...], ...]:
    if case in PLANS:
        return ("show", "bad.plan"), ("apply", "bad.plan")
    return ("validate", "--source", "bad.snapshot"), ("diff", "bad.snapshot", "bad.snapshot"), ("show", "Sales", "--source", "bad.snapshot")
