"""Field types and SQL types: which column a field needs, and which field a column found by hand is."""

import re

from crmgov.model.canonical import Body
from crmgov.providers.sql.names import DialectName
from crmgov.providers.sql.physical import Family, SqlType

TEXTUAL = frozenset({"text", "textarea", "richtext", "email", "phone", "url", "autonumber", "file"})
NUMERIC = frozenset({"decimal", "currency", "percent"})
VALUED = frozenset({"picklist", "multipicklist"})
POINTING = frozenset({"lookup", "master_detail", "user"})
COMPUTED = frozenset({"formula", "rollup"})
"""Computed by the CRM: they have no column, their definition is kept."""

TEXT = SqlType("text")
INTEGER = SqlType("integer")
FLOAT = SqlType("float")
_PLAIN: dict[str, Family] = {"integer": "integer", "boolean": "boolean", "date": "date", "datetime": "datetime",
                             "time": "time"}  # fmt: skip


def sql_type(body: Body) -> SqlType | None:
    """The type of a field's column; None for a field without a column of its own."""
    kind = body.get("type")
    if kind in TEXTUAL:
        return SqlType("text", length=body.get("length"))
    if kind in NUMERIC:
        precision, scale = body.get("precision"), body.get("scale")
        return SqlType("numeric") if precision is None else SqlType("numeric", precision=precision, scale=scale or 0)
    if kind in POINTING:
        return INTEGER
    if kind == "picklist":
        return TEXT
    return SqlType(_PLAIN[kind]) if kind in _PLAIN else None


_INFERRED: dict[Family, str] = {
    "text": "text", "integer": "integer", "numeric": "decimal", "float": "decimal", "boolean": "boolean",
    "date": "date", "datetime": "datetime", "time": "time",
}  # fmt: skip


def field_body(found: SqlType) -> Body:
    """What a column says of the field it stands for; without a type where no field type fits."""
    body: Body = {"type": _INFERRED.get(found.family), "length": found.length, "precision": found.precision,
                  "scale": found.scale}  # fmt: skip
    return {name: value for name, value in body.items() if value is not None}


_SQLITE: dict[Family, str] = {"text": "TEXT", "integer": "INTEGER", "numeric": "NUMERIC", "float": "REAL",
                              "boolean": "BOOLEAN", "date": "DATE", "datetime": "DATETIME", "time": "TIME"}  # fmt: skip
_POSTGRESQL: dict[Family, str] = {"text": "text", "integer": "bigint", "numeric": "numeric",
                                  "float": "double precision", "boolean": "boolean", "date": "date",
                                  "datetime": "timestamp with time zone", "time": "time"}  # fmt: skip


def render(wanted: SqlType, dialect: DialectName) -> str:
    """The type as a column definition writes it."""
    if wanted.length is not None:
        return f"varchar({wanted.length})" if dialect == "postgresql" else f"VARCHAR({wanted.length})"
    name = (_POSTGRESQL if dialect == "postgresql" else _SQLITE)[wanted.family]
    return name if wanted.precision is None else f"{name}({wanted.precision},{wanted.scale or 0})"


_DECLARED = re.compile(r"\s*([A-Za-z_][A-Za-z_0-9 ]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*\Z")
_ALIASES: dict[str, Family] = {
    "text": "text", "varchar": "text", "character varying": "text", "nvarchar": "text", "char": "text",
    "character": "text", "nchar": "text", "clob": "text", "citext": "text", "bpchar": "text",
    "integer": "integer", "int": "integer", "bigint": "integer", "smallint": "integer", "tinyint": "integer",
    "mediumint": "integer", "int2": "integer", "int4": "integer", "int8": "integer",
    "numeric": "numeric", "decimal": "numeric",
    "real": "float", "double": "float", "double precision": "float", "float": "float", "float4": "float",
    "float8": "float",
    "boolean": "boolean", "bool": "boolean", "date": "date",
    "datetime": "datetime", "timestamp": "datetime", "timestamptz": "datetime",
    "timestamp with time zone": "datetime", "timestamp without time zone": "datetime",
    "time": "time", "timetz": "time",
}  # fmt: skip


def parse(declared: str) -> SqlType:
    """The type a declaration means. A name of no known family is kept as it is."""
    match = _DECLARED.match(declared)
    family = _ALIASES.get(" ".join(match[1].lower().split())) if match else None
    if match is None or family is None:
        return SqlType("other", raw=declared)
    first, second = match[2], match[3]
    if family == "text":
        return SqlType("text", length=int(first) if first else None)
    if family == "numeric" and first:
        return SqlType("numeric", precision=int(first), scale=int(second or 0))
    return SqlType(family)
