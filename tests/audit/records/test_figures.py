"""Every metric on every engine is what plain Python says it is."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.figures import Figure, Records, scope
from tests.audit.records import oracle
from tests.audit.records.tables import FIELDS, OBJECT, Row, in_duckdb, in_parquet, in_postgres, in_sqlite

NASTY = [
    "", " ", "\t\n", "a", "A", " a ", "N/A", "n/a ", "TBD", "Övrigt", "ÖVRIGT", " övrigt", "a%", "a_b", "aXb", "it's",
    '"q"', "5", "5.0", "NULL", "\u00e9", "e\u0301", "\U0001f600", "x" * 5000, "a\\b", "-- x", "null", "0", "0.0", "$5",
    "\xa0", "\u200b", "\u3000 ", "\ufeff", "N/A\xa0", "\u2003tbd", "a\xa0", "\u2028\n",
]  # fmt: skip
TEXTS = st.one_of(st.none(), st.sampled_from(NASTY), st.text(alphabet="abZ é;'%_\\\u200b", max_size=4))
FLOATS = st.sampled_from([None, 0.0, 1.0, 1.5, -2.25, 0.1, 1e20, float("inf"), float("-inf"), float("nan")])
DAYS = st.one_of(st.none(), st.dates(dt.date(2026, 8, 20), dt.date(2026, 11, 25)))
MOMENTS = st.one_of(st.none(), st.datetimes(dt.datetime(2026, 8, 20), dt.datetime(2026, 11, 25)).map(
    lambda moment: moment.replace(microsecond=0)), st.just(dt.datetime(2026, 11, 22)))  # fmt: skip
TAGS = st.one_of(st.none(), st.sampled_from(["", "a", "a;b", "b; c", ";a;;", "ab;a", " ", "a;\xa0", "\u200b"]))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS, "picklist": TEXTS, "integer": st.one_of(st.none(), st.integers(-3, 3), st.just(10**15)),
    "decimal": FLOATS, "currency": st.sampled_from([None, Decimal("0.00"), Decimal("5.00"), Decimal("5.25")]),
    "date": DAYS, "datetime": MOMENTS, "boolean": st.sampled_from([None, True, False]), "multipicklist": TAGS,
}  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries({name: VALUES[type_] for name, type_ in FIELDS.items()}), max_size=8)
_BY_TYPE = {type_: [name for name, one in FIELDS.items() if one == type_] for type_ in FIELDS.values()}
TEXTUAL = [*_BY_TYPE["text"], *_BY_TYPE["picklist"]]
ORDERED = ["order by", "Amount", "Price", "Day", "CreatedDate"]
EQUALITY = ["equals", "not_equals"]
ORDER = [*EQUALITY, "less", "less_or_equal", "greater", "greater_or_equal"]
LITERALS = {
    "integer": st.integers(-3, 3), "decimal": st.sampled_from([0, 1.5, 2]), "currency": st.sampled_from([0, 5, 5.25]),
    "date": st.sampled_from(["$today", "$today-90", "$today+1", "2026-10-01"]),
    "datetime": st.sampled_from(["$today", "$today-90", "2026-10-01", "2026-10-01T12:00:00", "2026-11-22 00:00:00"]),
}  # fmt: skip
WORDS = st.one_of(st.sampled_from(NASTY), st.text(alphabet="abZ%_", max_size=2))
BLANKS = st.sampled_from([(), ("n/a", "tbd", "övrigt"), ("0", "-", "5")])


@st.composite
def comparisons(draw: st.DrawFn) -> dict[str, Any]:
    how = draw(st.sampled_from(["presence", "text", "listed", "order", "boolean", "tags", "two", "matches"]))
    if how == "presence":
        op, field = draw(st.sampled_from(["blank", "present"])), draw(st.sampled_from([*FIELDS]))
        value = [] if field == "Tags" else list(draw(BLANKS))
        return {"field": field, "op": op, **({"value": value} if value else {})}
    if how == "text":
        op = draw(st.sampled_from([*EQUALITY, "contains", "not_contains", "starts_with"]))
        return {"field": draw(st.sampled_from(TEXTUAL)), "op": op, "value": draw(WORDS)}
    if how == "matches":
        return {"field": draw(st.sampled_from(TEXTUAL)), "op": "matches", "value": draw(st.sampled_from(PATTERNS))}
    if how == "boolean":
        return {"field": "Ünï", "op": draw(st.sampled_from(EQUALITY)), "value": draw(st.booleans())}
    if how == "tags":
        op = draw(st.sampled_from(["includes", "excludes", "in", "not_in"]))
        return {"field": "Tags", "op": op, "value": draw(st.lists(st.sampled_from(["a", "b", "ab", ""]), max_size=2))}
    if how == "two":
        field, other = draw(
            st.sampled_from([("Day", "Day"), ("CreatedDate", "LastModifiedDate"), ("Amount", "order by")])
        )
        return {"field": field, "op": draw(st.sampled_from(ORDER)), "other_field": other}
    field = draw(st.sampled_from([*TEXTUAL, *ORDERED] if how == "listed" else ORDERED))
    literal = LITERALS.get(FIELDS[field], WORDS)
    if how == "listed":
        return {
            "field": field,
            "op": draw(st.sampled_from(["in", "not_in"])),
            "value": draw(st.lists(literal, max_size=3)),
        }
    return {"field": field, "op": draw(st.sampled_from(ORDER)), "value": draw(literal)}


PATTERNS = ["^a", "a$", "[0-9]+", "^[A-Za-z_]+$", "a.b", "\\."]
CRITERIA = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: {"all": some}),
        st.lists(inner, max_size=3).map(lambda some: {"any": some}),
        inner.map(lambda one: {"not": one}),
    ),
    max_leaves=4,
)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    metric = draw(st.sampled_from(
        ["records", "filled", "distinct", "values", "repeated", "least", "most", "longest", "longer", "fitting", "latest",
         "days"]
    ))  # fmt: skip
    where = scope(draw(st.one_of(st.none(), CRITERIA)))
    if metric == "records":
        return Figure(metric="records", where=where, by=draw(st.sampled_from(["", *FIELDS])))
    if metric == "days":
        since, field = draw(st.tuples(*[st.sampled_from(["Day", "CreatedDate", "LastModifiedDate"])] * 2))
        return Figure(metric="days", field=field, since=since, where=where)
    fields = {
        "least": ORDERED,
        "most": ORDERED,
        "longest": [*TEXTUAL, "Tags"],
        "longer": TEXTUAL,
        "fitting": TEXTUAL,
    }.get(metric, list(FIELDS))
    field = draw(st.sampled_from(fields))
    if metric == "repeated" and field == "Tags":
        field = "Name"
    parted = metric in ("filled", "distinct", "longest", "fitting") and draw(st.booleans())
    return Figure(
        metric=metric, field=field, where=where, by=draw(st.sampled_from(list(FIELDS))) if parted else "",
        pattern=draw(st.sampled_from(PATTERNS)) if metric == "fitting" else "",
        most=draw(st.integers(0, 4)) if metric == "longer" else 0,
        blanks=draw(BLANKS) if not (metric == "values" and field == "Tags") else (),
    )  # fmt: skip


def agree(records: Records, rows: list[Row], asked: list[Figure]) -> None:
    """Every figure equals the oracle's."""
    try:
        answers = records.answer({OBJECT: asked})
        for figure in asked:
            found = answers[OBJECT, figure]
            assert found.known, (figure, found.evidence.reason)
            assert found.evidence.exactness == "value"
            told = (found.evidence.count, found.counts, found.text)
            assert told == oracle.answer(rows, figure), (figure, figure.criteria)
            if figure.metric == "days":
                assert found.evidence.of == len(oracle.elapsed(rows, figure))
    finally:
        records.close()


MANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
ASKED = st.lists(figures(), min_size=4, max_size=12, unique=True)


@MANY
@given(rows=ROWS, asked=ASKED)
def test_parquet(rows: list[Row], asked: list[Figure], tmp_path: Path) -> None:
    agree(in_parquet(tmp_path, rows), rows, asked)


@MANY
@given(rows=ROWS, asked=ASKED)
def test_duckdb(rows: list[Row], asked: list[Figure], tmp_path: Path) -> None:
    agree(in_duckdb(tmp_path, rows), rows, asked)


@MANY
@given(rows=ROWS, asked=ASKED)
def test_sqlite(rows: list[Row], asked: list[Figure], tmp_path: Path) -> None:
    told = [figure for figure in asked if (figure.metric, figure.field) != ("values", "Tags")]
    agree(in_sqlite(tmp_path, rows), rows, told)


@MANY
@given(rows=ROWS, asked=ASKED)
def test_postgresql(rows: list[Row], asked: list[Figure], postgres_url: str) -> None:
    agree(in_postgres(postgres_url, rows), rows, asked)
