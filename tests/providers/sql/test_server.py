"""The tests' own PostgreSQL server works."""

import psycopg


def test_each_database_is_empty_and_its_own(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchone()
    assert row == (0,)
