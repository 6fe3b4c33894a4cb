"""SQLite and PostgreSQL keep the provider contract."""

import itertools
from pathlib import Path

import pytest

from crmgov.providers.sql.provider import SqlProvider
from tests.providers.contract import ProviderContract
from tests.providers.governed import Fresh, Site

FILLS = {"Field": frozenset({"required", "unique", "on_delete"})}
_numbers = itertools.count()


class TestSqlite(ProviderContract):
    fills = FILLS

    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Fresh:
        def make() -> Site:
            url = f"sqlite:///{next(_numbers)}.db"

            def reopen() -> SqlProvider:
                return SqlProvider(url, root=tmp_path, kind="sandbox")

            reopen().initialise()
            return Site(reopen, tmp_path)

        return make


class TestPostgres(ProviderContract):
    fills = FILLS

    @pytest.fixture
    def fresh(self, tmp_path: Path, postgres_url: str) -> Fresh:
        def make() -> Site:
            schema = f"s{next(_numbers)}"

            def reopen() -> SqlProvider:
                return SqlProvider(postgres_url, root=tmp_path, kind="sandbox", schema=schema)

            reopen().initialise()
            return Site(reopen, tmp_path)

        return make
