"""Identifiers: how native names become names of tables and columns.

An Object's table and a Field's column are called as the resource is. Everything else crmgov makes begins with
``crmgov_``, which no Object may. PostgreSQL keeps 63 bytes of an identifier, so longer ones are cut and end in a hash
of the whole; SQLite keeps all. SQLite takes names that differ in the case of ASCII letters for the same, PostgreSQL
(always quoted here) does not: :func:`fold` is the identity there.
"""

import hashlib
from typing import Literal

from crmgov.model.address import quote

DialectName = Literal["sqlite", "postgresql"]
InstanceKind = Literal["sandbox", "production"]
"""What a database says that it is."""

PREFIX = "crmgov_"
KEY = "id"
"""The primary key of every Object's table."""
USERS = "crmgov_users"
"""The table that fields of type user point at."""
SYSTEM_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
"""PostgreSQL's own columns of every table."""
_LIMIT = {"sqlite": 0, "postgresql": 63}
_FOLDING = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}


class Names:
    """The naming rules of one dialect."""

    def __init__(self, dialect: DialectName) -> None:
        self.dialect = dialect
        self._limit = _LIMIT[dialect]

    def fold(self, name: str) -> str:
        """A key equal for names that the database takes for the same."""
        if self.dialect != "sqlite":
            return name
        return name.lower() if name.isascii() else name.translate(_FOLDING)

    def identifier(self, name: str) -> str:
        """The name as the database keeps it."""
        data = name.encode()
        if not self._limit or len(data) <= self._limit:
            return name
        mark = "_" + hashlib.blake2b(data, digest_size=5).hexdigest()
        return data[: self._limit - len(mark)].decode(errors="ignore") + mark

    def table(self, object_name: str) -> str:
        """The table of an Object."""
        return self.identifier(object_name)

    def column(self, field: str, part: str = "") -> str:
        """The column of a Field, or one of its further columns."""
        return self.identifier(f"{field}.{part}" if part else field)

    def values(self, kind: str, name: str, parent: str | None = None) -> str:
        """The table that holds the values of a Picklist, a StageSet, or a Field's own."""
        word = {"Picklist": "picklist", "StageSet": "stages", "Field": "values"}[kind]
        return self.identifier(PREFIX + word + "_" + _local(name, parent))

    def link(self, parent: str, name: str) -> str:
        """The table that links records with the values of a multipicklist."""
        return self.identifier(PREFIX + "links_" + _local(name, parent))

    def own_column(self, name: str) -> bool:
        """Whether every table has a column of this name already."""
        return self.fold(name) == KEY or (self.dialect == "postgresql" and name in SYSTEM_COLUMNS)

    def reserved(self, name: str) -> bool:
        """Whether a table name belongs to crmgov or to the database itself."""
        own = {"sqlite": "sqlite_", "postgresql": "pg_"}[self.dialect]
        return name.lower().startswith((PREFIX, own))


def _local(name: str, parent: str | None) -> str:
    return name if parent is None else f"{quote(parent)}.{quote(name)}"
