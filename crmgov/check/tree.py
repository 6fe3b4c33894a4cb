"""The tree of resources as the rules see it: names, places, and facts decoded once, when first asked for."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Literal

from crmgov.check.facts import STATED, FieldFacts, completed, decoded
from crmgov.check.focus import Focus
from crmgov.model.address import parse, quote
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Related, Route, Where
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot

Case = Literal["exact", "mend", "accept"]
"""Names that differ only in case: ``exact`` they are different names; ``mend`` the CRM takes them for the same, and
they are to be written as they are defined; ``accept`` the same, and nothing is said of it."""


class _Quoted(dict[str, str]):
    """Names as they are written in addresses, remembered."""

    def __missing__(self, name: str) -> str:
        text = self[name] = quote(name)
        return text


class Tree:
    """A snapshot with the catalogues its names may also come from.

    ``case`` says what is to become of names that differ only in case, see ``Case``. With a ``focus`` the resources
    that cannot name what it is about are looked up where others name them, but not looked into.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        catalogues: Sequence[Catalogue] = (),
        *,
        case: Case = "exact",
        focus: Focus | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.catalogues = catalogues
        self.case = case
        self.focus = focus
        self.quoted = _Quoted()
        self._bodies: dict[str, Body] = {}
        self._facts: dict[tuple[str, str], FieldFacts | None] = {}
        self._stated: dict[str, FieldFacts] | None = None
        self._stating: dict[str, list[str]] = {}
        self._wholes: dict[str, bytes] = {}
        self._kinds: dict[str, list[str]] = {}
        self._near: dict[str, list[str]] = {}

    def address(self, kind: str, name: str, parent: str | None = None) -> str:
        """The address of a resource, as ``model.address.address`` writes it."""
        if parent is None:
            return f"{kind}/{self.quoted[name]}"
        return f"{kind}/{self.quoted[parent]}.{self.quoted[name]}"

    def of_kind(self, kind: str) -> list[str]:
        """The addresses of one kind, in the snapshot's order."""
        if not self._kinds:
            kinds = self._kinds
            for address in self.snapshot.digests:
                kinds.setdefault(address[: address.index("/")], []).append(address)
        return self._kinds.get(kind, [])

    @property
    def kinds(self) -> list[str]:
        """The kinds that occur."""
        self.of_kind("")
        return list(self._kinds)

    def holding(self, kind: str, *attributes: str) -> list[str]:
        """The addresses of one kind whose body holds any of these attributes, perhaps not at its top."""
        bodies, focus = self.snapshot.bodies, self.focus
        if focus is None and kind == "Field" and all(name in STATED for name in attributes):
            return list(dict.fromkeys(address for name in attributes for address in self._fields(name)))
        tokens = [f'"{name}":'.encode() for name in attributes]
        if focus is not None:
            near = self._near.get(kind)
            if near is None:
                near = self._near[kind] = [one for one in self.of_kind(kind) if focus.in_body(bodies[one])]
            return [address for address in near if any(token in bodies[address] for token in tokens)]
        whole = self._whole(kind)
        tokens = [token for token in tokens if token in whole]
        if not tokens:
            return []
        if len(tokens) == 1:
            return [address for address in self.of_kind(kind) if tokens[0] in bodies[address]]
        return [address for address in self.of_kind(kind) if any(token in bodies[address] for token in tokens)]

    def _whole(self, kind: str) -> bytes:
        """All bodies of one kind in one stretch, in which what is nowhere is soon looked for."""
        found = self._wholes.get(kind)
        if found is None:
            bodies = self.snapshot.bodies
            found = self._wholes[kind] = b"\n".join(map(bodies.__getitem__, self.of_kind(kind)))
        return found

    def _fields(self, attribute: str) -> list[str]:
        """The fields that state an attribute, in the snapshot's order."""
        found = self._stating.get(attribute)
        if found is None:
            get = attrgetter(attribute)
            found = [address for address, facts in self.stated.items() if get(facts) is not None]
            self._stating[attribute] = found
        return found

    @property
    def stated(self) -> dict[str, FieldFacts]:
        """What the resources themselves state of all fields, by address; decoded in one go."""
        if self._stated is None:
            bodies = self.snapshot.bodies
            self._stated = {address: decoded(bodies[address]) for address in self.of_kind("Field")}
        return self._stated

    def own(self, address: str) -> FieldFacts | None:
        """What a field's own resource states; None where it has none."""
        if self.focus is None:
            return self.stated.get(address)
        data = self.snapshot.bodies.get(address)
        return None if data is None else decoded(data)

    def near(self, text: str) -> bool:
        """Whether a name or path may mean something the focus is about."""
        return self.focus is None or self.focus.in_text(text)

    def body(self, address: str) -> Body:
        """The plain body at an address, decoded once."""
        body = self._bodies.get(address)
        if body is None:
            body = self._bodies[address] = self.snapshot.body(address)
        return body

    def where(self, address: str, route: Route = (), *, on_key: bool = False) -> Where | None:
        """The place of a route of a resource, as far as the source has places."""
        place = self.snapshot.places.get(address)
        return None if place is None else Where(place.file, place.document, place.route + route, on_key)

    def defined(self, address: str, route: Route = ()) -> tuple[Related, ...]:
        """Where a thing is defined, to be shown beside a diagnostic; empty where that is not known."""
        place = self.where(address, route)
        return () if place is None else (Related("Defined at", place),)

    def field(self, parent: str, name: str) -> FieldFacts | None:
        """What is known of a field, from its resource and from the catalogues; None where there is neither."""
        key = (parent, name)
        if key not in self._facts:
            own = self.own(self.address("Field", name, parent))
            shipped = [body for body in (c.field(parent, name) for c in self.catalogues) if body is not None]
            self._facts[key] = completed(own, shipped)
        return self._facts[key]


def parts(address: str) -> tuple[str, str | None, str]:
    """Kind, parent and name of a resource's address."""
    if '"' not in address:
        kind, _, rest = address.partition("/")
        parent, point, name = rest.partition(".")
        return (kind, parent, name) if point else (kind, None, parent)
    split = parse(address)
    return split.kind, split.parent, split.name


def parent_of(address: str) -> str | None:
    """The parent in a resource's address."""
    if '"' in address:
        return parse(address).parent
    start = address.index("/") + 1
    end = address.find(".", start)
    return address[start:end] if end > 0 else None
