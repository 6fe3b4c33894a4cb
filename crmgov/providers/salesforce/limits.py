"""Vendor limits and name rules, checked offline on normalised desired state, each with its source.

What the vendor's own documents do not confirm, or what depends on the edition, is a warning.
"""

# ruff: noqa: ARG001 - one signature for all kinds

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from crmgov.model.address import Address, parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, Severity, Where, of
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce import codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.limits_counted import counted
from crmgov.providers.salesforce.names import namespace, origin_of, plain

FIELDS_SOURCE = "Salesforce Metadata API Developer Guide: CustomField"
OBJECT_SOURCE = "Salesforce Metadata API Developer Guide: CustomObject"
VALUES_SOURCE = "Salesforce Metadata API Developer Guide: Picklist (Including Dependent Picklist)"
RULES_SOURCE = "Salesforce Metadata API Developer Guide: ValidationRule"
TYPES_SOURCE = "Salesforce Metadata API Developer Guide: RecordType"
ACCESS_SOURCE = "Salesforce Metadata API Developer Guide: PermissionSet"
FORMULA_SOURCE = "Salesforce Help: Build a Formula Field, tips and limits"


class Breach(NamedTuple):
    """A limit that is broken: code, where in the body, what, the source, how serious."""

    code: str
    route: Route
    message: str
    source: str
    severity: Severity | None = None


def limits_of(snapshot: Snapshot) -> list[Diagnostic]:
    """All limits and name rules that a normalised snapshot breaks, in the order of its addresses."""
    found: list[Diagnostic] = []
    bodies = {one: snapshot.body(one) for one in snapshot}
    tally: Counter[tuple[str, str]] = Counter()
    for one, body in bodies.items():
        where = parse(one)
        counted(where, body, tally)
        breaches = list(_names(where)) if origin_of(one) == "custom" else []
        rule = _RULES.get(where.kind)
        if rule is not None and (where.kind != "Field" or origin_of(one) == "custom"):
            breaches.extend(rule(where, body, bodies))
        found.extend(_told(one, breach, snapshot) for breach in breaches)
    for owner, message, source, severity in _totals(tally):
        one = f"Object/{owner}" if f"Object/{owner}" in snapshot else ""
        at = snapshot.places.get(one)
        found.append(of("SFLIMIT001", message, at=at, address=one, severity=severity, evidence=(source,)))
    return found


def _told(one: str, breach: Breach, snapshot: Snapshot) -> Diagnostic:
    at = snapshot.places.get(one)
    place = Where(at.file, at.document, (*at.route, *breach.route)) if at is not None else None
    message = f"{one}: {breach.message}"
    return of(breach.code, message, at=place, address=one, severity=breach.severity, evidence=(breach.source,))


