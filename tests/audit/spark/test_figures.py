"""Every figure that Spark gives is what plain Python says it is, as on the other engines."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.figures import Figure, scope
from tests.audit.records.tables import FIELDS, NOW, OBJECT, Row, in_parquet
from tests.audit.records.test_figures import ROWS, agree, figures
from tests.audit.spark.conftest import spark_url

pytestmark = pytest.mark.usefixtures("spark")
MANY = st.lists(figures(), min_size=30, max_size=30, unique=True)
SOME = settings(max_examples=5, phases=[Phase.generate], suppress_health_check=list(HealthCheck))

TEXTS = [
    "", " ", "\v", "\va\f", "a", "A", " a\n", "\u00a0a", "ÖVRIGT", " Övrigt\v", "\tn/a", "x\\y", "\\n", "`q`", '"q"', "it's", "''",
    "${x}", "${spark.app.name}", "$1", "{{x}}", "%s", "50%", "a_b", "--", "/*", "\U0001f600", "e\u0301", "ΟΔΟΣ", "İs", "5", "0", "1e400",
]  # fmt: skip
NUMBERS = [0, 1, -1, 2**63 - 1, -(2**63), 2**53 + 1, 10**15]
FLOATS = [0.0, -0.0, float("nan"), float("inf"), float("-inf"), 1e20, 0.1, 123456789012345680.0]
PRICES = [Decimal("0.00"), Decimal("9999999999.99"), Decimal("-0.01"), Decimal("5.00")]
DAYS = [dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.date(1582, 10, 10), dt.date(2026, 2, 28)]
MOMENTS = [
    dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59), dt.datetime(1582, 10, 10, 1, 2, 3),
    dt.datetime(2026, 3, 29, 2, 30), dt.datetime(1969, 12, 31, 23, 59, 59), dt.datetime(2026, 11, 22),
]  # fmt: skip
SAID = [text for text in TEXTS if text.strip()]


def _hostile() -> list[Row]:
    def nth(some: list[Any], number: int) -> Any:
        return [*some, None][number % (len(some) + 1)]

    return [
        {
            "Name": text, 'say "hi"': nth(TEXTS, at + 1), "select": text * 2, "50% of_x": text, "Tags": f"{text};a;;{text}",
            "order by": nth(NUMBERS, at), "Amount": nth(FLOATS, at), "Price": nth(PRICES, at), "Day": nth(DAYS, at),
            "CreatedDate": nth(MOMENTS, at), "LastModifiedDate": nth(MOMENTS, at + 1), "Ünï": nth([True, False], at),
        }
        for at, text in enumerate(TEXTS)
    ]  # fmt: skip


def _all_about(field: str) -> list[Figure]:
    blanks = ("n/a", "övrigt", "0", "-0", "5")
    metrics = ["filled", "distinct", "values"]
    metrics += ["least", "most"] if FIELDS[field] in ("integer", "decimal", "currency", "date", "datetime") else []
    metrics += ["repeated"] if field != "Tags" else []
    metrics += ["longest"] if FIELDS[field] in ("text", "picklist", "multipicklist") else []
    several = [Figure(metric=metric, field=field) for metric in metrics]  # type: ignore[arg-type]
    several += [
        Figure(metric=metric, field=field, blanks=blanks)  # type: ignore[arg-type]
        for metric in metrics if (metric, field) != ("values", "Tags")
    ]  # fmt: skip
    several += [Figure(metric="values", field=field, most=2)] if FIELDS[field] == "text" else []
    return [*several, Figure(metric="records", by=field)]


def _opened(folder: Path, rows: list[Row]) -> WarehouseRecords:
    in_parquet(folder, rows).close()
    return WarehouseRecords(spark_url(folder), {OBJECT: FIELDS}, folder, NOW)


@SOME
@given(rows=ROWS, asked=MANY)
def test_every_figure_is_what_python_says(rows: list[Row], asked: list[Figure], tmp_path: Path) -> None:
    agree(_opened(tmp_path, rows), rows, asked)


def test_values_that_look_like_something_else_are_counted_as_they_stand(tmp_path: Path) -> None:
    rows = _hostile()
    agree(_opened(tmp_path, rows), rows, [figure for field in FIELDS for figure in _all_about(field)])


def test_what_is_compared_with_is_taken_as_it_stands(tmp_path: Path) -> None:
    rows = _hostile()
    asked = [
        Figure(metric="records", where=scope({"field": "Name", "op": op, "value": text}))
        for text in SAID for op in ("equals", "not_equals", "contains", "not_contains", "starts_with")
    ]  # fmt: skip
    asked += [
        Figure(metric="records", where=scope({"field": "Tags", "op": "includes", "value": [text]})) for text in SAID
    ]
    numbers: list[int | float] = [0, 2**63 - 1, 2**53 + 1, 0.1, 1e300, -0.01]
    asked += [
        Figure(metric="records", where=scope({"field": field, "op": op, "value": value}))
        for field in ("order by", "Amount", "Price") for value in numbers for op in ("equals", "less", "greater_or_equal")
        if (field, value) != ("order by", 2**53 + 1) and not (field == "Price" and value == -0.01)
    ]  # fmt: skip
    agree(_opened(tmp_path, rows), rows, asked)
