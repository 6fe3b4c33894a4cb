"""What one batch works on: the open transaction, the tables as they are now, and the bodies kept."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from crmgov.model.address import parse
from crmgov.model.canonical import Body
from crmgov.model.flat import build, flatten
from crmgov.model.normal import canonical_body
from crmgov.model.translate import Renames
from crmgov.providers.sql import metadata
from crmgov.providers.sql.dialect import Database, Ddl
from crmgov.providers.sql.errors import Refused
from crmgov.providers.sql.names import KEY
from crmgov.providers.sql.physical import Catalog, Column, Table, Wanted
from crmgov.providers.sql.reading import Live
from crmgov.providers.sql.storage import Configuration

SHOWN = 10
"""How many record keys a message names."""


def tidy(kind: str, body: Body) -> Body:
    """A body as it is kept: canonical, and without what is empty, which reads as absent."""
    flat = flatten(kind, canonical_body(kind, body))
    kept = {route: value for route, value in flat.items() if value is not None and value not in ([], {})}
    return build(kind, kept)


class Work:
    """The state of one batch."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self.database = database
        self.connection = connection
        self.names = database.names
        self.catalog: Catalog = database.inspect(connection)
        self.ddl: Ddl = database.ddl(connection)
        self.live = Live(connection, self.names, self.catalog)
        self.bodies = self.live.bodies
        self.configuration = Configuration(self.names, self.bodies, self.key_of)

    def key_of(self, table: str) -> str:
        """The single key column of a table. Raises Refused where it has none."""
        found = self.catalog.get(table)
        if found is None:
            raise Refused(f'there is no table "{table}" to point at')
        if len(found.key) != 1:
            raise Refused(f'the table "{table}" has no key of one column')
        return found.key[0]

    def refresh(self, *names: str) -> None:
        """Look at tables again after they were changed."""
        for name in names:
            now = self.database.inspect(self.connection, name).get(name)
            if now is None:
                self.catalog.drop(name)
            else:
                self.catalog.put(now)

    def create_plain(self, name: str, columns: Sequence[Wanted], key: str) -> Table:
        """Make a table without foreign keys and further uniqueness; it is known without another look."""
        self.ddl.create_table(name, columns, key=[key])
        made = {c.name: Column(name=c.name, type=c.type, nullable=not c.required, default=c.default) for c in columns}
        table = Table(name=name, columns=made, key=(key,))
        self.catalog.put(table)
        return table

    def table(self, object_name: str) -> Table:
        """The table of an Object. Raises Refused where there is none."""
        found = self.catalog.get(self.configuration.object_table(object_name))
        if found is None:
            raise Refused(f"there is no table for {object_name}")
        return found

    def keep(self, address: str, body: Body) -> None:
        """Keep a body, values left out that stand in a table of their own."""
        self.bodies[address] = body
        metadata.store(self.connection, address, body)

    def forget(self, address: str) -> None:
        """Keep a body no longer."""
        self.bodies.pop(address, None)
        metadata.forget(self.connection, [address])

    def rename(self, old: str, new: str) -> None:
        """Write the new name wherever the old one is kept; children follow their Object."""
        renames = Renames({old: new})
        for text, body in list(self.bodies.items()):
            at = parse(text)
            parent = at.name if at.kind == "Object" else at.parent
            after, place = renames.body(at.kind, body, parent), renames.address(text)
            if after is not body or place != text:
                self.forget(text)
                self.keep(place, after)

    def count(self, table: Table, *conditions: Any) -> int:
        """How many rows of a table meet all conditions."""
        query: Any = sa.select(sa.func.count()).select_from(sa.table(table.name)).where(*conditions)
        return int(self.connection.execute(query).scalar_one())

    def keys(self, table: Table, condition: Any) -> list[object]:
        """The keys of the first rows that meet a condition."""
        if len(table.key) != 1:
            return []
        query: Any = sa.select(sa.column(table.key[0])).select_from(sa.table(table.name)).where(condition)
        return list(self.connection.execute(query.order_by(sa.column(table.key[0])).limit(SHOWN)).scalars())

    def refuse_rows(self, table: Table, condition: Any, what: str) -> None:
        """Raise Refused, with count and keys, where rows meet a condition."""
        found = self.count(table, condition)
        if found:
            raise Refused(with_keys(f"{records(found)} {what}", found, self.keys(table, condition)))

    def stream(self, table: Table, *columns: str) -> Iterator[Sequence[Any]]:
        """Rows of (key, column, ...), unsorted, a few at a time."""
        if len(table.key) != 1:
            raise Refused(f'the table "{table.name}" has no key of one column')
        query: Any = sa.select(*map(sa.column, (table.key[0], *columns))).select_from(sa.table(table.name))
        streaming = self.connection.execute(query, execution_options={"yield_per": 2000})
        yield from streaming


def records(count: int) -> str:
    """A number of records in words."""
    return f"{count:,} record" if count == 1 else f"{count:,} records"


def with_keys(text: str, count: int, keys: Iterable[object]) -> str:
    """A message with the keys of the records it speaks of."""
    shown = [str(key) for key in keys]
    if not shown:
        return text
    more = f" and {count - len(shown):,} more" if count > len(shown) else ""
    return f"{text} ({KEY} {', '.join(shown)}{more})"
