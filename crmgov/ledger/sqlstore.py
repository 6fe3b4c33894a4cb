"""A ledger in two tables of a database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from crmgov.ledger import codes
from crmgov.ledger.errors import failed
from crmgov.ledger.protocol import Seen

_CHUNK = 500
"""Names asked for in one statement; SQLite takes up to 32,766 values, older ones 999."""
_OVERTAKEN = ("40001", "40P01")
"""PostgreSQL's codes for a transaction that lost to another one."""

_NONE: Mapping[str, Any] = {}


class _Overtaken(Exception):  # noqa: N818 - a state, not an error
    """Somebody else wrote first."""


class SqlStore:
    """A store in the tables ``crmgov_ledger_roots`` (one row per ledger) and ``crmgov_ledger_files``.

    ``insert`` is the dialect's insert, ``prepare`` makes ready what the tables need, ``making`` are the
    transaction's options for that; both tables are made before the first write, never before a read. ``collation`` is
    the one in which names compare byte by byte.
    """

    def __init__(
        self,
        engine: sa.Engine,
        ledger: str,
        place: str,
        *,
        insert: Callable[[sa.Table], Any],
        prepare: Sequence[str] = (),
        making: Mapping[str, Any] = _NONE,
        schema: str | None = None,
        collation: str | None = None,
    ) -> None:
        self._engine = engine
        self._ledger = ledger
        self._place = place
        self._insert = insert
        self._prepare = prepare
        self._making = making
        self._exists = False
        self._metadata = sa.MetaData(schema=schema)
        self._roots = sa.Table(
            "crmgov_ledger_roots", self._metadata,
            sa.Column("ledger", sa.Text, primary_key=True),
            sa.Column("version", sa.BigInteger, nullable=False),
            sa.Column("data", sa.LargeBinary, nullable=False),
        )  # fmt: skip
        self._files = sa.Table(
            "crmgov_ledger_files", self._metadata,
            sa.Column("ledger", sa.Text, primary_key=True),
            sa.Column("name", sa.Text(collation=collation), primary_key=True),
            sa.Column("data", sa.LargeBinary, nullable=False),
        )  # fmt: skip

    def read(self, names: Sequence[str] = (), at: str | None = None) -> Seen:  # noqa: ARG002 - keeps no old states
        """The current state with these files, in one transaction."""
        roots = self._roots
        with self._connection(write=False) as connection:
            if not self._there(connection):
                return Seen(None, None, {})
            row = connection.execute(
                sa.select(roots.c.version, roots.c.data).where(roots.c.ledger == self._ledger)
            ).first()
            if row is None:
                return Seen(None, None, {})
            return Seen(str(row[0]), _bytes(row[1]), self._fetch(connection, names))

    def get(self, name: str) -> bytes | None:
        """One file that never changes once written."""
        with self._connection(write=False) as connection:
            return self._fetch(connection, (name,)).get(name) if self._there(connection) else None

    def write(self, expected: str | None, root: bytes, files: Mapping[str, bytes]) -> str | None:
        """Replace the root and write files in one transaction."""
        try:
            if expected is None:
                self._make()
            with self._connection(write=True) as connection:
                version = self._replace(connection, expected, root)
                self._save(connection, files)
                connection.commit()
        except _Overtaken:
            return None
        return str(version)

    def close(self) -> None:
        """Let go of connections."""
        self._engine.dispose()

    def _make(self) -> None:
        """Make the tables where they are missing, in a transaction that sees what another first writer just made."""
        with self._connection(write=True, **self._making) as connection:
            for statement in self._prepare:
                connection.execute(sa.text(statement))
            self._metadata.create_all(connection)
            connection.commit()

    def _replace(self, connection: sa.Connection, expected: str | None, root: bytes) -> int:
        """Write the root over the expected one; its version."""
        roots = self._roots
        if expected is None:
            version = 1
            first = self._insert(roots).values(ledger=self._ledger, version=version, data=root)
            changed = connection.execute(first.on_conflict_do_nothing())
        else:
            version = int(expected) + 1
            same = sa.and_(roots.c.ledger == self._ledger, roots.c.version == int(expected))
            changed = connection.execute(sa.update(roots).where(same).values(version=version, data=root))
        if changed.rowcount != 1:
            raise _Overtaken
        return version

    def _save(self, connection: sa.Connection, files: Mapping[str, bytes]) -> None:
        if not files:
            return
        insert = self._insert(self._files)
        upsert = insert.on_conflict_do_update(
            index_elements=["ledger", "name"], set_={"data": insert.excluded.data}
        )  # fmt: skip
        connection.execute(
            upsert, [{"ledger": self._ledger, "name": name, "data": data} for name, data in files.items()]
        )

    def _there(self, connection: sa.Connection) -> bool:
        """Whether the tables are there; once they are, they stay."""
        if not self._exists:
            self._exists = sa.inspect(connection).has_table(self._files.name, schema=self._files.schema)
        return self._exists

    def _fetch(self, connection: sa.Connection, names: Sequence[str]) -> dict[str, bytes]:
        files = self._files
        select = sa.select(files.c.name, files.c.data).where(files.c.ledger == self._ledger)
        found: dict[str, bytes] = {}
        single = [name for name in names if not name.endswith("/")]
        # The sign after the slash ends a folder's range.
        wanted = [
            sa.and_(files.c.name >= name, files.c.name < name[:-1] + "0") for name in names if name.endswith("/")
        ] + [files.c.name.in_(single[start : start + _CHUNK]) for start in range(0, len(single), _CHUNK)]
        for condition in wanted:
            found |= {name: _bytes(data) for name, data in connection.execute(select.where(condition))}
        return found

    @contextmanager
    def _connection(self, *, write: bool, **options: Any) -> Iterator[sa.Connection]:
        given = {"crmgov_write": write, "preserve_rowcount": True, **options}
        try:
            with self._engine.connect().execution_options(**given) as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            if getattr(getattr(error, "orig", None), "sqlstate", "") in _OVERTAKEN:
                raise _Overtaken from error
            cause = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
            raise failed(codes.UNREACHABLE, f"The ledger at {self._place} cannot be used: {cause}") from error


def _bytes(data: object) -> bytes:
    """What a column holds; a SQLite file that somebody edited may hold text."""
    return data.encode() if isinstance(data, str) else bytes(data) if isinstance(data, (bytes, memoryview)) else b""
