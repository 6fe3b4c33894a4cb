"""An identity may do what its integrations need, and no more."""

from typing import Any

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, Tree, comes, goes, system


def may(capabilities: Body | None = None, **rights: Any) -> Tree:
    access: Body = {"objects": {"Account": {"read": True, "update": True, **rights}}}
    fields = {"fields": {"Account": {"default": "edit"}}}
    return {"PermissionSet/WebSync": {**access, **fields, "capabilities": capabilities or {}}}


CASES = (
    Case(
        code="SHARED012",
        address="PermissionSet/WebSync",
        failing={**FIELDS, **system("Web", comes("Size", "staff")), **may(modify_all=True)},
        passing={**FIELDS, **system("Web", comes("Size", "staff")), **may(view_all=True)},
    ),
)


def told(tree: Tree, *mappings: dict[str, Any], **more: Any) -> list[str]:
    whole = {**FIELDS, **system("Web", *(mappings or (comes("Size", "staff"),)), **more), **tree}
    return [one.message for one in found(whole) if one.code == "SHARED012"]


def test_rights_beyond_the_map_are_named() -> None:
    assert told(may(modify_all=True, export=True)) == ["Web runs as WebSync, which may export and modify all Account"]
    assert told(may(create=True), goes("Size", "staff")) == [
        "Web runs as WebSync, which may create and update Account, into which it brings nothing"
    ]


def test_integrations_of_one_identity_are_told_together() -> None:
    shop = {"Integration/Shop": system("Web", goes("Size", "staff"))["Integration/Web"] | {"system": "Shop"}}
    assert told({**may(create=True), **shop}, goes("Size", "staff")) == [
        "Web and Shop run as WebSync, which may create and update Account, into which they bring nothing"
    ]


def test_objects_with_the_same_rights_are_told_together() -> None:
    objects = {name: {"read": True, "modify_all": True} for name in "ABCDEFG"}
    assert told({"PermissionSet/WebSync": {"objects": objects, "fields": {"A": {"default": "edit"}}}}) == [
        "Web runs as WebSync, which may modify all A, B, C, D, E and 2 more, into which it brings nothing"
    ]


def test_powers_over_everything_are_named() -> None:
    assert told(may({"ModifyAllData": True, "ApiEnabled": True})) == ["WebSync, which Web runs as, has ModifyAllData"]


def test_files_are_taken_out_in_bulk() -> None:
    assert told(may(export=True), mode="file") == []


def test_what_people_hold_too_they_may_need() -> None:
    people = {"Role/Sales": {"grants": ["WebSync"]}}
    assert told({**may(), **people}, goes("Size", "staff")) == []
    assert told({**may(modify_all=True), **people}, goes("Size", "staff")) != []


def test_the_maps_of_all_integrations_with_one_identity_count() -> None:
    second = system("Shop", comes("Size", "staff"), runs_as="WebSync")
    assert told({**second, **may()}, goes("Name", "company")) == []


def test_without_a_map_it_is_not_known_what_is_needed() -> None:
    assert told(may(), mappings=None) == []
