"""Values run in no circle, and no field elsewhere is fed by two of ours."""

from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.governance.integration.rounds import rounds
from tests.check.governance.case import Case, found
from tests.check.governance.integration.trees import FIELDS, Tree, both, comes, goes, system

CASES = (
    Case(
        code="SHARED004",
        address="Field/Account.Size",
        failing={**FIELDS, **system("Web", goes("Size", "staff"), comes("Size", "staff"))},
        passing={**FIELDS, **system("Web", goes("Size", "staff"), comes("Size", "staff", "crm"))},
    ),
    Case(
        code="SHARED005",
        address="Field/Account.Score",
        failing={**FIELDS, **system("Web", goes("Size", "staff"), goes("Score", "staff"))},
        passing={**FIELDS, **system("Web", goes("Size", "staff"), goes("Score", "points"))},
    ),
)


def told(tree: Tree) -> list[str]:
    return [one.message for one in found({**FIELDS, **tree}) if one.code == "SHARED004"]


def test_a_circle_over_two_systems_and_two_fields() -> None:
    tree = {
        **system("Web", goes("Size", "staff"), comes("Grade", "staff")),
        **system("Billing", goes("Grade", "class"), comes("Size", "class")),
    }
    assert told(tree) == ["What is in Account.Grade and Account.Size runs in a circle through Billing and Web"]


def test_a_hub_between_systems_is_no_circle() -> None:
    tree = {
        **system("Web", both("Size", "staff")),
        **system("Billing", both("Size", "heads"), both("Grade", "heads")),
    }
    assert told(tree) == []


def test_a_map_that_never_overwrites_closes_no_circle() -> None:
    tree = {
        **system("Web", goes("Size", "staff"), comes("Grade", "staff", on_conflict="keep")),
        **system("Billing", goes("Grade", "class"), comes("Size", "class")),
    }
    assert told(tree) == []


ARCS = st.sets(st.tuples(st.integers(0, 6), st.integers(7, 12)).flatmap(lambda ab: st.sampled_from((ab, ab[::-1]))))


@given(ARCS)
def test_a_circle_is_found_where_there_is_one(pairs: set[tuple[int, int]]) -> None:
    arcs = {(chr(65 + a), chr(65 + b)): None for a, b in pairs}
    edges: dict[str, list[str]] = {}
    for start, end in arcs:
        edges.setdefault(start, []).append(end)
    found = list(rounds(edges))
    for circle in found:
        assert len(circle) == len(set(circle)) > 2
        assert all(arc in arcs for arc in zip(circle, [*circle[1:], circle[0]], strict=True))
    assert bool(found) == any(_closes(arcs, start, (start,)) for start, _ in arcs)


def _closes(arcs: dict[tuple[str, str], None], start: str, way: tuple[str, ...]) -> bool:
    """Whether a way over different nodes leads back to its start in three steps or more."""
    for a, b in arcs:
        if a == way[-1] and ((b == start and len(way) > 2) or (b not in way and _closes(arcs, start, (*way, b)))):
            return True
    return False


def test_many_fields_beside_one_elsewhere_are_no_circle() -> None:
    hub = {f"F{number}": ["all"] for number in range(10_000)}
    assert list(rounds({**hub, "all": list(hub)})) == []
