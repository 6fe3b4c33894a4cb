"""``pull`` into a tree that is there already: only what differs changes; comments, order and layout stay.

What differs is found between two snapshots in the same form (the provider's normal form of the tree, and what was
read), route by route; the differences are then made in the text of the documents.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from crmgov.model.address import parse
from crmgov.model.canonical import Body, encode
from crmgov.model.diagnostics import Diagnostic, Route, Where, of
from crmgov.model.flat import PRESENT, Flat, build, flatten
from crmgov.model.kinds import INLINE
from crmgov.model.normal import canonical_body
from crmgov.model.shape import Shape, shape_of
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.write import codes  # noqa: F401 - declares the codes used here
from crmgov.write.credentials import credentials
from crmgov.write.layout import body_file, document_of, paths_for
from crmgov.write.revise import ENVELOPE, held, revise, values


class Pulled(NamedTuple):
    """What ``pull`` writes.

    ``texts`` are new or changed files by path, ``body_files`` the vendor files beside them; ``added`` and ``changed``
    are addresses. ``only_here`` are resources the tree holds and the source does not: they are left, since they may
    not have been applied yet.
    """

    texts: dict[str, str]
    body_files: dict[str, bytes]
    added: list[str]
    changed: list[str]
    only_here: list[str]
    diagnostics: list[Diagnostic]


def pull_into(
    texts: Mapping[str, str], places: Mapping[str, Where], old: Snapshot, new: Snapshot,
    *, only: Iterable[str] | None = None, provider: str = "",
) -> Pulled:  # fmt: skip
    """Bring a tree up to what was read.

    ``texts`` are the files of the tree by path; ``places`` where each address stands in them (``Snapshot.places`` of
    the loaded tree, under the addresses that ``old`` and ``new`` use). ``old`` is the tree in the form of ``new``:
    compare normalised with normalised, or the vendor's defaults are taken for differences. ``only`` limits the
    addresses. ``provider`` names whose ``native`` attributes the source speaks for; others are left alone.
    """
    wanted = set(new if only is None else only)
    fresh = [address for address in new if address in wanted and address not in places]
    laid = paths_for(fresh, texts)
    pull = _Pull(dict(texts), old, new, provider)
    for address in fresh:
        pull.add(address, laid[address])
    for address, where in places.items():
        if address not in new:
            if only is None and not _unread(new, address):
                pull.only_here.append(address)
        elif address in wanted and (address not in old or old.digests[address] != new.digests[address]):
            pull.update(address, where)
    changed = {path: text for path, text in pull.texts.items() if texts.get(path) != text}
    return Pulled(changed, pull.body_files, pull.added, pull.changed, pull.only_here, pull.diagnostics)


class _Pull:
    def __init__(self, texts: dict[str, str], old: Snapshot, new: Snapshot, provider: str) -> None:
        self.texts, self.old, self.new, self.provider = texts, old, new, provider
        self.body_files: dict[str, bytes] = {}
        self.added: list[str] = []
        self.changed: list[str] = []
        self.only_here: list[str] = []
        self.diagnostics: list[Diagnostic] = []

    def add(self, address: str, path: str) -> None:
        """Write a resource that has no document yet."""
        try:
            text = document_of(address, self.new)
            beside = self._beside(self.new.body(address), path)
        except ValueError as error:
            self.diagnostics.append(of("WRITE003", f"{address} is left out: {error}", address=address))
            return
        if self._leaks(address, [self.new.bodies[address], *beside.values()]):
            return
        self.texts[path] = text
        self.body_files |= beside
        self.added.append(address)

    def update(self, address: str, where: Where) -> None:
        """Change the document of a resource where it differs."""
        kind, text = kind_of(address), self.texts[where.file]
        leave = () if where.route else (*ENVELOPE, *(INLINE if kind == "Object" else ()))
        body = held(values(text)[where.document], where.route)
        own = canonical_body(kind, {name: body[name] for name in body if name not in leave})
        before = self.old.body(address) if address in self.old else own
        goal = merged(kind, own, before, self.new.body(address), self._left_alone(address))
        if encode(goal) == encode(own):
            return
        try:
            revised = revise(text, where.document, where.route, kind, goal)
            beside = self._beside(goal, where.file)
        except ValueError as error:
            told = f"{address} is left as it is: {error}"
            self.diagnostics.append(of("WRITE003", told, address=address, at=where))
            return
        if self._leaks(address, [encode(goal), *beside.values()], known=encode(own)):
            return
        self.texts[where.file] = revised.text
        self.body_files |= beside
        self.changed.append(address)
        if revised.anew:
            self.diagnostics.append(of("WRITE004", f"{address} was laid out anew", address=address, at=where))

    def _beside(self, body: Body, path: str) -> dict[str, bytes]:
        """The vendor file of an opaque body, by path."""
        named = body.get("body_file")
        return body_file(named, path, self.new) if isinstance(named, dict) else {}

    def _leaks(self, address: str, written: list[bytes], known: bytes = b"") -> bool:
        """Whether a credential would be written that is not in the tree already; it is told by its sort alone."""
        before = set(credentials(known))
        found = dict.fromkeys(sort for data in written for sort in credentials(data) if sort not in before)
        told = [of("SECRET001", f"{address} holds what looks like {sort}", address=address) for sort in found]
        self.diagnostics += told
        return bool(told)

    def _left_alone(self, address: str) -> Callable[[Route], bool]:
        """Which routes the source says nothing about: what is local, unread, or another vendor's."""
        at, shape = parse(address), shape_of(kind_of(address))
        unread = {name for name in shape.attributes if self.new.coverage.gap(at.kind, at.parent, name)}

        def left(route: Route) -> bool:
            if route[0] in unread or local(shape, route):
                return True
            return "native" in route and route[route.index("native") + 1 :][:1] not in ((self.provider,), ())

        return left


def merged(kind: str, own: Body, before: Body, after: Body, left_alone: Callable[[Route], bool]) -> Body:
    """``own`` with the differences between ``before`` and ``after`` made in it."""
    flat, old, new = flatten(kind, own), flatten(kind, before), flatten(kind, after)
    _drop(flat, {route for route in old if route not in new and not left_alone(route)})
    for route, value in new.items():
        if (route not in old or encode(old[route]) != encode(value)) and not left_alone(route):
            for length in range(1, len(route)):
                if flat.get(route[:length], PRESENT) != PRESENT:
                    del flat[route[:length]]
            if value in ({}, []):
                _drop(flat, {route})
            flat[route] = value
    return canonical_body(kind, build(kind, flat))


def _drop(flat: Flat, gone: set[Route]) -> None:
    """Take out routes and everything below them."""
    for route in (
        [key for key in flat if any(key[:length] in gone for length in range(1, len(key) + 1))] if gone else []
    ):
        del flat[route]


def local(shape: Shape, route: Route) -> bool:
    """Whether a route leads to what crmgov itself uses and no environment stores."""
    node: Shape | None = shape
    for step in route:
        if node is None or node.local:
            break
        node = node.item if node.form in ("map", "keyed", "set") else node.attributes.get(step)
    return node is not None and node.local


def _unread(new: Snapshot, address: str) -> bool:
    at = parse(address)
    return bool(new.coverage.gap(at.kind, at.parent))
