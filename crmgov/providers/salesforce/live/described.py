"""What an organisation says of an object's fields, as far as counting needs it. Source: the describe call's Field."""

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

import msgspec

from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.faults import RefusedError

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,254}", re.ASCII)
Kind = Literal["text", "number", "boolean", "time", "many", "other"]
_KINDS: Mapping[str, Kind] = {
    "boolean": "boolean", "int": "number", "long": "number", "double": "number", "currency": "number",
    "percent": "number", "date": "time", "datetime": "time", "time": "other", "multipicklist": "many",
    "string": "text", "picklist": "text", "combobox": "text", "reference": "text", "id": "text", "textarea": "text",
    "phone": "text", "url": "text", "email": "text", "encryptedstring": "text",
}  # fmt: skip
COMPOUND = ("address", "location", "base64", "json", "complexvalue", "anyType", "textarray", "floatarray")
"""Types that no bulk query gives, and that hold no value of their own."""
MASKED = "encryptedstring"
"""The type of texts that are shown as asterisks to all but a few; a count of such would look like one of values."""


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
    converted: bool = False
    """Whether amounts are of several currencies: a query compares them in one, at the rates of the day."""

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

    What is no name there is not asked for, and what is answered stands in queries only where it is one. Raises
    RefusedError and GoneError.
    """
    if not _NAME.fullmatch(name):
        return None
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
    named = [answer.name, *(one.name for one in answer.fields)]
    named += [one.relationship_name for one in answer.fields if one.relationship_name is not None]
    if not all(_NAME.fullmatch(one) for one in named):
        raise RefusedError("", "its description has no known form")
    # Without its namespace an object of the organisation's own package is found as well.
    if not f"__{answer.name}".casefold().endswith(f"__{name}".casefold()):
        raise RefusedError("", "another object is described instead")
    if not answer.queryable:
        return None
    columns = {one.name.casefold(): one for one in answer.fields}
    if "currencyisocode" in columns:
        columns = {
            name: msgspec.structs.replace(one, converted=True) if one.type == "currency" else one
            for name, one in columns.items()
        }
    return Described(name=answer.name, columns=columns)
