"""Fields of an object, and what the vendor lets each type do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Can:
    """What may be done with a field in a query: the flags of a describe."""

    filter: bool
    group: bool
    sort: bool
    aggregate: bool


#: Per type of field. A text area longer than 255 has a row of its own.
CAN = {
    "string": Can(True, True, True, True),
    "textarea": Can(True, True, True, True),
    "long textarea": Can(False, False, False, False),
    "picklist": Can(True, True, True, True),
    "multipicklist": Can(True, False, False, False),
    "combobox": Can(True, False, True, True),
    "boolean": Can(True, True, True, False),
    "int": Can(True, True, True, True),
    "double": Can(True, False, True, True),
    "currency": Can(True, False, True, True),
    "percent": Can(True, False, True, True),
    "date": Can(True, True, True, True),
    "datetime": Can(True, False, True, True),
    "time": Can(True, False, True, False),
    "email": Can(True, True, True, True),
    "phone": Can(True, True, True, True),
    "url": Can(True, True, True, True),
    "reference": Can(True, True, True, True),
    "id": Can(True, True, True, True),
    "encryptedstring": Can(False, False, False, False),
    "address": Can(True, False, False, False),
    "location": Can(True, False, False, False),
    "base64": Can(False, False, False, False),
}

#: Types whose values are texts for comparing.
TEXTS = frozenset(
    {"string", "textarea", "picklist", "combobox", "email", "phone", "url", "encryptedstring", "multipicklist"}
)
NUMBERS = frozenset({"int", "double", "currency", "percent"})
COMPOUND = frozenset({"address", "location"})
_LENGTHS = {"string": 255, "textarea": 255, "picklist": 255, "combobox": 255, "multipicklist": 4099, "email": 80, "phone": 40,
            "url": 255, "reference": 18, "id": 18, "encryptedstring": 175}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field. `name` is its API name; a standard lookup may be named by its relationship (`Account` for `AccountId`)."""

    name: str
    type: str
    label: str = ""
    length: int = 0
    precision: int = 0
    scale: int = 0
    to: str | tuple[str, ...] = ()
    relationship: str = ""
    values: tuple[str, ...] = ()
    inactive: tuple[str, ...] = ()
    restricted: bool = False
    nillable: bool = True
    calculated: bool = False
    formula: str = ""
    html: bool = False
    unique: bool = False
    external_id: bool = False
    auto_number: bool = False
    name_field: bool = False
    compound: str = ""
    system: bool = False
    can: Can | None = None
    written_as: str = field(default="", compare=False)

    @property
    def custom(self) -> bool:
        """Whether somebody of the org made it."""
        return self.name.endswith(("__c", "__s", "__pc"))

    @property
    def targets(self) -> tuple[str, ...]:
        """The objects a lookup may lead to."""
        return (self.to,) if isinstance(self.to, str) else tuple(self.to)

    @property
    def allowed(self) -> Can:
        """What a query may do with it."""
        if self.can is not None:
            return self.can
        usual = CAN["long textarea" if self.type == "textarea" and self.length > 255 else self.type]
        grouped = usual.group and not self.auto_number and (not self.calculated or self.type in ("boolean", "date"))
        return replace(usual, group=grouped)


def settled(given: Field) -> Field:
    """A field with everything that follows from what was given: name and relationship of a lookup, length, label."""
    if given.type not in CAN:
        raise ValueError(f"{given.name}: no such type: {given.type}")
    name, relationship = given.name, given.relationship
    if given.type == "reference":
        if not given.targets:
            raise ValueError(f"{name}: a lookup leads to an object")
        if not name.endswith(("Id", "__c", "__pc")):
            name += "Id"
        relationship = relationship or (name[:-1] + "r" if name.endswith("__c") else name[:-2])
    length = given.length or _LENGTHS.get(given.type, 0)
    precision, scale = given.precision, given.scale
    if given.type in NUMBERS - {"int"} and not precision:
        precision = 18
    label = given.label or given.name.removesuffix("__c").removesuffix("__s").replace("_", " ")
    return replace(given, name=name, relationship=relationship, length=length, precision=precision, scale=scale, label=label,
                   nillable=given.nillable and given.type != "boolean", written_as=given.name)  # fmt: skip


def parts_of(compound: Field) -> list[Field]:
    """The fields an address or a location is made of; they hold the values."""
    if compound.type == "location":
        stem = compound.name.removesuffix("__c")
        names = (f"{stem}__Latitude__s", f"{stem}__Longitude__s")
        return [Field(name, "double", precision=18, scale=15, compound=compound.name) for name in names]
    stem = compound.name.removesuffix("Address").removesuffix("__c")
    between, after = ("__", "__s") if compound.custom else ("", "")

    def part(name: str, kind: str, **more: int) -> Field:
        return Field(f"{stem}{between}{name}{after}", kind, compound=compound.name, **more)  # type: ignore[arg-type]

    return [
        part("Street", "textarea", length=255),
        part("City", "string", length=40),
        part("State", "string", length=80),
        part("PostalCode", "string", length=20),
        part("Country", "string", length=80),
        part("Latitude", "double", precision=18, scale=15),
        part("Longitude", "double", precision=18, scale=15),
    ]
