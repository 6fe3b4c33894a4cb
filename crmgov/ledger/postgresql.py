"""A ledger in a PostgreSQL database that several machines share."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from crmgov.ledger import codes
from crmgov.ledger.errors import failed
from crmgov.ledger.sqlstore import SqlStore

SCHEMA = "crmgov_ledger"
_PREPARE = (
    # Two first writers at once must not both make the tables; the number is the lock's name and has no other meaning.
    "SELECT pg_advisory_xact_lock(7236834126)",
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
)


class PostgresqlStore(SqlStore):
    """A store in a schema of its own."""

    def __init__(self, url: str, ledger: str) -> None:
        try:
            address = sa.make_url(url).set(drivername="postgresql+psycopg")
            engine = sa.create_engine(
                address,
                poolclass=sa.pool.StaticPool,
                # A read takes several statements and must see one state; writers meet at the root's row.
                isolation_level="REPEATABLE READ",
                connect_args={"connect_timeout": 10, "options": "-c lock_timeout=10s"},
            )
        except ImportError as error:
            message = "A ledger in PostgreSQL needs psycopg: pip install 'crmgov[postgresql]'"
            raise failed(codes.BAD_ADDRESS, message) from error
        except (sa.exc.ArgumentError, ValueError) as error:
            # What SQLAlchemy says may repeat the address, and a password with it.
            raise failed(codes.BAD_ADDRESS, "The ledger's address is not the URL of a database") from error
        if "@" in (address.host or ""):
            raise failed(
                codes.BAD_ADDRESS, "The ledger's address has an @ within its user or password; write it as %40"
            )
        place = f"{address.host or 'localhost'}/{address.database}"
        making = {"isolation_level": "READ COMMITTED"}
        super().__init__(
            engine, ledger, place, insert=insert, prepare=_PREPARE, making=making, schema=SCHEMA, collation="C"
        )