_API_KINDS = frozenset({"Object", "Field", "Validation", "RecordType", "Picklist", "Role", "Team"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*\Z")
_RESERVED = frozenset(
    ["select", "from", "where", "limit", "order", "group", "user", "external", "view", "type", "date", "number"]
)


def _names(where: Address) -> Iterator[Breach]:
    if where.kind not in _API_KINDS:
        return
    own = plain(where.name)
    prefix = namespace(where.name)
    own = own.removeprefix(f"{prefix}__") if prefix else own
    if where.kind == "Team" and own.endswith(" (group)"):
        own = own.removesuffix(" (group)")
    if not _NAME.match(own):
        message = f"the name {own} may hold letters, digits and single underscores only, and begins with a letter"
        yield Breach("SFLIMIT002", (), message, FIELDS_SOURCE if where.kind == "Field" else OBJECT_SOURCE)
    if len(own) > 40 and where.kind in ("Object", "Field", "Validation"):
        severity: Severity | None = None if where.kind == "Validation" else "warning"
        source = RULES_SOURCE if where.kind == "Validation" else FIELDS_SOURCE
        yield Breach("SFLIMIT002", (), f"the name has {len(own)} characters, the limit is 40", source, severity)
    if where.kind in ("Object", "Field") and own.lower() in _RESERVED:
        message = f"{own} is a word of the vendor's query language and may be refused as a name"
        yield Breach("SFLIMIT002", (), message, FIELDS_SOURCE, "note")


Bodies = dict[str, Body]


def _field(where: Address, body: Body, bodies: Bodies) -> Iterator[Breach]:
    kind, length = body.get("type"), body.get("length")
    if kind == "text" and isinstance(length, int) and not 1 <= length <= 255:
        yield Breach("SFLIMIT001", ("length",), f"length {length} is not between 1 and 255", FIELDS_SOURCE)
    if kind in ("textarea", "richtext") and isinstance(length, int):
        if length > 131_072:
            yield Breach("SFLIMIT001", ("length",), f"length {length} is over 131,072", FIELDS_SOURCE)
        elif length < 256:
            yield Breach("SFLIMIT001", ("length",), f"length {length} is under 256", FIELDS_SOURCE, "warning")
    precision, scale = body.get("precision"), body.get("scale")
    if isinstance(precision, int) and precision > 18:
        yield Breach("SFLIMIT001", ("precision",), f"precision {precision} is over 18", FIELDS_SOURCE)
    if isinstance(precision, int) and isinstance(scale, int) and scale > precision:
        yield Breach("SFLIMIT001", ("scale",), f"scale {scale} is over the precision, {precision}", FIELDS_SOURCE)
    formula = body.get("formula")
    if isinstance(formula, str) and len(formula) > 3900:
        yield Breach("SFLIMIT001", ("formula",), f"the formula has {len(formula)} characters, the limit is 3,900",
                     FORMULA_SOURCE)  # fmt: skip
    yield from _values(where, body, bodies)
    yield from _field_parts(where, body, bodies)


def _field_parts(where: Address, body: Body, bodies: Bodies) -> Iterator[Breach]:
    kind = body.get("type")
    pairs = (body.get("controlled_by") or {}).get("pairs") or {}
    if len(pairs) > 300:
        message = f"{len(pairs)} controlling values, the limit is 300"
        yield Breach("SFLIMIT001", ("controlled_by",), message, VALUES_SOURCE, "warning")
    if kind == "autonumber" and body.get("format") and "{0" not in str(body["format"]):
        message = f"the format {body['format']} holds no number, such as {{0000}}"
        yield Breach("SFLIMIT003", ("format",), message, FIELDS_SOURCE)
    if kind == "autonumber" and len(str(body.get("format") or "")) > 30:
        yield Breach("SFLIMIT001", ("format",), "the format is over 30 characters", FIELDS_SOURCE, "warning")
    if kind == "master_detail":
        owner = bodies.get(f"Object/{where.parent}", {})
        if owner.get("sharing") not in (None, "controlled_by_parent"):
            message = f"{where.parent} has a master-detail field, so its sharing must be controlled_by_parent"
            yield Breach("SFLIMIT003", ("type",), message, OBJECT_SOURCE)
    if body.get("track_history") is True and bodies.get(f"Object/{where.parent}", {}).get("track_history") is False:
        message = f"its history is to be tracked, but {where.parent} does not track any"
        yield Breach("SFLIMIT003", ("track_history",), message, FIELDS_SOURCE)
    if body.get("external_id") is True and kind not in ("text", "integer", "decimal", "email", "autonumber", None):
        yield Breach("SFLIMIT001", ("external_id",), f"a {kind} field cannot be an external id", FIELDS_SOURCE)
    wanted = _WANTED.get(str(kind), ())
    if where.name.endswith("__c"):
        for name in wanted:
            if not any(body.get(one) is not None for one in name.split("|")):
                message = f"a new {kind} field needs {name.replace('|', ' or ')}"
                yield Breach("SFLIMIT003", (), message, FIELDS_SOURCE, "warning")


_WANTED = {
    "text": ("length",),
    "richtext": ("length",),
    "decimal": ("precision", "scale"),
    "integer": ("precision",),
    "currency": ("precision", "scale"),
    "percent": ("precision", "scale"),
    "boolean": ("default|native",),
    "autonumber": ("format",),
    "picklist": ("values|picklist",),
    "multipicklist": ("values|picklist",),
    "lookup": ("references", "relationship"),
    "master_detail": ("references", "relationship"),
    "rollup": ("rollup",),
    "formula": ("formula", "returns"),
}
"""What the vendor requires of a new field, by type (fact: CustomField, fields required beside the name)."""


def _values(where: Address, body: Body, bodies: Bodies) -> Iterator[Breach]:
    key = "stages" if where.kind == "StageSet" else "values"
    rows = body.get(key)
    if not isinstance(rows, list):
        return
    limit = 100 if where.kind == "StageSet" else 1000
    counts = (
        rows if body.get("restricted") or where.kind != "Field" else [r for r in rows if r.get("active") is not False]
    )
    if len(counts) > limit:
        yield Breach("SFLIMIT001", (key,), f"{len(counts)} values, the limit is {limit:,}", VALUES_SOURCE)
    if not rows and where.kind == "StageSet":
        yield Breach("SFLIMIT003", (key,), "at least one value is required", VALUES_SOURCE)
    for row in rows:
        name = str(row.get("name"))
        if len(name) > 255:
            yield Breach("SFLIMIT001", (key, name), f"the value {name[:40]}... is over 255 characters", VALUES_SOURCE)
        if len(str(row.get("description") or "")) > 255:
            message = f"the description of {name} is over 255 characters"
            yield Breach("SFLIMIT001", (key, name, "description"), message, VALUES_SOURCE)


def _validation(where: Address, body: Body, bodies: Bodies) -> Iterator[Breach]:
    message = str(body.get("message") or "")
    if len(message) > 255:
        yield Breach("SFLIMIT001", ("message",), f"the message has {len(message)} characters, the limit is 255",
                     RULES_SOURCE)  # fmt: skip
    if where.name.lower().endswith("__c"):
        yield Breach("SFLIMIT002", (), "the name of a validation rule has no __c", RULES_SOURCE)


_PROCESSED = ("Lead", "Opportunity", "Case", "Solution")


def _record_type(where: Address, body: Body, bodies: Bodies) -> Iterator[Breach]:
    if len(str(body.get("description") or "")) > 255:
        yield Breach("SFLIMIT001", ("description",), "the description is over 255 characters", TYPES_SOURCE)
    if where.parent in _PROCESSED:
        if "pipeline" in body and body["pipeline"] is None:
            message = f"a record type of {where.parent} needs a pipeline"
            yield Breach("SFLIMIT003", ("pipeline",), message, TYPES_SOURCE)
    elif body.get("pipeline"):
        message = f"record types of {where.parent} have no pipeline; those of {', '.join(_PROCESSED)} have"
        yield Breach("SFLIMIT001", ("pipeline",), message, TYPES_SOURCE)


_NEEDS = {
    "create": ("read",),
    "update": ("read",),
    "delete": ("read", "update"),
    "view_all": ("read",),
    "modify_all": ("read", "update", "delete", "view_all"),
}


def _permissions(where: Address, body: Body, bodies: Bodies) -> Iterator[Breach]:
    if len(str(body.get("label") or "")) > 80:
        yield Breach("SFLIMIT001", ("label",), "the label is over 80 characters", ACCESS_SOURCE)
    if len(str(body.get("description") or "")) > 255 and not body.get("profile"):
        yield Breach("SFLIMIT001", ("description",), "the description is over 255 characters", ACCESS_SOURCE)
    for owner, row in (body.get("objects") or {}).items():
        for right, needed in _NEEDS.items():
            missing = [one for one in needed if row.get(right) is True and row.get(one) is False]
            if missing:
                message = f"{right} on {owner} needs {' and '.join(missing)} too"
                yield Breach("SFLIMIT004", ("objects", owner, right), message, ACCESS_SOURCE)


_RULES: dict[str, Callable[[Address, Body, Bodies], Iterator[Breach]]] = {
    "Field": _field,
    "Picklist": _values,
    "StageSet": _values,
    "Validation": _validation,
    "RecordType": _record_type,
    "PermissionSet": _permissions,
}

EDITIONS = "Salesforce Help: Salesforce Features and Edition Allocations"
_CAPS: dict[str, tuple[tuple[int, Severity, str], ...]] = {
    "custom fields": (
        (900, "error", "the cap of every edition, packages included"),
        (800, "warning", "the limit of Unlimited Edition"),
        (500, "warning", "the limit of Enterprise Edition"),
    ),
    "relationship fields": ((40, "error", "the limit of every edition"),),
    "master-detail fields": ((2, "error", "the limit of every edition"),),
    "roll-up fields": ((40, "error", "the most that can be asked for"), (25, "warning", "the limit without asking")),
    "active validation rules": (
        (500, "error", "the limit of Unlimited Edition"),
        (100, "warning", "the limit of Enterprise Edition"),
    ),
    "external ids": ((25, "warning", "the limit, as far as it is known"),),
    "fields with history": ((20, "warning", "the limit, as far as it is known"),),
    "record types": ((200, "warning", "the most that is recommended"),),
    "custom objects": (
        (3000, "error", "the cap of every edition"),
        (200, "warning", "the limit of Enterprise Edition"),
    ),
}


def _totals(tally: Counter[tuple[str, str]]) -> Iterator[tuple[str, str, str, Severity]]:
    for (owner, what), count in sorted(tally.items()):
        cap = next((one for one in _CAPS[what] if count > one[0]), None)
        if cap is not None:
            message = f"{owner or 'The organisation'} has {count} {what}; {cap[2]} is {cap[0]:,}"
            yield owner, message, EDITIONS, cap[1]
