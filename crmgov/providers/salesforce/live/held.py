"""An object by the repository's names: which of its fields the user who asks sees, and how a query names them."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from crmgov.model.figures import Holding
from crmgov.providers.salesforce.live.described import COMPOUND, MASKED, Column, Described
from crmgov.providers.salesforce.live.soql import Path, UnsayableError

_BESIDE = {
    "created": "CreatedDate", "modified": "LastModifiedDate", "author": "CreatedById", "editor": "LastModifiedById",
    "owner": "OwnerId", "key": "Id",
}  # fmt: skip
_OF_PEOPLE = {"active": "IsActive", "logged_in": "LastLoginDate"}
_NAMES = {
    "RecordTypeId": "RecordType.DeveloperName", "UserRoleId": "UserRole.DeveloperName", "ProfileId": "Profile.Name",
}  # fmt: skip
"""Keys that say nothing to people, and what is asked in their place."""
_LED_TO = (*_NAMES.values(), "PermissionSet.Name")
"""Fields of other records that are read along with an object; nothing else in a repository leads to another one."""
_TYPES = {
    "int": "integer", "long": "integer", "double": "decimal", "currency": "currency", "percent": "percent",
    "date": "date", "datetime": "datetime", "boolean": "boolean", "multipicklist": "multipicklist",
}  # fmt: skip
"""By type of column: the model's type, where it is no text."""


class Wanted(NamedTuple):
    """An object to be counted: its own name in the organisation, and those of its fields, by the repository's.

    ``shipped`` are fields that the vendor has for some organisations and nobody here configured: where they are not
    shown, nobody need be told.
    """

    native: str
    fields: Mapping[str, str]
    shipped: frozenset[str] = frozenset()


class Held(NamedTuple):
    """What the organisation shows of an object. ``columns`` stand by the repository's names; ``missing`` are fields
    that it does not show: they are not there, or hidden from the user who asks. ``masked`` are those of which it shows
    asterisks.
    """

    described: Described
    columns: Mapping[str, tuple[Path, Column]]
    missing: tuple[str, ...]
    holding: Holding
    masked: tuple[str, ...] = ()

    @property
    def types(self) -> dict[str, str]:
        """By the repository's name, the model's type of each column."""
        return {name: _TYPES.get(column.type, "text") for name, (_, column) in self.columns.items()}


def held(name: str, wanted: Wanted, described: Described) -> Held:
    """What is shown of an object."""
    columns: dict[str, tuple[Path, Column]] = {}
    missing: list[str] = []
    masked: list[str] = []
    for field, native in wanted.fields.items():
        found = _column(native, described)
        if found is None:
            if field not in wanted.shipped:
                missing.append(field)
        elif found[1].type == MASKED:
            masked.append(field)
        elif found[1].type not in COMPOUND and native not in _NAMES:
            columns[field] = found
    roles = {role: native for role, native in _BESIDE.items() if described.column(native) is not None}
    if described.name == "User":
        roles |= {role: native for role, native in _OF_PEOPLE.items() if described.column(native) is not None}
    for key, role in (("RecordTypeId", "record_type"), ("UserRoleId", "role"), ("ProfileId", "profile")):
        if described.column(key) is not None and (role == "record_type" or described.name == "User"):
            roles[role] = _NAMES[key]
    beside: dict[str, str] = {}
    for role, native in roles.items():
        known = next((field for field, (path, _) in columns.items() if path.casefold() == native.casefold()), None)
        if known is None:
            found = _column(native, described)
            if found is None:  # the key of a record that it does not lead to
                continue
            known = native
            columns[native] = found
        beside[role] = known
    kinds = {field: column.kind for field, (_, column) in columns.items()}
    holding = msgspec.structs.replace(Holding(object=name, kinds=kinds), **beside)
    return Held(described, columns, tuple(missing), holding, tuple(masked))


def _column(native: str, described: Described) -> tuple[Path, Column] | None:
    """A field, or one of the record that a lookup points at, as a query names it."""
    own = described.column(native)
    if own is not None and own.type == "location":  # it has no value of its own: whether it is filled, its parts say
        own = described.column(f"{native[:-1]}Latitude__s") if native.endswith("__c") else None
        return None if own is None else (Path(own.name), msgspec.structs.replace(own, type="string"))
    if own is not None:
        return Path(own.name), own
    known = next((one for one in _LED_TO if one.casefold() == native.casefold()), None)
    if known is None:
        return None
    parent, _, rest = known.partition(".")
    way = next((one for one in described.columns.values() if one.relationship_name == parent), None)
    if way is None or len(way.reference_to) != 1:
        return None
    # Names of settings, which differ by more than case: two of them cannot be taken for one.
    column = Column(
        name=rest, type="string", aggregatable=True, filterable=True, groupable=True, restricted_picklist=True,
    )  # fmt: skip
    return Path(known), column


def found_in(every: Mapping[str, Held], name: str, via: tuple[tuple[str, str], ...], field: str) -> tuple[Path, Column]:
    """How a query of an object names a field, its own or one of a record that it points at. Raises UnsayableError."""
    here = every[name].columns
    if field in here:
        return here[field]
    for lookup, target in via:
        rest = field.removeprefix(f"{lookup}.")
        if rest == field:
            continue
        way = here[lookup][1] if lookup in here else None
        if way is None or way.relationship_name is None or target not in every:
            raise UnsayableError(f"{lookup} leads to nothing that is shown")
        if len(way.reference_to) != 1:
            raise UnsayableError(f"{lookup} may lead to several objects")
        if rest not in every[target].columns:
            raise UnsayableError(f"no field of {target} that is shown is called {rest}")
        path, column = every[target].columns[rest]
        return Path(f"{way.relationship_name}.{path}"), column
    raise UnsayableError(f"no field of {name} that is shown is called {field}")
