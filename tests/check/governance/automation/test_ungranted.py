"""Permissions that are asked for and granted to nobody."""

from crmgov.model.canonical import Body
from tests.check.governance.case import Case, found


def asking(name: str, **capabilities: bool) -> dict[str, Body]:
    """A validation that exempts the holders of a permission, and a permission set that grants some."""
    granted = {f"custom:{one}": value for one, value in capabilities.items()}
    return {
        "Validation/Lead.V": {"formula": f"NOT($Permission.{name})", "message": "No", "active": True},
        "PermissionSet/Core": {"capabilities": {"custom:Other": True, **granted}},
    }


def told(held: dict[str, Body], *, files: bool = False) -> list[str]:
    """What the rule says."""
    return [one.message for one in found(held, files=files) if one.code == "LITERAL008"]


CASES = [
    Case(
        code="LITERAL008",
        address="Validation/Lead.V",
        failing=asking("Skip_Checks"),
        passing=asking("Skip_Checks", Skip_Checks=True),
    )
]


def test_the_permission_is_named() -> None:
    assert told(asking("Skip_Checks", Skip_Checks=False)) == [
        'Lead.V asks for the permission "Skip_Checks", which no permission set grants'
    ]


def test_a_tree_that_grants_none_of_its_own_says_nothing_of_them() -> None:
    held = asking("Skip_Checks")
    held["PermissionSet/Core"] = {"capabilities": {"ApiEnabled": True}}
    assert told(held) == []


def test_in_a_vendors_files_only_a_misspelling_is_told() -> None:
    assert told(asking("Skip_Checks"), files=True) == []
    assert len(told(asking("Skip_Check", Skip_Checks=True), files=True)) == 1


def test_packages_and_externals_grant_what_is_theirs() -> None:
    assert told(asking("pkg__Skip")) == []
    assert told({**asking("Skip_Checks"), "External/Skip_Checks": {"type": "other"}}) == []
