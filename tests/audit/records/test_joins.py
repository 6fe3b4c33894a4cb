"""Figures that look past a lookup, at what a record points at."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

from crmgov.audit.records.database import DatabaseRecords
from crmgov.audit.records.files import FileRecords
from crmgov.audit.records.warehouse import WarehouseRecords
from crmgov.model.figures import Figure, Records, scope
from crmgov.model.provider import Stored

NOW = dt.datetime(2026, 6, 15, tzinfo=dt.UTC)
VIA = (("Person", "Contact"), ("Owner", "User"))
FIELDS = {
    "Deal": {"Company": "lookup", "Person": "lookup", "Owner": "user"},
    "Contact": {"Company": "lookup"},
    "User": {"IsActive": "boolean"},
}
DEALS = ((1, 1, 11, 1), (2, 1, 12, 2), (3, 2, 12, 2), (4, 2, None, 9), (5, 1, 77, 1))
CONTACTS = ((11, 1), (12, 2))
USERS = ((1, 1), (2, 0))

STORED = [
    Stored(object="Deal", table="Deal", key="id", columns={name: name for name in FIELDS["Deal"]}),
    Stored(object="Contact", table="Contact", key="id", columns={"Company": "Company"}),
    Stored(object="User", table="crmgov_users", key="id", columns={"active": "active"}),
    Stored(object="Gone", table="Gone", key="id"),
]


def counted(records: Records, criteria: dict[str, object], via: tuple[tuple[str, str], ...] = VIA) -> int | None:
    figure = Figure(metric="records", where=scope(criteria), via=via)
    answer = records.answer({"Deal": [figure]})["Deal", figure]
    assert answer.known, answer.evidence.reason
    return answer.evidence.count


def check(records: Records, active: str, key: str) -> None:
    holdings = records.holdings()
    assert holdings["User"].active == active
    assert holdings["Contact"].key == key
    assert counted(records, {"field": f"Owner.{active}", "op": "equals", "value": False}) == 2
    assert counted(records, {"field": "Company", "op": "not_equals", "other_field": "Person.Company"}) == 1
    gone = {"all": [{"field": "Person", "op": "present"}, {"field": f"Person.{key}", "op": "blank"}]}
    assert counted(records, gone) == 1
    assert counted(records, {"field": "Company", "op": "present"}) == 5
    lost = Figure(metric="records", via=(("Company", "Account"),))
    assert "Account" in records.answer({"Deal": [lost]})["Deal", lost].evidence.reason
    wrong = Figure(metric="records", via=(("Nobody", "Contact"),))
    assert "Nobody" in records.answer({"Deal": [wrong]})["Deal", wrong].evidence.reason


def test_a_database_is_joined(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "crm.db")) as connection, connection:
        connection.execute("CREATE TABLE Deal (id INTEGER PRIMARY KEY, Company, Person INTEGER, Owner INTEGER)")
        connection.execute("CREATE TABLE Contact (id INTEGER PRIMARY KEY, Company)")
        connection.execute("CREATE TABLE crmgov_users (id INTEGER PRIMARY KEY, active BOOLEAN)")
        connection.executemany("INSERT INTO Deal VALUES (?, ?, ?, ?)", DEALS)
        connection.executemany("INSERT INTO Contact VALUES (?, ?)", CONTACTS)
        connection.executemany("INSERT INTO crmgov_users VALUES (?, ?)", USERS)
    records = DatabaseRecords("crm", "sqlite:///crm.db", STORED, tmp_path, NOW)
    try:
        assert "Gone" not in records.holdings()
        check(records, "active", "id")
    finally:
        records.close()


def test_files_are_joined_and_a_record_that_stands_twice_counts_once(tmp_path: Path) -> None:
    rows = {"Deal": DEALS, "Contact": (*CONTACTS, CONTACTS[1]), "User": (*USERS, USERS[1])}
    for name, held in rows.items():
        lines = [",".join(["Id", *FIELDS[name]])]
        lines += [",".join("" if one is None else str(one) for one in row) for row in held]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n")
    records = FileRecords(tmp_path, FIELDS, NOW)
    try:
        check(records, "IsActive", "Id")
    finally:
        records.close()


def test_a_warehouse_is_joined_though_nothing_vouches_for_its_keys(postgres_url: str, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect(postgres_url) as connection, connection.cursor() as cursor:
        cursor.execute('CREATE TABLE "Deal" ("Id" INT, "Company" TEXT, "Person" INT, "Owner" BIGINT)')
        cursor.execute('CREATE TABLE "Contact" ("Id" INT, "Company" TEXT)')
        cursor.execute('CREATE TABLE "User" ("Id" INT, "IsActive" BOOLEAN)')
        cursor.executemany('INSERT INTO "Deal" VALUES (%s, %s, %s, %s)', DEALS)
        cursor.executemany('INSERT INTO "Contact" VALUES (%s, %s)', (*CONTACTS, CONTACTS[1]))
        cursor.executemany('INSERT INTO "User" VALUES (%s, %s)', [(key, on == 1) for key, on in (*USERS, USERS[1])])
    records = WarehouseRecords(postgres_url, FIELDS, tmp_path, NOW)
    try:
        check(records, "IsActive", "Id")
    finally:
        records.close()


def test_postgresql_is_joined(postgres_url: str, tmp_path: Path) -> None:
    import psycopg

    url = postgres_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url) as connection:
        connection.execute('CREATE TABLE "Deal" (id INT PRIMARY KEY, "Company" TEXT, "Person" INT, "Owner" BIGINT)')
        connection.execute('CREATE TABLE "Contact" (id INT PRIMARY KEY, "Company" TEXT)')
        connection.execute("CREATE TABLE crmgov_users (id INT PRIMARY KEY, active BOOLEAN)")
        with connection.cursor() as cursor:
            cursor.executemany('INSERT INTO "Deal" VALUES (%s, %s, %s, %s)', DEALS)
            cursor.executemany('INSERT INTO "Contact" VALUES (%s, %s)', CONTACTS)
            cursor.executemany("INSERT INTO crmgov_users VALUES (%s, %s)", [(key, on == 1) for key, on in USERS])
    records = DatabaseRecords("crm", postgres_url, STORED, tmp_path, NOW)
    try:
        check(records, "active", "id")
    finally:
        records.close()
