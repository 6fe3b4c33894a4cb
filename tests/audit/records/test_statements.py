"""One pass an object: statements counted as they are carried out."""

from pathlib import Path
from typing import Any

from crmgov.audit.records.database import EngineRecords
from crmgov.model.figures import Figure, Records, scope
from tests.audit.records.tables import FIELDS, OBJECT, Row, in_duckdb, in_parquet, in_sqlite

RECENT = scope({"field": "CreatedDate", "op": "greater_or_equal", "value": "$today-90"})


def _row(**given: Any) -> Row:
    return {**dict.fromkeys(FIELDS), **given}


def _carried_out(records: Records) -> list[str]:
    assert isinstance(records, EngineRecords)
    engine, found = records._engine, []
    run = engine.rows

    def counted(expression: Any) -> Any:
        found.append(engine.backend.compile(expression))
        return run(expression)

    records._asker._run = counted
    return found


def test_all_counts_of_all_fields_take_one_statement(tmp_path: Path) -> None:
    records = in_sqlite(tmp_path, [_row(Name="a")])
    ran = _carried_out(records)
    asked = [Figure(metric="records"), Figure(metric="records", where=RECENT)]
    for field in FIELDS:
        asked += [Figure(metric="filled", field=field, where=where) for where in (b"", RECENT)]
        asked.append(Figure(metric="latest", field=field))
    assert records.calls({OBJECT: asked})[OBJECT].statements == 1
    assert all(answer.known for _, answer in records.answer({OBJECT: asked}))
    assert len(ran) == 1
    records.close()


def test_exact_distinct_is_asked_of_twelve_fields_at_a_time_and_values_too(tmp_path: Path) -> None:
    records = in_duckdb(tmp_path, [_row(Name="a")])
    ran = _carried_out(records)
    fields = [field for field in FIELDS if field != "Tags"]
    wheres = [b"", RECENT]
    distinct = [Figure(metric="distinct", field=field, where=where) for field in fields for where in wheres]
    values = [Figure(metric="values", field=field, most=5) for field in fields]
    cost = records.calls({OBJECT: [*distinct, *values]})[OBJECT]
    assert (cost.fields, cost.figures, cost.statements) == (11, 33, 3)
    records.answer({OBJECT: [*distinct, *values]})
    assert len(ran) == 3
    assert all(sql.count("COUNT(DISTINCT") <= 12 for sql in ran)
    records.close()


def test_an_estimate_is_called_one_and_is_exact_where_the_engine_has_none(tmp_path: Path) -> None:
    figure = Figure(metric="distinct", field="Name", exact=False)
    rows = [_row(Name="a"), _row(Name=" a"), _row(Name="b")]
    records = in_parquet(tmp_path, rows)
    found = records.answer({OBJECT: [figure]})[OBJECT, figure].evidence
    assert (found.exactness, bool(found.method)) == ("estimate", True)
    records.close()
    records = in_sqlite(tmp_path, rows)
    found = records.answer({OBJECT: [figure]})[OBJECT, figure].evidence
    assert (found.exactness, found.count) == ("value", 2)
    records.close()


def test_what_engines_disagree_on_is_unmeasured_with_the_reason_and_costs_nothing_else(tmp_path: Path) -> None:
    good = Figure(metric="filled", field="Name")
    bad = {
        Figure(metric="least", field="Name"): "order",
        Figure(metric="longest", field="Amount"): "no text",
        Figure(metric="filled", field="Nobody"): "no column",
        Figure(metric="filled", field="Name", where=scope({"field": "Name", "op": "less", "value": "b"})): "order",
        Figure(metric="filled", field="Name", where=scope({"field": "Day", "op": "was", "value": "b"})): "before",
        Figure(
            metric="filled", field="Name", where=scope({"field": "Name", "op": "equals", "value": "$user.role"})
        ): "who",
        Figure(
            metric="filled", field="Name", where=scope({"field": "Amount", "op": "less", "value": "x"})
        ): "something else",
        Figure(metric="values", field="Name", by="select"): "parted",
    }
    records = in_parquet(tmp_path, [_row(Name="a")])
    answers = records.answer({OBJECT: [good, *bad], "Nothing": [good]})
    assert answers[OBJECT, good].evidence.count == 1
    for figure, reason in bad.items():
        assert reason in answers[OBJECT, figure].evidence.reason, figure
    assert "no records of Nothing" in answers["Nothing", good].evidence.reason
    records.close()
