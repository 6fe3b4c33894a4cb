"""Rule: every name used anywhere stands for something of the right kind."""

from collections.abc import Iterator, Sequence

from crmgov.check.names import Choices, Spot, missing, misspelt, other_case, spot_of, used
from crmgov.check.paths import MOST_LOOKUPS, End, follow
from crmgov.check.session import Session
from crmgov.check.stages import check_stage
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.references import Reference

_IN_OBJECT = ("RecordType", "Layout", "Pipeline")
"""Kinds that belong to an object."""


def check_references(session: Session) -> Iterator[Diagnostic]:
    """Every reference of every resource."""
    for address, made in used(session.tree, session.known):
        yield from _resource(session, address, made)


def _resource(session: Session, address: str, made: Sequence[Reference]) -> Iterator[Diagnostic]:
    lost = False
    for reference in made:
        spot = spot_of(address, reference)
        if reference.kind in ("Stage", "PipelineStage"):
            yield from check_stage(session, spot, reference)
        elif reference.kind == "ObjectField":
            yield from _object_field(session, spot, reference.name)
        elif reference.kind not in ("Field", "FieldPath"):
            yield from _plain(session, spot, reference)
        elif reference.context is not None:
            yield from check_path(session, spot, reference.context, reference.name)
        elif not lost:
            lost = True
            yield _homeless(session, spot, reference.name)


def _plain(session: Session, spot: Spot, reference: Reference) -> Iterator[Diagnostic]:
    kind = reference.kind
    parent = reference.context if kind in _IN_OBJECT else None
    yield from check_name(session, spot, kind, reference.name, parent)


def check_name(session: Session, spot: Spot, kind: str, name: str, parent: str | None = None) -> Iterator[Diagnostic]:
    """Whether a plain name stands for a thing of a kind."""
    finder = session.finder
    found = finder.find(kind, name, parent)
    if found.address:
        session.seen(spot, found.address)
    if found.status == "other_case":
        yield from other_case(session.tree, spot, name, found)
    elif found.status == "unknown":
        yield from misspelt(finder, spot, kind, name, parent)
    elif found.status == "outside":
        session.outside.add(spot.user, spot.route, kind, name)
    elif found.status == "missing":
        session.lost(kind, name, parent)
        yield missing(finder, spot, kind, name, Choices(finder.names(kind, parent), parent or "", parent))


def _object_field(session: Session, spot: Spot, name: str) -> Iterator[Diagnostic]:
    parent, _, path = name.partition(".")
    if not parent or not path:
        message = f'"{name}" is not written as Object.Field'
        yield of("REF021", message, at=spot.at(session.tree), address=spot.user)
        return
    if session.finder.find("Object", parent).status in ("resource", "shipped") or session.finder.governed(parent):
        yield from check_path(session, spot._replace(prefix=f"{parent}."), parent, path)
    else:
        yield from check_name(session, spot._replace(suffix=f".{path}"), "Object", parent)


def check_path(
    session: Session, spot: Spot, start: str, path: str, *, most: int = MOST_LOOKUPS
) -> Iterator[Diagnostic]:
    """Whether a path of fields leads anywhere from an object."""
    finder, tree = session.finder, session.tree
    direct = tree.address("Field", path, start)
    if direct in tree.snapshot.digests:
        session.seen(spot, direct)
        return
    end = follow(finder, start, path, most=most)
    for address in end.passed:
        session.seen(spot, address)
    if end.verdict == "found":
        return
    if end.verdict == "unknown":
        yield from misspelt(finder, spot, "Field", end.name, end.object)
    elif end.verdict == "outside":
        session.outside.add(spot.user, spot.route, "Field", f"{end.object}.{end.name}")
    elif end.verdict == "other_case":
        found = finder.find("Field", end.name, end.object)._replace(name=end.right)
        yield from other_case(tree, spot, path, found)
    elif end.verdict == "missing":
        before, after = _around(path, end.name)
        inner = spot._replace(prefix=spot.prefix + before, suffix=after + spot.suffix)
        choices = Choices(finder.names("Field", end.object), end.object, end.object)
        session.lost("Field", end.name, end.object)
        yield missing(finder, inner, "Field", end.name, choices)
    else:
        yield _bad_path(session, spot, path, end)


def _around(path: str, step: str) -> tuple[str, str]:
    """What stands before and after a step of a path."""
    steps = path.split(".")
    index = steps.index(step)
    return "".join(f"{one}." for one in steps[:index]), "".join(f".{one}" for one in steps[index + 1 :])


def _bad_path(session: Session, spot: Spot, path: str, end: End) -> Diagnostic:
    at, tree = spot.at(session.tree), session.tree
    if end.verdict == "no_lookup":
        related = tree.defined(tree.address("Field", end.name, end.object))
        message = f"{end.object}.{end.name} points at no record, so nothing can stand after it"
        return of("REF020", message, at=at, address=spot.user, related=related)
    message = f'"{path}" goes over {path.count(".")} lookups; at most {MOST_LOOKUPS} are possible'
    return of("REF019", message, at=at, address=spot.user)


def _homeless(session: Session, spot: Spot, name: str) -> Diagnostic:
    message = f'Field "{name}" is named, but no object it could belong to'
    return of("REF022", message, at=spot.at(session.tree), address=spot.user)
