"""One side of a shared field is right, and values flow from it."""

from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, Tree, both, comes, goes, system

CASES = (
    Case(
        code="SHARED001",
        address="Field/Account.Size",
        failing={**FIELDS, **system("Billing", comes("Size", "heads")), **system("Web", comes("Size", "staff"))},
        passing={**FIELDS, **system("Billing", comes("Size", "heads")), **system("Web", goes("Size", "staff"))},
    ),
    Case(
        code="SHARED002",
        address="Integration/Billing",
        failing={**FIELDS, **system("Billing", both("Size", "heads", on_conflict=None))},
        passing={**FIELDS, **system("Billing", both("Size", "heads"))},
    ),
    Case(
        code="SHARED003",
        address="Integration/Billing",
        failing={**FIELDS, **system("Billing", goes("Size", "heads", "system"))},
        passing={**FIELDS, **system("Billing", goes("Size", "heads", "system"), comes("Size", "count"))},
    ),
)


def told(tree: Tree, code: str) -> list[str]:
    return [one.message for one in found({**FIELDS, **tree}) if one.code == code]


def test_two_truths_are_named_with_their_systems() -> None:
    tree = {**system("Billing", comes("Size", "heads")), **system("Web", comes("Size", "staff"))}
    assert told(tree, "SHARED001") == ["Account.Size is written by Billing and Web, and each counts as right"]


def test_a_writer_that_keeps_what_is_there_is_no_second_truth() -> None:
    tree = {**system("Fair", comes("Size", "a", on_conflict="keep")), **system("Web", comes("Size", "b"))}
    assert told(tree, "SHARED001") == []


def test_two_ways_to_the_same_field_of_one_system_are_one_source() -> None:
    tree = {
        **system("A", comes("Size", "heads"), system="Billing"),
        **system("B", comes("Size", "heads"), system="billing"),
    }
    assert told(tree, "SHARED001") == []


def test_a_hub_may_be_overruled_by_one_system_and_overrule_the_other() -> None:
    tree = {**system("Billing", comes("Size", "heads")), **system("Web", both("Size", "staff", "crm"))}
    assert told(tree, "SHARED001") == []


def test_a_writer_without_truth_beside_another() -> None:
    tree = {**system("Billing", comes("Size", "heads")), **system("Web", comes("Size", "staff", truth=None))}
    assert told(tree, "SHARED001") == [
        "Account.Size is written by Billing and Web, and the map of Web does not say whose value is right"
    ]


def test_what_does_not_run_writes_nothing() -> None:
    tree = {**system("Billing", comes("Size", "heads")), **system("Web", comes("Size", "staff"), active=False)}
    assert told(tree, "SHARED001") == []


def test_a_field_that_is_right_here_is_written_by_a_system_that_never_hears_of_it() -> None:
    assert told(system("Web", comes("Size", "staff", "crm", on_conflict="newest")), "SHARED003") == [
        "Account.Size is right here, but Web writes it and is never told our value"
    ]
    assert told(system("Web", comes("Size", "staff", "crm", on_conflict="keep")), "SHARED003") == []
