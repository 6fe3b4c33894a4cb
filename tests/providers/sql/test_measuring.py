"""Records are counted exactly, by every question a plan asks, and what cannot be counted says why."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.evidence import Question, QuestionType
from crmgov.providers.sql import measuring
from tests.providers.sql.databases import Db, done

CONFIG = {
    "Picklist/P": {"values": [{"name": "a"}, {"name": "b"}, {"name": "c"}], "restricted": False},
    "Object/Lead": {},
    "Object/Account": {},
    "Field/Lead.Text": {"type": "text"},
    "Field/Lead.Pick": {"type": "picklist", "picklist": "P"},
    "Field/Lead.Many": {"type": "multipicklist", "picklist": "P"},
    "Field/Lead.Flag": {"type": "boolean"},
    "Field/Lead.Number": {"type": "integer"},
    "Field/Lead.Account": {"type": "lookup", "references": ["Account"]},
    "Field/Lead.Any": {"type": "lookup", "references": ["Account", "Lead"]},
    "Field/Lead.Place": {"type": "geolocation"},
    "Field/Lead.Sum": {"type": "formula", "formula": "1"},
}


@pytest.fixture
def counted(db: Db) -> tuple[Db, list[dict[str, Any]]]:
    assert done(db.want(CONFIG))
    chance = random.Random(4)
    db.hand('INSERT INTO "Account" (id) VALUES (1), (2)')
    rows = [
        {"Text": chance.choice([None, "", "x", "12", "12abc", "long text"]), "Pick": chance.choice([None, "a", "b", "zz"]),
         "Flag": chance.choice([None, True, False]), "Number": chance.choice([None, 1, 2, 300]), "Account": chance.choice([None, 1]),
         "Place.latitude": chance.choice([None, 1.5]), "Place.longitude": 2.5}
        for _ in range(200)
    ]  # fmt: skip
    db.insert("Lead", rows)
    links = [{"record": n, "value": value} for n in range(1, 201) for value in "abc" if chance.random() < 0.2]
    db.insert("crmgov_links_Lead.Many", links)
    for number, row in enumerate(rows, start=1):
        row["Many"] = {link["value"] for link in links if link["record"] == number}
    return db, rows


def ask(db: Db, *questions: Question) -> list[Any]:
    found = db.provider.measure(list(questions))
    assert all(e.exactness != "value" or (e.count is not None and e.of == 200 and e.time and e.source) for e in found)
    return [evidence.count if evidence.exactness == "value" else evidence.reason for evidence in found]


def on(field: str, sort: QuestionType, **more: Any) -> Question:
    return Question(type=sort, object="Lead", field=field, **more)


def test_counts_are_those_of_a_count_by_hand(counted: tuple[Db, list[dict[str, Any]]]) -> None:
    db, rows = counted
    texts = [row["Text"] for row in rows]
    expected: list[tuple[Question, int]] = [
        (Question(type="records", object="Lead"), 200),
        (on("Text", "filled"), sum(1 for text in texts if text)),
        (on("Text", "blank"), sum(1 for text in texts if not text)),
        (on("Text", "longer_than", number=3), sum(1 for text in texts if text and len(text) > 3)),
        (on("Text", "with_values", values=("x", "12")), texts.count("x") + texts.count("12")),
        (on("Text", "duplicates"), sum(1 for text in texts if text is not None)),
        (on("Text", "not_convertible", target={"type": "integer"}), texts.count("x") + texts.count("12abc") + texts.count("long text")),
        (on("Text", "not_convertible", target={"type": "text", "length": 4}), texts.count("12abc") + texts.count("long text")),
        (on("Pick", "with_values", values=("a", "zz")), sum(1 for row in rows if row["Pick"] in ("a", "zz"))),
        (on("Pick", "not_convertible", target={"type": "picklist", "values": [{"name": "a"}]}),
         sum(1 for row in rows if row["Pick"] in ("b", "zz"))),
        (on("Many", "filled"), sum(1 for row in rows if row["Many"])),
        (on("Many", "blank"), sum(1 for row in rows if not row["Many"])),
        (on("Many", "with_values", values=("a", "b")), sum(1 for row in rows if row["Many"] & {"a", "b"})),
        (on("Many", "not_convertible", target={"type": "picklist", "picklist": "P"}), sum(1 for row in rows if len(row["Many"]) > 1)),
        (on("Flag", "with_values", values=("true",)), sum(1 for row in rows if row["Flag"] is True)),
        (on("Flag", "blank"), sum(1 for row in rows if row["Flag"] is None)),
        (on("Number", "with_values", values=("300",)), sum(1 for row in rows if row["Number"] == 300)),
        (on("Number", "longer_than", number=2), sum(1 for row in rows if row["Number"] == 300)),
        (on("Number", "not_convertible", target={"type": "boolean"}), sum(1 for row in rows if row["Number"] in (2, 300))),
        (on("Account", "orphans"), 0),
        (on("Place", "filled"), sum(1 for row in rows if row["Place.latitude"] is not None)),
    ]  # fmt: skip
    assert ask(db, *(question for question, _ in expected)) == [count for _, count in expected]


def test_what_cannot_be_counted_says_why(counted: tuple[Db, list[dict[str, Any]]]) -> None:
    db, _ = counted
    reasons = ask(
        db,
        Question(type="records", object="Nowhere"),
        on("Nothing", "filled"),
        on("Sum", "filled"),
        on("Any", "orphans"),
        on("Place", "longer_than", number=1),
        on("Many", "duplicates"),
        on("Text", "not_convertible", target={"type": "picklist", "picklist": "Unknown"}),
        on("Text", "not_convertible", target={}),
    )
    assert all(isinstance(reason, str) and reason for reason in reasons)
    assert db.provider.measure([]) == []


def test_one_statement_answers_all_questions_about_an_object(
    counted: tuple[Db, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    db, _ = counted
    questions = [
        on("Text", "blank"),
        on("Pick", "filled"),
        on("Many", "blank"),
        Question(type="records", object="Lead"),
    ]
    together = ask(db, *questions)
    assert ask(db, *questions) == [ask(db, question)[0] for question in questions]
    monkeypatch.setattr(measuring, "GROUP", 1)
    assert ask(db, *questions) == together


def test_records_that_point_at_nothing_are_counted(sqlite: Db) -> None:
    assert done(sqlite.want(CONFIG))
    sqlite.insert("Lead", [{"Account": 1}, {"Account": 99}, {"Account": None}])
    sqlite.hand('INSERT INTO "Account" (id) VALUES (1)')
    assert sqlite.provider.measure([on("Account", "orphans")])[0].count == 1


@given(values=st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
                                 st.integers(-9, 10**19).map(str), st.dates().map(str),
                                 st.floats(allow_nan=False, width=16).map(str)), max_size=12),
       kind=st.sampled_from(["integer", "date", "boolean", "decimal", "datetime", "time", "multipicklist", "geolocation"]))  # fmt: skip
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_counted_as_not_convertible_is_what_an_apply_refuses(
    sqlite: Db, values: list[str | None], kind: str
) -> None:
    sqlite.hand('DROP TABLE IF EXISTS "T"', 'CREATE TABLE "T" (id INTEGER PRIMARY KEY, "F" text)')
    sqlite.insert("T", [{"F": value} for value in values])
    target = {"type": kind, **({"values": [{"name": "a"}]} if kind == "multipicklist" else {})}
    (evidence,) = sqlite.provider.measure([Question(type="not_convertible", object="T", field="F", target=target)])
    outcome = sqlite.change("Field/T.F", **target)
    assert (outcome.status == "done") == (evidence.count == 0), outcome.message
    if evidence.count:
        assert f"{evidence.count} record" in outcome.message
    else:
        assert done(sqlite.remove("Field/T.F"))
