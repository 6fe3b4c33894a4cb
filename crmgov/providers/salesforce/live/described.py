"""What an organisation says of an object's fields, as far as counting needs it. Source: the describe call's Field."""

from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

import msgspec

from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.faults import RefusedError

Kind = Literal["text", "number", "boolean", "time", "many", "other"]
_KINDS: Mapping[str, Kind] = {
    "boolean": "boolean", "int": "number", "long": "number", "double": "number", "currency": "number",
    "percent": "number", "date": "time", "datetime": "time", "time": "other", "multipicklist": "many",
    "string": "text", "picklist": "text", "combobox": "text", "reference": "text", "id": "text", "textarea": "text",
    "phone": "text", "url": "text", "email": "text", "encryptedstring": "text",
}  # fmt: skip
COMPOUND = ("address", "location", "base64", "json", "complexvalue", "anyType", "textarray", "floatarray")
"""Types that no bulk query gives, and that hold no value of their own."""


class Column(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A field as the organisation describes it."""

    name: str
    type: str
    label: str = ""
    aggregatable: bool = False
    filterable: bool = False
    groupable: bool = False
    restricted_picklist: bool = False
    relationship_name: str | None = None
    reference_to: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """What its values are."""
        return _KINDS.get(self.type, "other")

    @property
    def exact(self) -> bool:
        """Whether two of its values are the same exactly where a query takes them for the same: text is compared
        without case, so only lists that are kept to, keys, and what is no text.
        """
        return (
            self.type in ("reference", "id") or self.restricted_picklist or self.kind in ("number", "boolean", "time")
        )


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """An object as the user who asks sees it. ``columns`` stand by their names in small letters."""

    name: str
    columns: Mapping[str, Column]

    def column(self, name: str) -> Column | None:
        """A field by its name, whatever the case."""
        return self.columns.get(name.casefold())


class _Answer(msgspec.Struct):
    name: str
    fields: tuple[Column, ...]
    queryable: bool = True


def describe(connection: Connection, base: str, name: str) -> Described | None:
    """An object's fields; None where the organisation has no such object, or none that can be asked. One call.

    Raises RefusedError and GoneError.
    """
    try:
        found = connection.get(f"{base}/sobjects/{quote(name, safe='')}/describe")
    except RefusedError as error:
        if error.code in ("NOT_FOUND", "INVALID_TYPE"):
            return None
        raise
    try:
        answer = msgspec.convert(found, type=_Answer, strict=False)
    except msgspec.ValidationError as error:
        raise RefusedError("", "its description has no known form") from error
    if not answer.queryable:
        return None
    return Described(name=answer.name, columns={one.name.casefold(): one for one in answer.fields})
