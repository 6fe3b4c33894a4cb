"""Which database it is, where it may lie, and what is said when it is not there."""

import shutil
from pathlib import Path

import pytest

from crmgov.model.operations import Operation
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot
from crmgov.providers.sql.provider import SqlProvider
from tests.providers.sql.databases import Db


def code_of(call: object) -> str:
    with pytest.raises(ProviderError) as told:
        call()  # type: ignore[operator]
    return told.value.diagnostic.code


def test_an_identity_is_written_once_and_by_initialise_alone(db: Db) -> None:
    first = db.provider.identity()
    assert len(first.instance) == 32
    assert (first.provider, first.kind) == ("sql", "sandbox")
    assert db.provider.initialise("sandbox", "other") == first
    assert code_of(lambda: db.provider.initialise("production", "other")) == "SQL011"
    assert db.provider.identity() == first


def test_a_copied_database_has_the_same_identity(sqlite: Db) -> None:
    shutil.copy(sqlite.root / "crm.db", sqlite.root / "copy.db")
    copy = SqlProvider("sqlite:///copy.db", root=sqlite.root, kind="sandbox")
    assert copy.identity() == sqlite.provider.identity()


def test_a_file_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    provider = SqlProvider("sqlite:///no/such.db", root=tmp_path, kind="sandbox")
    assert code_of(provider.identity) == "SQL002"
    assert code_of(lambda: provider.read(Scope())) == "SQL002"
    (batch,) = provider.batches("run", [Operation(step=1, action="add", address="Role/R", after={})])
    assert code_of(lambda: provider.settle(batch, b"")) == "SQL002"
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_identity_is_read_and_not_changed(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE t (id integer PRIMARY KEY, x text)")
    provider = SqlProvider("sqlite:///a.db", root=tmp_path, kind="sandbox")
    before = (tmp_path / "a.db").read_bytes()
    assert set(provider.read(Scope())) == {"Object/t", "Field/t.x"}
    assert code_of(provider.identity) == "SQL003"
    (batch,) = provider.batches("run", [Operation(step=1, action="add", address="Role/R", after={})])
    assert code_of(lambda: provider.settle(batch, b"")) == "SQL003"
    assert code_of(lambda: provider.settled(batch, None)) == "SQL003"
    assert (tmp_path / "a.db").read_bytes() == before


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("this is no database, whatever its name says\n" * 50)
    (tmp_path / "folder").mkdir()
    for name in ("a.db", "folder"):
        assert code_of(SqlProvider(f"sqlite:///{name}", root=tmp_path, kind="sandbox").identity) == "SQL002"


@pytest.mark.parametrize(
    "url",
    ["sqlite:///../a.db", "sqlite:////etc/a.db", "sqlite:///x/../../a.db", "sqlite:///link/a.db", "sqlite://", "sqlite:///",
     "sqlite:///:memory:", "sqlite:///a.db?mode=memory", "sqlite://host/a.db", "sqlite:///file:a.db", "mysql://x/y", "nonsense",
     "", "oracle+cx://x", "postgresql+asyncpg://h/x", "sqlite:///."],
)  # fmt: skip
def test_urls_that_lead_elsewhere_are_refused(tmp_path: Path, url: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(tmp_path)
    assert code_of(lambda: SqlProvider(url, root=root, kind="sandbox")) == "SQL001"


def test_names_of_files_may_be_odd(tmp_path: Path) -> None:
    provider = SqlProvider("sqlite:///a dir/ä?b#c%41.db".replace("?", "%3F"), root=tmp_path, kind="sandbox")
    provider.initialise()
    assert provider.identity().kind == "sandbox"
    assert [path.parent.name for path in tmp_path.rglob("*.db")] == ["a dir"]


def test_a_server_that_does_not_answer_is_told_without_the_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    url = f"postgresql://ana:s3cret@/crm?host={tmp_path}"
    with pytest.raises(ProviderError) as told:
        SqlProvider(url, root=tmp_path, kind="sandbox").identity()
    assert told.value.diagnostic.code == "SQL002"
    assert "s3cret" not in str(told.value.diagnostic)


def test_a_schema_of_its_own(postgres_url: str, tmp_path: Path) -> None:
    one = SqlProvider(postgres_url, root=tmp_path, kind="sandbox", schema='odd "name')
    two = SqlProvider(postgres_url, root=tmp_path, kind="production", schema="other")
    assert code_of(one.identity) == "SQL002"
    one.initialise()
    two.initialise()
    assert one.identity().instance != two.identity().instance
    (batch,) = one.batches("run", [Operation(step=1, action="add", address="Object/O", after={})])
    one.settle(batch, b"")
    assert set(one.read(Scope())) == {"Object/O"}
    assert set(two.read(Scope())) == set()


def test_a_scope_names_what_is_read(db: Db) -> None:
    db.want({"Object/A": {}, "Object/B": {}, "Field/A.F": {"type": "text"}})
    found = db.provider.read(Scope(addresses=frozenset({"Field/A.F", "Object/B", "Object/Nowhere"})))
    assert set(found) == {"Field/A.F", "Object/B"}
    assert found.body("Field/A.F") == db.live()["Field/A.F"]


def test_text_that_is_no_text_is_told_without_being_shown(sqlite: Db) -> None:
    sqlite.want({"Object/Lead": {}, "Field/Lead.F": {"type": "text"}})
    sqlite.hand('INSERT INTO "Lead" ("F") VALUES (CAST(x\'73656372657420ff\' AS TEXT))')
    message = sqlite.change("Field/Lead.F", type="integer").message
    assert "not UTF-8" in message
    assert "secret" not in message


def test_a_name_of_the_server_itself_is_never_meant(postgres_url: str, tmp_path: Path) -> None:
    db = Db(postgres_url, tmp_path)
    found = db.provider.normalise(Snapshot.of("", {"Object/pg_class": {}, "Field/pg_class.F": {"type": "text"}}))
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["SQL005"]
    db.hand('CREATE TABLE "pg_mine" (id int)', "CREATE SCHEMA other", 'CREATE TABLE other."Lead" (id int)')
    assert db.live() == {}
