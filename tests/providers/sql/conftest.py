"""The database each test runs on."""

from pathlib import Path

import pytest

from tests.providers.sql.databases import Db


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Db:
    url = "sqlite:///crm.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    return Db(url, tmp_path)


@pytest.fixture
def sqlite(tmp_path: Path) -> Db:
    return Db("sqlite:///crm.db", tmp_path)
