"""Portable names to native ones: a one-way function, the same wherever a name is used."""

import re
import unicodedata
from collections.abc import Iterator

from crmgov.model.address import Address, address, parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.references import Reference
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce import codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.capabilities import CAPABILITIES
from crmgov.providers.salesforce.catalogue import SalesforceCatalogue
from crmgov.providers.salesforce.mapping.items import NATIVE, get
from crmgov.providers.salesforce.mapping.picklists import STAGE_FIELDS
from crmgov.providers.salesforce.names import ASSIGNMENT_RULE, RULE_NAMES, fold

_SUFFIXED = re.compile(r"__(c|mdt|e|x|b|kav|pc|p|s|gvs)\Z", re.IGNORECASE)
_VALID = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_FREE = frozenset({"Layout", "Pipeline", "Setting"})
"""Kinds whose names the vendor takes as they are."""
_ALIASES = {("opportunity", "stage"): "StageName"}
"""Standard fields under the plain name of the model: (object, field) in lower case."""
_LOOKUPS = ("lookup", "master_detail", "user")


def api_name(name: str) -> str:
    """A name that keeps the vendor's rules: letters, digits, single underscores, beginning with a letter."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in re.split(r"[^A-Za-z0-9]+", text) if word]
    joined = "_".join(word[:1].upper() + word[1:] for word in words)
    return joined if _VALID.match(joined) else f"X{joined}"


class Names:
    """The native name of everything in a snapshot, and of every reference in it.

    ``native`` maps addresses of the snapshot to native ones; what the vendor has no place for is missing.
    """

    def __init__(self, snapshot: Snapshot, catalogue: SalesforceCatalogue) -> None:
        self.native: dict[str, str] = {}
        self.problems: list[Diagnostic] = []
        self._snapshot = snapshot
        self._catalogue = catalogue
        self._objects: dict[str, str] = {}
        self._known: dict[tuple[str, str, str], str] = {}
        self._taken: dict[str, str] = {}
        self._bodies = {one: snapshot.body(one) for one in snapshot if one.partition("/")[0] in CAPABILITIES.kinds}
        self._by_field: dict[tuple[str, str], Body] = {}
        self._by_object: dict[str, list[tuple[str, Body]]] = {}
        self._sets: dict[str, Body] = {}
        for one, body in self._bodies.items():
            self._index(parse(one), body)
        for kinds in (("Object",), ("Field",), tuple(CAPABILITIES.kinds - {"Object", "Field"})):
            for one, body in self._of(kinds):
                self._name(one, body)

    def body(self, one: str) -> Body:
        """The body at an address of the snapshot."""
        return self._bodies[one]

    def _index(self, where: Address, body: Body) -> None:
        if where.kind == "Field":
            owner = str(where.parent).lower()
            self._by_field[(owner, where.name.lower())] = body
            self._by_object.setdefault(owner, []).append((where.name, body))
        elif where.kind in ("Picklist", "StageSet"):
            self._sets[where.name.lower()] = body

    def _of(self, kinds: tuple[str, ...]) -> Iterator[tuple[str, Body]]:
        for one, body in self._bodies.items():
            if one.partition("/")[0] in kinds:
                yield one, body

    def _name(self, one: str, body: Body) -> None:
        where = parse(one)
        name = self._native_name(where, body, one)
        if name is None:
            return
        parent = None if where.parent is None or name == "" else self.object(where.parent)
        if where.kind == "Automation" and _is_flow(body):
            parent = None
        native = address(where.kind, name, parent)
        first = self._taken.setdefault(fold(native), one)
        if first != one:
            message = f"{first} and {one} are both {native} in Salesforce"
            self.problems.append(of("SFNAME001", message, at=self._snapshot.places.get(one), address=one))
            return
        self.native[one] = native
        if where.kind == "Object":
            self._objects[where.name.lower()] = name
        self._known[(where.kind, (where.parent or "").lower(), where.name.lower())] = name

    def _native_name(self, where: Address, body: Body, one: str) -> str | None:
        """The native name; None where the vendor has no such thing."""
        explicit = get(body, (*NATIVE, "name"))
        if where.kind == "StageSet":
            return self._stage_set(where, body, explicit)
        if isinstance(explicit, str) and explicit:
            return explicit
        if self._snapshot.files or self._snapshot.origin(one) in ("standard", "packaged"):
            # Read from files, or named by an earlier pass: the name is the vendor's own.
            return where.name
        if where.kind == "Object":
            return self._object_name(where.name)
        if where.kind == "Field":
            return self._field_name(where, body)
        if where.kind == "Automation":
            return _automation_name(where, body)
        if where.kind in _FREE or body.get("profile") is True or _VALID.match(where.name):
            return where.name.strip()
        return where.name if where.name.endswith((" (group)", " (muting)")) else api_name(where.name)

    def _object_name(self, name: str) -> str:
        if _SUFFIXED.search(name):
            return name
        return self._catalogue.object_name(name) or api_name(name) + "__c"

    def _field_name(self, where: Address, body: Body) -> str:
        if _SUFFIXED.search(where.name):
            return where.name
        parent = self.object(str(where.parent))
        standard = self._standard_field(parent, where.name, lookup=body.get("type") in _LOOKUPS)
        return standard or api_name(where.name) + "__c"

    def _standard_field(self, parent: str, name: str, *, lookup: bool) -> str | None:
        alias = _ALIASES.get((parent.lower(), name.lower()))
        known = alias or self._catalogue.field_name(parent, name)
        return known or (self._catalogue.field_name(parent, f"{name}Id") if lookup else None)

    def _stage_set(self, where: Address, body: Body, explicit: object) -> str | None:
        for name in (explicit, where.name):
            if isinstance(name, str) and name in STAGE_FIELDS:
                return name
        owner, _, field = str(body.get("field")).partition(".")
        native = f"{self.object(owner)}.{self.field(owner, field)}" if field else ""
        found = next((name for name, path in STAGE_FIELDS.items() if path == native), None)
        if found is None:
            message = f"{where.resource} is not the stages of leads, opportunities, cases or solutions"
            mend = "Use a Picklist for this field; Salesforce has stages for these four objects only."
            at = self._snapshot.places.get(where.resource)
            self.problems.append(of("SFHOLD001", message, at=at, address=where.resource, mend=mend))
        return found

    def object(self, name: str) -> str:
        """The native name of an object."""
        return self._objects.get(name.lower()) or self._catalogue.object_name(name) or name

    def field(self, owner: str, name: str) -> str:
        """The native name of a field of an object (named as in the snapshot)."""
        known = self._known.get(("Field", owner.lower(), name.lower()))
        return known or self._standard_field(self.object(owner), name, lookup=True) or name

    def set_name(self, name: str) -> str:
        """The native name of a picklist or stage set."""
        for kind in ("Picklist", "StageSet"):
            known = self._known.get((kind, "", name.lower()))
            if known:
                return known
        return name

    def field_body(self, owner: str, name: str) -> Body | None:
        """What is known of a field, by the names of the snapshot: its document, else the catalogue."""
        known = self._by_field.get((owner.lower(), name.lower()))
        return known or self._catalogue.field(self.object(owner), self.field(owner, name))

    def fields_of(self, owner: str) -> list[tuple[str, Body]]:
        """The fields of an object that have documents, by their names there."""
        return self._by_object.get(owner.lower(), [])

    def picked(self, owner: str, name: str) -> list[str] | None:
        """The active values of a picklist field; None where they are not known."""
        body = self.field_body(owner, name) or {}
        values = body.get("values")
        if values is None and isinstance(body.get("picklist"), str):
            shared = self._sets.get(body["picklist"].lower(), {})
            values = shared.get("values") or shared.get("stages")
        if not isinstance(values, list):
            return None
        rows = [row if isinstance(row, dict) else {"name": row} for row in values]
        return sorted(row["name"] for row in rows if row.get("active") is not False)

    def name_of(self, reference: Reference) -> str:
        """The native name of a reference; its own name where nothing is known of it."""
        kind, name, context = reference.kind, reference.name, reference.context or ""
        if kind == "Object":
            return self.object(name)
        if kind == "Field":
            return self.field(context, name)
        if kind == "ObjectField":
            owner, dot, field = name.partition(".")
            return f"{self.object(owner)}.{self.field(owner, field)}" if dot else name
        if kind == "FieldPath":
            return self._path(context, name)
        kinds = ("Picklist", "StageSet") if kind == "ValueSet" else (kind,)
        for one in kinds:
            for parent in ("", context.lower()):
                known = self._known.get((one, parent, name.lower()))
                if known:
                    return known
        return name

    def _path(self, owner: str, path: str) -> str:
        """A path over lookups, in the vendor's names of relations."""
        steps, native = path.split("."), []
        for step in steps[:-1]:
            field = self.field(owner, step)
            native.append(f"{field[:-3]}__r" if field.endswith("__c") else field.removesuffix("Id"))
            targets = (self.field_body(owner, step) or self.field_body(owner, f"{step}Id") or {}).get("references")
            owner = targets[0] if isinstance(targets, list) and targets else "User" if step == "Owner" else ""
        return ".".join([*native, self.field(owner, steps[-1])])


def _is_flow(body: Body) -> bool:
    path = get(body, ("body_file", "path"))
    return isinstance(path, str) and (path.endswith((".flow-meta.xml", ".flow")))


def _automation_name(where: Address, body: Body) -> str:
    if where.name in RULE_NAMES.values() or where.name.startswith(ASSIGNMENT_RULE):
        return where.name
    name = where.name if _VALID.match(where.name) else api_name(where.name)
    structured = body.get("body") != "opaque" and body.get("body_file") is None
    return ASSIGNMENT_RULE + name if structured else name
