"""The live state: the database itself, joined with what crmgov keeps beside it."""

from collections import Counter
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from crmgov.model.address import Address, AddressError, address, parse, quote
from crmgov.model.canonical import Body
from crmgov.model.kinds import KINDS
from crmgov.model.snapshot import Coverage, Gap, Snapshot
from crmgov.providers.sql import metadata, values
from crmgov.providers.sql.capable import GOVERNED
from crmgov.providers.sql.fields import found_field, known_field
from crmgov.providers.sql.names import KEY, Names
from crmgov.providers.sql.physical import Catalog, Table
from crmgov.providers.sql.storage import COLLECTION, Configuration


class Live:
    """One look at a database: its tables and the bodies crmgov keeps, as far as they can be understood."""

    def __init__(self, connection: Connection, names: Names, catalog: Catalog) -> None:
        self.connection = connection
        self.names = names
        self.catalog = catalog
        self.bodies: dict[str, Body] = {}
        self.gaps: list[Gap] = []
        self.left: Counter[str] = Counter(catalog.left)
        for text, data in metadata.stored(connection, catalog).items():
            at = _address(text)
            body = None if at is None else _understood(at, data)
            if at is None:
                self.left["entries of crmgov_resources that name nothing"] += 1
            elif body is None:
                self._gap(at, "its entry in crmgov_resources was changed by hand and is not understood")
            else:
                self.bodies[text] = body
        self.configuration = Configuration(names, self.bodies)
        self._known: dict[str, list[Address]] = {}

    def _gap(self, at: Address, reason: str) -> None:
        gap = Gap(status="partial", reason=f"{at.resource}: {reason}", kind=at.kind, parent=at.parent)
        self.gaps.append(gap)

    def resources(self) -> dict[str, Body]:
        """All resources with their bodies."""
        found: dict[str, Body] = {}
        self._known = self._by_object()
        owners = {self.names.fold(self.names.table(name)): name for name in self._objects()}
        for table in self.catalog:
            for sort, count in table.left.items():
                self.left[sort] += 0 if self.names.reserved(table.name) else count
            if self.names.reserved(table.name):
                continue
            name = owners.get(self.names.fold(table.name), table.name)
            found[address("Object", name)] = self.bodies.get(address("Object", name), {})
            found.update(self.fields(table, name))
        for text, body in self.bodies.items():
            kind = text.partition("/")[0]
            if kind in ("Picklist", "StageSet"):
                self._value_set(kind, text, body, found)
            elif kind not in ("Object", "Field"):
                found[text] = body
        return dict(sorted(found.items()))

    def _objects(self) -> Iterable[str]:
        """Every name an Object may have, the parents of fields included; a kept Object's spelling wins."""
        for text in self.bodies:
            if text.startswith("Field/"):
                yield parse(text).parent or ""
        for text in self.bodies:
            if text.startswith("Object/"):
                yield parse(text).name

    def field(self, table: Table, at: Address, kept: Body | None) -> Body | None:
        """The live body of one field; None where it is not there."""
        if kept is not None:
            return known_field(self, table, at, kept)
        column = self.catalog.column(table, self.names.column(at.name))
        return found_field(self, table, column) if column is not None and column.plain else None

    def fields(self, table: Table, parent: str) -> dict[str, Body]:
        """The live bodies of all fields of an Object by address."""
        prefix = f"Field/{quote(parent)}."
        known = self._known.get(parent) if self._known else None
        if known is None:
            known = [parse(text) for text in self.bodies if text.startswith(prefix)]
        fields: dict[str, Body] = {}
        claimed: set[str] = set()
        for at in known:
            text = at.resource
            body = known_field(self, table, at, self.bodies[text])
            if body is None:
                continue
            fields[text] = body
            storage = self.configuration.storage(parent, at.name, self.bodies[text])
            names = [column.name for column in storage.columns]
            if "type" not in self.bodies[text]:
                names = [self.names.column(at.name)]
            claimed.update(map(self.names.fold, names))
        for column in table.columns.values():
            folded = self.names.fold(column.name)
            if folded in claimed or (table.key == (column.name,) and folded == KEY):
                continue
            if not column.plain:
                self.left["computed columns"] += 1
                continue
            fields[address("Field", column.name, parent)] = found_field(self, table, column)
        return fields

    def _by_object(self) -> dict[str, list[Address]]:
        known: dict[str, list[Address]] = {}
        for text in self.bodies:
            if text.startswith("Field/"):
                at = parse(text)
                known.setdefault(at.parent or "", []).append(at)
        return known

    def _value_set(self, kind: str, text: str, body: Body, found: dict[str, Body]) -> None:
        table = self.catalog.get(self.names.values(kind, parse(text).name))
        if table is None:
            return
        rows = values.read_rows(self.connection, table)
        if rows is None:
            self._gap(parse(text), "its value table has lost the column of names")
            return
        found[text] = {**body, COLLECTION[kind]: rows} if rows else body


def _address(text: str) -> Address | None:
    """The address of something that can be kept; None for a text that names no such thing."""
    try:
        at = parse(text)
    except AddressError:
        return None
    return at if at.kind in GOVERNED and at.resource == text else None


def _understood(at: Address, data: str) -> Body | None:
    try:
        msgspec.json.decode(data, type=KINDS[at.kind].spec)
        body: Body = msgspec.json.decode(data)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        return None
    return body


def snapshot(connection: Connection, names: Names, catalog: Catalog, source: str) -> Snapshot:
    """Everything the database holds, as a snapshot."""
    live = Live(connection, names, catalog)
    resources = live.resources()
    wanted = {body["body_file"]["digest"] for body in resources.values() if isinstance(body.get("body_file"), dict)}
    blobs = metadata.blobs(connection, catalog) if wanted else {}
    return Snapshot.of(
        source,
        resources,
        coverage=Coverage(kinds=GOVERNED, gaps=tuple(live.gaps)),
        blobs={digest: data for digest, data in blobs.items() if digest in wanted},
        left={sort: count for sort, count in sorted(live.left.items()) if count},
    )
