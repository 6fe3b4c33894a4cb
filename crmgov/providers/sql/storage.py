"""How a Field is stored: which columns, constraints and further tables it needs. Pure."""

from collections.abc import Callable, Mapping

import msgspec

from crmgov.model.address import address
from crmgov.model.canonical import Body
from crmgov.providers.sql.literals import default_sql
from crmgov.providers.sql.names import KEY, USERS, Names
from crmgov.providers.sql.physical import ForeignKey, Wanted
from crmgov.providers.sql.types import COMPUTED, FLOAT, POINTING, VALUED, sql_type

GEO_PARTS = ("latitude", "longitude")
ON_DELETE = {"set_null": "SET NULL", "restrict": "RESTRICT", "cascade": "CASCADE"}
RECORD, VALUE = "record", "value"
"""The columns of the table between records and the values of a multipicklist."""
VALUE_KEY = "name"
"""The key column of every value table."""
COLLECTION = {"Picklist": "values", "StageSet": "stages", "Field": "values"}
"""The attribute of each kind that its value table holds."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """The table between records and the values of a multipicklist."""

    table: str
    values: str | None
    """The value table its values come from; None where any value is taken."""


class Storage(msgspec.Struct, frozen=True, kw_only=True):
    """Where a Field's values stand. Neither columns nor link: only the definition is kept."""

    columns: tuple[Wanted, ...] = ()
    link: Link | None = None
    own_values: str = ""
    """The Field's own value table."""


def owns_values(body: Body) -> bool:
    """Whether a Field lists its own values, rather than sharing a picklist."""
    return body.get("type") in VALUED and not body.get("picklist") and bool(body.get("values"))


class Configuration:
    """The bodies crmgov keeps, as far as the storage of fields depends on them."""

    def __init__(self, names: Names, bodies: Mapping[str, Body], key_of: Callable[[str], str] = lambda _: KEY) -> None:
        self.names = names
        self.bodies = bodies
        self._key_of = key_of

    def value_set(self, name: str) -> tuple[str, Body]:
        """The value table of a shared set, and the set's body (empty where it does not exist)."""
        for kind in ("Picklist", "StageSet"):
            body = self.bodies.get(address(kind, name))
            if body is not None:
                return self.names.values(kind, name), body
        return self.names.values("Picklist", name), {}

    def object_table(self, name: str) -> str:
        """The table of an Object; ``User`` is the table of people where there is no Object of that name."""
        if name == "User" and "Object/User" not in self.bodies:
            return USERS
        return self.names.table(name)

    def storage(self, parent: str, name: str, body: Body) -> Storage:
        """The storage of a Field."""
        kind = body.get("type")
        if kind is None or kind in COMPUTED:
            return Storage()
        own = self.names.values("Field", name, parent) if owns_values(body) else ""
        if kind == "multipicklist":
            link = Link(table=self.names.link(parent, name), values=self._values_of(body, own))
            return Storage(link=link, own_values=own)
        if kind == "geolocation":
            columns = tuple(
                Wanted(name=self.names.column(name, part), type=FLOAT, required=bool(body.get("required")))
                for part in GEO_PARTS
            )
            return Storage(columns=columns)
        return Storage(columns=(self._column(name, body, own),), own_values=own)

    def _column(self, name: str, body: Body, own: str) -> Wanted:
        found = sql_type(body)
        assert found is not None
        default = body.get("default")
        return Wanted(
            name=self.names.column(name),
            type=found,
            required=bool(body.get("required")),
            unique=bool(body.get("unique")),
            default=None if default is None else default_sql(default, found, self.names.dialect),
            foreign=self._foreign(body, own),
        )

    def _values_of(self, body: Body, own: str) -> str | None:
        shared: Body = {}
        table = own
        if body.get("picklist"):
            table, shared = self.value_set(str(body["picklist"]))
        restricted = body.get("restricted")
        if restricted is None:
            restricted = shared.get("restricted")
        return table if table and restricted is not False else None

    def _foreign(self, body: Body, own: str) -> ForeignKey | None:
        kind = body["type"]
        if kind == "picklist":
            values = self._values_of(body, own)
            return None if values is None else ForeignKey(
                table=values, column=VALUE_KEY, on_delete="RESTRICT", on_update="CASCADE"
            )  # fmt: skip
        if kind not in POINTING:
            return None
        pointed = [USERS] if kind == "user" else [self.object_table(name) for name in body.get("references") or []]
        if len(pointed) != 1:
            return None  # nothing to point at, or several: no one table can be named
        return ForeignKey(table=pointed[0], column=self._key_of(pointed[0]), on_delete=ON_DELETE[on_delete(body)])


def on_delete(body: Body) -> str:
    """What happens to a record whose target is deleted: as stated, else as fits its type."""
    stated = body.get("on_delete")
    if stated:
        return str(stated)
    if body.get("type") == "master_detail":
        return "cascade"
    return "restrict" if body.get("required") else "set_null"
