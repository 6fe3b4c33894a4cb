"""The normal form of desired state: native names, no vendor's words but ours, nothing the database cannot hold."""

import re
from collections.abc import Iterable, Iterator

from crmgov.model.address import Address, address, parse
from crmgov.model.canonical import Body, decode, digest, encode
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.kinds import KINDS
from crmgov.model.provider import Normalised
from crmgov.model.snapshot import Coverage, Renamed, Snapshot
from crmgov.model.translate import Renames
from crmgov.providers.sql import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.providers.sql.literals import default_sql
from crmgov.providers.sql.names import Names
from crmgov.providers.sql.storage import COLLECTION, Configuration, on_delete
from crmgov.providers.sql.types import POINTING, VALUED, sql_type

PROVIDER = "sql"
_TABLES = frozenset({"Object", "Field", "Picklist", "StageSet"})
"""Kinds whose whole address names tables and columns."""
DROPPED = frozenset({"owner", "tags", "protect", "lifecycle", "renamed_from", "complete"})
"""What governs the repository and is of no use in the database; everything else is kept there."""
_LISTED = VALUED - {"picklist"}
"""Types with values whose default stands with the values."""
_MARKS = re.compile(rb'null|\\u0000|"(?:native|default|' + "|".join(sorted(DROPPED)).encode() + rb')"')
"""A body without any of these, and without renamed references, is in normal form already."""


def same(text: str, names: Names) -> str:
    """A key equal for addresses that mean one table or column; see ``names.fold``."""
    return text if names.dialect != "sqlite" else _folded(text, parse(text), names)


def _folded(text: str, at: Address, names: Names) -> str:
    if at.kind in _TABLES and text.isascii():
        return text.lower()
    if at.kind in ("Object", "Picklist", "StageSet"):
        return address(at.kind, names.fold(at.name))
    if at.parent is None:
        return text
    name = names.fold(at.name) if at.kind == "Field" else at.name
    return address(at.kind, name, names.fold(at.parent))


