"""An integration can write what it brings in, and may read what it sends out."""

from typing import Any

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, codes, comes, goes, system


def granted(level: str, **rights: bool) -> Body:
    return {
        "objects": {"Account": rights or {"read": True, "update": True}},
        "fields": {"Account": {"default": "none", "fields": {"Size": level}}},
    }


CASES = (
    Case(
        code="SHARED009",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", comes("Score", "points"))},
        passing={**FIELDS, **system("Web", goes("Score", "points"))},
    ),
    Case(
        code="SHARED010",
        address="Integration/Web",
        failing={**FIELDS, **system("Web", comes("Size", "staff")), "PermissionSet/WebSync": granted("read")},
        passing={**FIELDS, **system("Web", goes("Size", "staff")), "PermissionSet/WebSync": granted("read")},
    ),
)


def told(mapping: dict[str, Any], access: Body, **field: Any) -> list[str]:
    size = {"Field/Account.Size": {"type": "integer", **field}}
    tree = {**FIELDS, **size, **system("Web", mapping), "PermissionSet/WebSync": access}
    return [one.message for one in found(tree) if one.code == "SHARED010"]


def test_a_computed_field_that_is_written_is_an_error() -> None:
    tree = {**FIELDS, **system("Web", comes("Score", "points"))}
    assert [one.severity for one in found(tree) if one.code == "SHARED009"] == ["error"]


def test_the_right_that_is_lacking_is_named() -> None:
    assert told(comes("Size", "x"), granted("edit", read=True)) == ["WebSync may not change Account, which Web writes"]
    assert told(goes("Size", "x"), granted("none")) == ["WebSync may not read Account.Size, which Web is sent"]
    assert told(goes("Size", "x"), {**granted("read"), "objects": {"Case": {"read": True}}}) == [
        "WebSync may not read Account, which Web is sent"
    ]


def test_a_default_never_covers_a_confidential_field() -> None:
    access = {"objects": {"Account": {"read": True}}, "fields": {"Account": {"default": "read"}}}
    assert told(goes("Size", "x"), access, sensitivity="confidential") == [
        "WebSync may not read Account.Size, which Web is sent"
    ]
    assert told(goes("Size", "x"), access) == []


def test_what_comes_with_the_object_needs_no_grant_of_its_own() -> None:
    access = {"objects": {"Account": {"create": True}}, "fields": {"Account": {"fields": {"Name": "read"}}}}
    assert told(comes("Size", "x"), access, required=True) == []


def test_grants_of_included_sets_count() -> None:
    tree = {
        **FIELDS, **system("Web", comes("Size", "x")),
        "PermissionSet/WebSync": {"includes": ["Inner"]}, "PermissionSet/Inner": granted("edit"),
    }  # fmt: skip
    assert codes(tree) == []


def test_what_is_not_known_of_an_identity_is_not_guessed() -> None:
    assert told(comes("Size", "x"), {"capabilities": {"ApiEnabled": True}}) == []
    assert told(comes("Size", "x"), {**granted("none"), "includes": ["Packaged"]}) == []
    assert told(comes("Size", "x"), {**granted("none"), "capabilities": {"ModifyAllData": True}}) == []
