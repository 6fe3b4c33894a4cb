"""The same from Spark as from DuckDB and PostgreSQL: what points elsewhere, normal forms, patterns, and whole audits."""

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crmgov.audit.records.files import FileRecords
from crmgov.audit.records.patterns import put
from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.cli.demo.neglect import NEGLECTS, plant
from crmgov.model.figures import Figure, Likeness, Records
from tests.audit.records.tables import quoted
from tests.audit.records.test_joins import CONTACTS, DEALS, FIELDS, USERS, check
from tests.audit.spark.conftest import spark_url
from tests.audit.spark.spread import spread
from tests.running import crmgov

NOW = dt.datetime(2026, 6, 15, tzinfo=dt.UTC)
Table = dict[str, list[Any]]
TYPES = {pa.int64(): "BIGINT", pa.bool_(): "BOOLEAN", pa.string(): "TEXT"}
pytestmark = pytest.mark.usefixtures("spark")


@pytest.fixture
def engines(tmp_path: Path, postgres_url: str) -> Iterator[Any]:
    """Given tables by name and the types of their fields, the same records in all three."""
    import psycopg

    with ExitStack() as stack:

        def opened(tables: dict[str, Table], fields: dict[str, dict[str, str]]) -> list[Records]:
            with psycopg.connect(postgres_url) as server:
                for name, columns in tables.items():
                    table = pa.table(columns)
                    pq.write_table(table, tmp_path / f"{name}.parquet")
                    described = ", ".join(f"{quoted(one.name)} {TYPES[one.type]}" for one in table.schema)
                    server.execute(f"CREATE TABLE {quoted(name)} ({described})".encode())
                    with server.cursor().copy(f"COPY {quoted(name)} FROM STDIN".encode()) as copy:
                        for row in zip(*columns.values(), strict=True):
                            copy.write_row(row)
            found = [
                FileRecords(tmp_path, fields, NOW), WarehouseRecords(postgres_url, fields, tmp_path, NOW),
                WarehouseRecords(spark_url(tmp_path), fields, tmp_path, NOW),
            ]  # fmt: skip
            for records in found:
                stack.callback(records.close)
            return found

        yield opened


def test_what_records_point_at_is_counted_once_though_it_stands_twice(engines: Any) -> None:
    contacts, users = (*CONTACTS, CONTACTS[1]), (*USERS, USERS[1])
    tables: dict[str, Table] = {
        "Deal": dict(zip(("Id", "Company", "Person", "Owner"), map(list, zip(*DEALS, strict=True)), strict=True)),
        "Contact": {"Id": [one for one, _ in contacts], "Company": [str(one) for _, one in contacts]},
        "User": {"Id": [one for one, _ in users], "IsActive": [on == 1 for _, on in users]},
    }
    tables["Deal"]["Company"] = [str(one) for one in tables["Deal"]["Company"]]
    for records in engines(tables, FIELDS):
        check(records, "IsActive", "Id")


ALIKE: list[tuple[tuple[str, Likeness], ...]] = [
    (("Name", "company_name"),), (("Name", "words"),), (("Email", "email"),), (("Phone", "phone"),),
    (("Website", "domain"),), (("Zip", "zip"),), (("Name", "company_name"), ("Email", "email")), (("Number", "exact"),),
]  # fmt: skip


def test_values_in_normal_form_are_the_same(engines: Any) -> None:
    table: Table = {
        "Name": ["Acme GmbH & Co. KG", "ACME", "O'Brien, Ltd.", "OBrien Limited", "Smörgås AS", "SMÖRGÅS A.S.", None, " ", "a\u2028\\b"],
        "Email": ["ann@ACME.example", " ann@acme.example\t", "bob@brien.example", "", "n/a", "N/A ", None, "x@y.example", "x@Y.example"],
        "Phone": ["+47 22 33 44 55", "0047-22334455", "+1 555 0100", "(1) 555.0100", "", None, "0", "00", "1"],
        "Website": ["https://www.a.example/x?y", "A.example", "mail@b.example", "http://b.example:80", "", None, "c.example#\n", "c.example/\u2028x", "www.c.example"],
        "Zip": ["SW1A 1AA", "sw1a1aa", "0150", "1050", "12-34", "12 34", None, "", "1234"],
        "Number": [1, 1, 2, 3, None, 5, 6, 7, 8],
    }  # fmt: skip
    fields = {"Account": {name: "integer" if name == "Number" else "text" for name in table}}
    asked = [
        Figure(metric=metric, alike=alike, blanks=("n/a",), most=most)
        for alike in ALIKE for metric, most in (("repeated", 0), ("values", 0), ("values", 2))
    ]  # fmt: skip
    told = []
    for records in engines({"Account": table}, fields):
        answers = records.answer({"Account": asked})
        told.append([(answers["Account", one].evidence.count, answers["Account", one].counts, answers["Account", one].text) for one in asked])  # fmt: skip
    assert told[0] == told[1] == told[2]
    assert [text for _, _, text in told[0][::3]] == ["3", "1", "2", "2", "3", "2", "1", "1"]