class Normaliser:
    """One pass over a snapshot."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._diagnostics: list[Diagnostic] = []
        self._taken: dict[str, str] = {}
        self._storage = Configuration(names, {})

    def run(self, snapshot: Snapshot) -> Normalised:
        """The snapshot in normal form. Resources and attributes that cannot be held are left out and told."""
        wanted = [text for text in snapshot if not KINDS[text.partition("/")[0]].local]
        held = list(map(snapshot.bodies.__getitem__, wanted))
        natives = dict(self._native_names(zip(wanted, held, strict=True)))
        renames = Renames(natives) if natives else None
        digests: dict[str, str] = {}
        bodies: dict[str, bytes] = {}
        names: dict[str, str] = {}
        for text, data in zip(wanted, held, strict=True):
            native = renames.address(text) if renames else text
            at = parse(native)
            if not self._holds(at, native, text, data, snapshot):
                continue
            if renames is None and not _MARKS.search(data):
                bodies[native], digests[native] = data, snapshot.digests[text]
            else:
                bodies[native] = encode(
                    self._body(at if renames is None else parse(text), text, data, snapshot, renames)
                )
                digests[native] = digest(bodies[native])
            names[native] = text
        found = Snapshot(
            snapshot.source, digests, bodies, coverage=_coverage(snapshot), derived=snapshot.derived,
            places=Renamed(names, snapshot.places), origins=Renamed(names, snapshot.origins),
            blobs=snapshot.blobs, left=snapshot.left, hidden=snapshot.hidden, files=snapshot.files,
        )  # fmt: skip
        return Normalised(found, names, tuple(self._diagnostics))

    def _native_names(self, wanted: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
        """(address, native address) of what names itself under ``native.sql.name``; children follow their Object."""
        objects: dict[str, str] = {}
        renamed: list[tuple[Address, str]] = []
        for text, data in wanted:
            if b'"native"' not in data:
                continue
            native = (decode(data).get("native") or {}).get(PROVIDER) or {}
            name = native.get("name")
            if isinstance(name, str) and name:
                at = parse(text)
                renamed.append((at, name))
                if at.kind == "Object":
                    objects[at.name] = name
        for at, name in renamed:
            parent = at.parent if at.parent is None else objects.get(at.parent, at.parent)
            yield at.resource, address(at.kind, name, parent)

    def _holds(self, at: Address, native: str, text: str, data: bytes, snapshot: Snapshot) -> bool:
        """Whether the database can hold a thing of this name beside those before it."""
        fault = ""
        if not at.name or "\x00" in native or "\\u0000" in native:
            fault = "is empty or holds a NUL character"
        elif at.kind == "Object" and self._names.reserved(at.name):
            fault = "is kept for crmgov's own tables"
        elif at.kind == "Field" and self._names.own_column(at.name):
            fault = "is the name of a column that every table has"
        else:
            key = native if self._names.dialect != "sqlite" else _folded(native, at, self._names)
            keys = (key, *self._columns(at, data)) if b'"geolocation"' in data else (key,)
            other = text
            for key in keys:
                other = self._taken.setdefault(key, text)
                if other is not text:
                    break
            else:
                return True
            fault = f"means the same to the database as {other}"
        self._tell("SQL005", f'{text}: the name "{at.name}" {fault}', text, snapshot)
        return False

    def _columns(self, at: Address, data: bytes) -> list[str]:
        if at.kind != "Field":
            return []
        storage = self._storage.storage(at.parent or "", at.name, decode(data))
        return [same(address("Field", column.name, at.parent), self._names) for column in storage.columns]

    def _body(self, at: Address, text: str, data: bytes, snapshot: Snapshot, renames: Renames | None) -> Body:
        body: Body = decode(data)
        if renames is not None:
            body = renames.body(at.kind, body, at.name if at.kind == "Object" else at.parent)
        if "native" in body:
            self._vendor(body.pop("native"), text, snapshot, only="name")
        for name in DROPPED & body.keys():
            del body[name]
        collection = COLLECTION.get(at.kind)
        if collection in body and isinstance(body[collection], list):
            body[collection] = self._rows(body[collection], text, snapshot)
        return self._field(body, text, snapshot) if at.kind == "Field" else body

    def _rows(self, rows: list[Body], text: str, snapshot: Snapshot) -> list[Body]:
        """Values without other vendors' words, each name once."""
        kept: dict[str, Body] = {}
        for row in rows:
            if "native" in row:
                self._vendor(row["native"], text, snapshot, only="")
            if "\x00" in row["name"] or "\x00" in str(row.get("label")):
                self._tell("SQL005", f"{text}: a value's name or label holds a NUL character", text, snapshot)
            else:
                kept.setdefault(row["name"], {name: value for name, value in row.items() if name != "native"})
        return list(kept.values())

    def _vendor(self, native: Body | None, text: str, snapshot: Snapshot, only: str) -> None:
        for name in (native or {}).get(PROVIDER) or {}:
            if name != only:
                self._tell("SQL006", f"{text}: native.{PROVIDER}.{name} is not known", text, snapshot)

    def _field(self, body: Body, text: str, snapshot: Snapshot) -> Body:
        kind = body.get("type")
        for name in ("required", "unique"):
            if name in body and body[name] is None:
                body[name] = False
        if "on_delete" in body and body["on_delete"] is None:
            body["on_delete"] = on_delete(body)
        default = body.get("default")
        if default is None or kind is None or kind in _LISTED:
            return body
        found = sql_type(body)
        if found is None:
            return body
        if kind in POINTING or default_sql(default, found, self._names.dialect) is None:
            self._tell("SQL007", f"{text}: the default does not fit type {kind}", text, snapshot)
            del body["default"]
        return body

    def _tell(self, code: str, message: str, text: str, snapshot: Snapshot) -> None:
        self._diagnostics.append(of(code, message, address=text, at=snapshot.places.get(text)))


def _coverage(snapshot: Snapshot) -> Coverage:
    local = frozenset(name for name, kind in KINDS.items() if kind.local)
    return Coverage(kinds=snapshot.coverage.kinds - local, gaps=snapshot.coverage.gaps)
