"""Desired state in native names and in the form that reading gives. Pure and idempotent."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from crmgov.model.address import parse
from crmgov.model.canonical import Body, digest, encode
from crmgov.model.diagnostics import Diagnostic, Where, of
from crmgov.model.provider import Normalised
from crmgov.model.shape import Shape, shape_of
from crmgov.model.snapshot import Origin, Snapshot
from crmgov.model.translate import translate
from crmgov.providers.salesforce import codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.capabilities import CAPABILITIES
from crmgov.providers.salesforce.catalogue import SalesforceCatalogue
from crmgov.providers.salesforce.fallbacks import LOSSLESS, fallback
from crmgov.providers.salesforce.forms import Trouble, native_form
from crmgov.providers.salesforce.held import held
from crmgov.providers.salesforce.names import origin_of
from crmgov.providers.salesforce.naming import Names
from crmgov.providers.salesforce.promote import promoted
from crmgov.providers.salesforce.standard import overlay


def normalise(snapshot: Snapshot, catalogue: SalesforceCatalogue) -> Normalised:
    """The snapshot as the project would read after an apply; what cannot be held is told and left out."""
    names = Names(snapshot, catalogue)
    problems = list(names.problems)
    bodies: dict[str, bytes] = {}
    back: dict[str, str] = {}
    overlaid: Counter[str] = Counter()
    blobs = dict(snapshot.blobs)
    for one, native in sorted(names.native.items(), key=lambda pair: pair[1]):
        body = _body(one, _Job(native, names, snapshot, catalogue, problems, overlaid))
        if body is None:
            continue
        if body.get("body_file"):
            body = promoted(native, body, blobs)
        bodies[native] = encode(body)
        back[native] = one
    for owner, number in sorted(overlaid.items()):
        message = f"{number} of the standard things of {owner} keep the label and length that Salesforce gives them"
        problems.append(of("SFHOLD001", message, mend=_KEEP, severity="note"))
    result = Snapshot(
        snapshot.source,
        {native: digest(data) for native, data in bodies.items()},
        bodies,
        coverage=snapshot.coverage,
        places=_moved(snapshot.places, back),
        origins=_origins(snapshot, back),
        derived=_moved(snapshot.derived, back),
        blobs=blobs,
        left=snapshot.left,
        hidden=snapshot.hidden,
        files=snapshot.files,
    )
    return Normalised(result, back, tuple(problems))


def _moved(values: Mapping[str, Any], back: Mapping[str, str]) -> dict[str, Any]:
    return {native: values[one] for native, one in back.items() if one in values}


def _origins(snapshot: Snapshot, back: Mapping[str, str]) -> dict[str, Origin]:
    """The origins of what is not custom."""
    found = {native: _origin(snapshot, one, native) for native, one in back.items()}
    return {native: origin for native, origin in found.items() if origin != "custom"}


def _origin(snapshot: Snapshot, one: str, native: str) -> Origin:
    return snapshot.origins.get(one) or origin_of(native)


class _Job(NamedTuple):
    """What is needed to bring one body into native form."""

    native: str
    names: Names
    snapshot: Snapshot
    catalogue: SalesforceCatalogue
    problems: list[Diagnostic]
    overlaid: Counter[str]


_NO_PLACE = "Salesforce files cannot hold"
_WAY_OUT = "Write a value that Salesforce knows here, or set it in the vendor's own file under native.salesforce."
_OBJECT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_KEEP = "Nothing has to be done; what Salesforce lets you change of them (help, history, sharing) is governed."


def _body(one: str, job: _Job) -> Body | None:
    """The native body of a thing; None where the vendor cannot hold it at all."""
    where = parse(one)
    names, snapshot, problems = job.names, job.snapshot, job.problems
    body = without_local(where.kind, names.body(one))
    at = snapshot.places.get(one)

    def tell(trouble: Trouble) -> None:
        place = Where(at.file, at.document, (*at.route, *trouble.route)) if at is not None else None
        severity = "note" if trouble.harmless else None
        text = f"{one}: {trouble.message}"
        problems.append(of("SFHOLD001", text, at=place, address=one, mend=trouble.mend, severity=severity))  # type: ignore[arg-type]

    owner = parse(job.native).parent
    if owner is not None and not _OBJECT_NAME.match(owner):
        tell(Trouble((), f"Salesforce has no object named {owner}", "Name an object that exists, or add it."))
        return None
    formed = native_form(where, body, names, tell)
    if formed is None:
        return None
    if where.kind in ("Object", "Field") and one not in snapshot.origins and origin_of(job.native) == "standard":
        target = parse(job.native)
        less = overlay(target, formed, names, job.catalogue, tell)
        if formed.keys() - less.keys() - {"type", "references"}:
            job.overlaid[target.parent or target.name] += 1
        if all(value in (None, [], {}) for value in less.values()):
            # It is there without a file; a file that says nothing would not be read as anything.
            return None
        formed = less
    allowed = CAPABILITIES.attributes[where.kind]
    kept: Body = {}
    for name, value in formed.items():
        if name in allowed:
            kept[name] = value
        elif value is not None and value not in ([], {}):
            harmless = (where.kind, name) in LOSSLESS
            tell(Trouble((name,), f"Salesforce has no place for {name}", fallback(where.kind, name), harmless=harmless))
    parent = where.name if where.kind == "Object" else where.parent
    translated = translate(where.kind, kept, parent, names.name_of)
    return held(
        job.native, translated, lambda route, text: tell(Trouble(route, f"{_NO_PLACE} {text} as it is", _WAY_OUT))
    )


def without_local(kind: str, body: Body) -> Body:
    """A body without what only crmgov itself uses."""
    return _stripped(shape_of(kind), body)


def _stripped(shape: Shape, body: Body) -> Body:
    result: Body = {}
    for name, value in body.items():
        attribute = shape.attributes.get(name)
        if attribute is None:
            result[name] = value
        elif not attribute.local:
            result[name] = _stripped_value(attribute, value)
    return result


def _stripped_value(shape: Shape, value: Any) -> Any:
    if isinstance(value, list) and shape.form == "keyed" and shape.item is not None:
        return [_stripped(shape.item, row) if isinstance(row, dict) else row for row in value]
    if isinstance(value, dict) and shape.form == "struct":
        return _stripped(shape, value)
    if isinstance(value, dict) and shape.form == "map" and shape.item is not None:
        return {key: _stripped_value(shape.item, row) for key, row in value.items()}
    return value