PIECES = st.sampled_from([
    "a", "Z", "é", ".", "\\.", "^", "$", "[a-c]", "[^a]", "[[]", "[]x]", "[^]]", "[a&&b]", "[\\s_]", "[[:alpha:]]", "[^[:digit:]x]", "[\\w-]",
    "\\d", "\\w", "\\W", "\\s", "\\S", "\\b", "\\B", "(?:a|b)", "(a)?", "+", "*", "{1,2}", "|", "\\\\", "\\$", "'", '"', "#", " ", "@", "\\t",
])  # fmt: skip
PATTERNS = st.lists(PIECES, min_size=1, max_size=5).map("".join)
LETTERS = st.text(alphabet="aBzé&[]-_^$.'\" \\#@\t\n\r\u0085\u2028١", max_size=5)


@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(patterns=st.lists(PATTERNS, min_size=30, max_size=30), texts=st.lists(LETTERS, min_size=20, max_size=20))
def test_patterns_find_the_same(patterns: list[str], texts: list[str], postgres_url: str) -> None:
    import duckdb
    import psycopg
    from pyspark.sql import SparkSession

    with duckdb.connect() as reference, psycopg.connect(postgres_url, autocommit=True) as server:
        asked = []
        for pattern in patterns:
            try:
                found = [
                    reference.execute("SELECT regexp_matches(?, ?, 's')", [text, pattern]).fetchall()[0][0]
                    for text in texts
                ]
            except duckdb.Error:
                continue
            asked.append((pattern, found))
        session = SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()
        for pattern, found in asked:
            rows = session.sql(
                "SELECT transform(:texts, one -> regexp_like(one, :pattern)) AS found",
                args={"pattern": put(pattern, "pyspark"), "texts": _array(texts)},
            ).collect()
            assert list(rows[0].found) == found, pattern
            try:
                held = server.execute("SELECT array_agg(t ~ %s ORDER BY n) FROM unnest(%s::text[]) WITH ORDINALITY u(t, n)", [put(pattern, "postgres"), texts])  # fmt: skip
                assert held.fetchall()[0][0] == found, pattern
            except psycopg.errors.InvalidRegularExpression:
                continue


def _array(texts: list[str]) -> Any:
    from pyspark.sql.functions import array, lit

    return array(*map(lit, texts))


@pytest.fixture(scope="module")
def neglected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    assert crmgov("init", "--demo", str(folder)).returncode == 0
    return folder


def test_an_audit_finds_the_same_on_each_engine(neglected: Path, tmp_path: Path, postgres_url: str) -> None:
    planted = set(plant(neglected / ".crmgov/production.db"))
    assert len(planted) >= len(NEGLECTS)
    data = tmp_path / "data"
    data.mkdir()
    spread(neglected / ".crmgov/production.db", data, postgres_url)
    told = [_audited(neglected, tmp_path, records) for records in (str(data), postgres_url, spark_url(data))]
    for one in told:
        assert planted <= {(found["code"], found["address"]) for found in one["findings"]}
        assert one["verdicts"]
    assert len({found["code"] for found in told[0]["findings"]}) > 20
    assert told[1] == told[0]
    assert told[2] == told[0]


def _audited(repository: Path, folder: Path, records: str) -> Any:
    """What an audit tells: of a copy, as the next audit would compare itself with this one."""
    copy = folder / "copy"
    shutil.copytree(repository, copy, symlinks=True)
    done = crmgov("-C", str(copy), "audit", "production", "--records", records, "--format", "json")
    shutil.rmtree(copy)
    assert (done.returncode, done.stderr) == (0, "")
    return _without_source(json.loads(done.stdout))


def _without_source(found: Any) -> Any:
    """Everything but whence and when."""
    if isinstance(found, dict):
        return {name: _without_source(one) for name, one in found.items() if name not in ("source", "time")}
    return [_without_source(one) for one in found] if isinstance(found, list) else found
