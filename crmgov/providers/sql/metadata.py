"""crmgov's own tables: identity, what has no relational form, what was applied, vendor files, people."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy import Connection

from crmgov.model.canonical import Body, encode
from crmgov.providers.sql.names import PREFIX, USERS
from crmgov.providers.sql.physical import Catalog

_SCHEMA = sa.MetaData()
META = sa.Table(
    PREFIX + "meta", _SCHEMA,
    sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False),
)  # fmt: skip
RESOURCES = sa.Table(
    PREFIX + "resources", _SCHEMA,
    sa.Column("address", sa.Text, primary_key=True), sa.Column("body", sa.Text, nullable=False),
)  # fmt: skip
APPLIED = sa.Table(
    PREFIX + "applied", _SCHEMA,
    sa.Column("run", sa.Text, primary_key=True), sa.Column("batch", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False), sa.Column("outcomes", sa.Text, nullable=False),
)  # fmt: skip
BLOBS = sa.Table(
    PREFIX + "blobs", _SCHEMA,
    sa.Column("digest", sa.Text, primary_key=True), sa.Column("data", sa.LargeBinary, nullable=False),
)  # fmt: skip
PEOPLE = sa.Table(
    USERS, _SCHEMA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("username", sa.Text, nullable=False, unique=True), sa.Column("name", sa.Text),
    sa.Column("email", sa.Text), sa.Column("active", sa.Boolean),
)  # fmt: skip


def create(connection: Connection) -> None:
    """Make the tables that are missing."""
    _SCHEMA.create_all(connection)


def facts(connection: Connection, catalog: Catalog) -> dict[str, str]:
    """The identity's parts (``instance``, ``kind``, ``name``); empty where none was written."""
    if catalog.get(META.name) is None:
        return {}
    return {str(row[0]): str(row[1]) for row in connection.execute(sa.select(META.c.name, META.c.value))}


def write_facts(connection: Connection, known: Mapping[str, str]) -> None:
    """Write the identity's parts."""
    connection.execute(sa.insert(META), [{"name": name, "value": value} for name, value in known.items()])


def stored(connection: Connection, catalog: Catalog) -> dict[str, str]:
    """The JSON text of every resource kept."""
    if catalog.get(RESOURCES.name) is None:
        return {}
    rows = connection.execute(sa.select(RESOURCES.c.address, RESOURCES.c.body))
    return {str(address): str(body) for address, body in rows}


_STORE = sa.text(
    f"INSERT INTO {RESOURCES.name} (address, body) VALUES (:address, :body)"
    " ON CONFLICT (address) DO UPDATE SET body = excluded.body"
)  # fmt: skip


def store(connection: Connection, address: str, body: Body) -> None:
    """Keep a resource's body in place of what was kept."""
    connection.execute(_STORE, {"address": address, "body": encode(body).decode()})


def forget(connection: Connection, addresses: Iterable[str]) -> None:
    """Keep these resources no longer."""
    for address in addresses:
        connection.execute(sa.delete(RESOURCES).where(RESOURCES.c.address == address))


def save_blobs(connection: Connection, blobs: Mapping[str, bytes]) -> None:
    """Keep vendor files by digest."""
    held = set(connection.execute(sa.select(BLOBS.c.digest).where(BLOBS.c.digest.in_(list(blobs)))).scalars())
    rows = [{"digest": digest, "data": data} for digest, data in blobs.items() if digest not in held]
    if rows:
        connection.execute(sa.insert(BLOBS), rows)


def blobs(connection: Connection, catalog: Catalog) -> dict[str, bytes]:
    """All vendor files kept."""
    if catalog.get(BLOBS.name) is None:
        return {}
    rows = connection.execute(sa.select(BLOBS.c.digest, BLOBS.c.data))
    return {digest: bytes(data) for digest, data in rows}
