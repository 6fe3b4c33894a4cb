"""Where records lie: the table of each object, and the columns of its fields. Pure."""

from crmgov.model.canonical import Body
from crmgov.model.provider import Stored, StoredLink
from crmgov.model.snapshot import Snapshot
from crmgov.providers.sql.capable import SqlCatalogue
from crmgov.providers.sql.names import KEY, USERS, Names
from crmgov.providers.sql.storage import RECORD, VALUE, Configuration

PEOPLE = "User"


def stored(snapshot: Snapshot, names: Names, schema: str | None) -> list[Stored]:
    """Every object of a snapshot that has a table; a place, which lies in two columns, is known by the first."""
    bodies: dict[str, Body] = {
        address: snapshot.body(address)
        for kind in ("Object", "Picklist", "StageSet")
        for address, _ in snapshot.of_kind(kind)
    }
    configuration = Configuration(names, bodies)
    columns: dict[str, dict[str, str]] = {at.name: {} for _, at in snapshot.of_kind("Object")}
    links: dict[str, dict[str, StoredLink]] = {name: {} for name in columns}
    firm: dict[str, list[str]] = {name: [] for name in columns}
    for address, at in snapshot.of_kind("Field"):
        parent = at.parent or ""
        if parent not in columns:
            continue
        storage = configuration.storage(parent, at.name, snapshot.body(address))
        if storage.link is not None:
            links[parent][at.name] = StoredLink(table=storage.link.table, record=RECORD, value=VALUE)
        elif storage.columns:
            columns[parent][at.name] = storage.columns[0].name
            # SQLite keeps references only for those who ask it to.
            if storage.columns[0].foreign is not None and names.dialect == "postgresql":
                firm[parent].append(at.name)
    found = [
        Stored(
            object=name, table=configuration.object_table(name), key=KEY, schema=schema or "",
            columns=columns[name], links=links[name], firm=tuple(firm[name]),
        )
        for name in columns
    ]  # fmt: skip
    if PEOPLE not in columns:
        # The people that fields of type user point at; every such database has them.
        own = {name: name for name in SqlCatalogue().names("Field", PEOPLE)}
        found.append(Stored(object=PEOPLE, table=USERS, key=KEY, schema=schema or "", columns=own))
    return found
