"""Criteria are counted as the model means them: two-valued, a comparison with nothing being false."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.canonical import Body
from crmgov.model.evidence import Question
from tests.providers.sql.databases import Db, done

CONFIG: dict[str, dict[str, Any]] = {
    "Picklist/P": {"values": [{"name": "a"}, {"name": "b"}], "restricted": False},
    "Object/Lead": {},
    "Field/Lead.Text": {"type": "text"},
    "Field/Lead.Many": {"type": "multipicklist", "picklist": "P"},
    "Field/Lead.Flag": {"type": "boolean"},
    "Field/Lead.Number": {"type": "integer"},
    "Field/Lead.Other": {"type": "integer"},
    "Field/Lead.Day": {"type": "date"},
}
ROWS = 120
VALUES: dict[str, list[Any]] = {
    "Text": [None, "", "x", "X", "a%b", "it's"], "Flag": [None, True, False], "Number": [None, 1, 2, 300],
    "Other": [None, 2, 5], "Day": [None, "2020-02-29", "2026-01-01", "2999-12-31"],
}  # fmt: skip


@pytest.fixture
def held(db: Db) -> tuple[Db, list[dict[str, Any]]]:
    assert done(db.want(CONFIG))
    chance = random.Random(7)
    rows = [{name: chance.choice(values) for name, values in VALUES.items()} for _ in range(ROWS)]
    db.insert("Lead", rows)
    links = [{"record": n, "value": value} for n in range(1, ROWS + 1) for value in "ab" if chance.random() < 0.3]
    db.insert("crmgov_links_Lead.Many", links)
    for number, row in enumerate(rows, start=1):
        row["Many"] = {link["value"] for link in links if link["record"] == number}
    return db, rows


def leaf(field: str, op: str, value: Any = None) -> Body:
    return {"field": field, "op": op} if value is None else {"field": field, "op": op, "value": value}


LEAVES = st.one_of(
    st.builds(leaf, st.sampled_from([*VALUES, "Many"]), st.sampled_from(["blank", "present"])),
    st.builds(leaf, st.just("Text"), st.sampled_from(["equals", "not_equals", "contains", "not_contains", "starts_with"]),
              st.sampled_from(["x", "a%", "%", "it's", "'"])),
    st.builds(leaf, st.just("Text"), st.sampled_from(["in", "not_in"]), st.lists(st.sampled_from(["x", "X", "zz"]))),
    st.builds(leaf, st.just("Number"), st.sampled_from(["less", "less_or_equal", "greater", "greater_or_equal", "equals"]),
              st.sampled_from([1, 2, 1.5])),
    st.builds(leaf, st.just("Flag"), st.sampled_from(["equals", "not_equals"]), st.booleans()),
    st.builds(leaf, st.just("Day"), st.sampled_from(["less", "greater", "equals"]),
              st.sampled_from(["2026-01-01", "$today", "$today-30", "$today+30"])),
    st.builds(leaf, st.just("Many"), st.sampled_from(["includes", "excludes"]), st.just(["a"])),
    st.just({"field": "Number", "op": "greater", "other_field": "Other"}),
)  # fmt: skip
CRITERIA = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda one: {"not": one}, inner),
        st.builds(lambda name, many: {name: many}, st.sampled_from(["all", "any"]), st.lists(inner, max_size=3)),
    ),
    max_leaves=6,
)
TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "equals": lambda a, b: a == b, "not_equals": lambda a, b: a != b, "less": lambda a, b: a < b,
    "less_or_equal": lambda a, b: a <= b, "greater": lambda a, b: a > b, "greater_or_equal": lambda a, b: a >= b,
    "contains": lambda a, b: b in a, "not_contains": lambda a, b: b not in a, "starts_with": lambda a, b: a.startswith(b),
    "in": lambda a, b: a in b, "not_in": lambda a, b: a not in b,
    "includes": lambda a, b: bool(a & set(b)), "excludes": lambda a, b: not a & set(b),
}  # fmt: skip


def meets(row: dict[str, Any], criteria: Body) -> bool:
    """The same by hand. Days are so far apart that any day of today's lies between them."""
    if "all" in criteria:
        return all(meets(row, one) for one in criteria["all"])
    if "any" in criteria:
        return any(meets(row, one) for one in criteria["any"])
    if "not" in criteria:
        return not meets(row, criteria["not"])
    value, op = row[criteria["field"]], criteria["op"]
    there = value not in (None, "", set())
    if op in ("blank", "present"):
        return bool(there == (op == "present"))
    right = row[criteria["other_field"]] if "other_field" in criteria else criteria.get("value")
    if isinstance(right, str) and right.startswith("$"):
        right = "2026-06-15"
    return bool(there and right is not None and TESTS[op](value, right))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(criteria=CRITERIA, among=st.none() | CRITERIA)
def test_counts_are_those_by_hand(held: tuple[Db, list[dict[str, Any]]], criteria: Body, among: Body | None) -> None:
    db, rows = held
    (found,) = db.provider.measure([Question(type="matching", object="Lead", criteria=criteria, among=among)])
    whole = [row for row in rows if among is None or meets(row, among)]
    assert (found.exactness, found.count, found.of) == (
        "value", sum(meets(row, criteria) for row in whole), len(whole),
    ), found.reason  # fmt: skip


@pytest.mark.parametrize(
    ("criteria", "reason"),
    [
        (leaf("Gone", "present"), "no field Gone"),
        (leaf("Account.Country", "equals", "NO"), "Account.Country is a field of another object"),
        (leaf("Text", "changed"), "what the record was before"),
        (leaf("Text", "matches", "x"), "matches is not counted"),
        (leaf("Number", "equals", "one"), "compared with something else"),
        (leaf("Day", "less", "soon"), "compared with something else"),
        ({"formula": "TODAY() > Day"}, "formula"),
        (leaf("Text", "equals", "$user.role"), "depends on who looks"),
    ],
)
def test_what_cannot_be_counted_says_why(held: tuple[Db, Any], criteria: Body, reason: str) -> None:
    db, _ = held
    inside: Body = {"any": [leaf("Text", "present"), {"not": criteria}]}
    asked = [Question(type="matching", object="Lead", criteria=inside), Question(type="records", object="Lead")]
    found, fine = db.provider.measure(asked)
    assert (found.exactness, fine.count) == ("unmeasured", ROWS)
    assert reason in found.reason
