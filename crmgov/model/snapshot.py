"""A frozen set of resources from one source, with what is known of its completeness."""

from collections.abc import Iterator, Mapping
from typing import Literal, TypeVar

import msgspec

from crmgov.model.address import Address, parse
from crmgov.model.canonical import Body, decode, digest, encode
from crmgov.model.diagnostics import Where
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.base import Spec

V = TypeVar("V")
Origin = Literal["custom", "standard", "packaged", "calculated"]
"""Who made a resource; only custom ones are ever created or removed."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the source that was read in part or not at all. ``None`` stands for all of them."""

    status: Literal["partial", "unread"]
    reason: str
    kind: str | None = None
    parent: str | None = None
    attribute: str | None = None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot speaks of: the kinds it holds completely, and where it does not."""

    kinds: frozenset[str] = frozenset()
    gaps: tuple[Gap, ...] = ()

    def gap(self, kind: str, parent: str | None = None, attribute: str | None = None) -> str:
        """The reason why this part is not completely known; empty where it is."""
        if kind not in self.kinds:
            return f"{kind} is not read from this source"
        for gap in self.gaps:
            if (
                gap.kind in (None, kind)
                and (gap.parent is None or gap.parent == parent)
                and (gap.attribute is None or gap.attribute == attribute)
            ):
                return gap.reason
        return ""


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a body that is not structured: fields as ``Object.Field``, literals as (field, value)."""

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    """(kind, name) of what else is named: templates, teams, permissions, automations."""
    literals: tuple[tuple[str, str], ...] = ()
    hard_coded: tuple[str, ...] = ()
    """Record ids, e-mail addresses and URLs written into it."""
    outlines: tuple[tuple[str, Body], ...] = ()
    """What the body does for certain, by the name of its rule (empty for a body that is one): ``trigger``, ``when``,
    ``order`` and ``actions`` in the words of a structured automation, and besides

    - ``trigger.phase``: ``before`` or ``after`` the record is stored, or with the ``rules`` in between: of two phases
      it is known which comes first; ``trigger.begins``: only when ``when`` begins to hold; ``trigger.dates``: date
      fields that delayed parts count from;
    - ``when`` of an action: under what condition it is reached; ``object`` of a ``set_field``: whose records it writes;
    - actions of type ``choice`` with ``cases`` and whether there is an ``otherwise``;
    - ``asked``: fields of which the body says itself what blanks mean.

    A part of a condition that cannot be said is ``{"formula": ...}``.
    """
    state: str = ""
    """The vendor's own word for a body that is off."""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a source that is no resource, and the fields it names, as ``Object.Field`` or a path over lookups."""

    file: str
    fields: tuple[str, ...]


class Elsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """What a source holds beside resources, searched for names of fields.

    ``mentions``: what names any, by an address of its own whose kind says what people call it
    (``ListView/Lead."All Leads"``), or by that of a resource whose body is not structured. ``searched``: the types of
    ``Snapshot.left`` that were looked into, each with the number of names in it that were not understood.
    """

    mentions: Mapping[str, Mention] = {}
    searched: Mapping[str, int] = {}


class Renamed(Mapping[str, V]):
    """A mapping by old addresses seen by new ones; nothing is copied."""

    def __init__(self, names: Mapping[str, str], base: Mapping[str, V]) -> None:
        self._names, self._base = names, base

    def __getitem__(self, address: str) -> V:
        return self._base[self._names[address]]

    def __iter__(self) -> Iterator[str]:
        return (new for new, old in self._names.items() if old in self._base)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, address: object) -> bool:
        return isinstance(address, str) and address in self._names and self._names[address] in self._base


class Snapshot:
    """Resources by address. Bodies are canonical bytes, decoded on demand.

    ``places`` says where a resource stands in its source; ``left`` counts, by type, what the source holds and the model
    does not; ``elsewhere`` says which fields that names; ``hidden`` counts what the source's own ignore rules hide;
    ``blobs`` holds vendor files by digest.
    """

    def __init__(
        self,
        source: str,
        digests: Mapping[str, str],
        bodies: Mapping[str, bytes],
        *,
        coverage: Coverage | None = None,
        places: Mapping[str, Where] | None = None,
        origins: Mapping[str, Origin] | None = None,
        derived: Mapping[str, Derived] | None = None,
        blobs: Mapping[str, bytes] | None = None,
        left: Mapping[str, int] | None = None,
        hidden: int = 0,
        files: Mapping[str, int] | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self.source = source
        self.digests = digests
        self.bodies = bodies
        self.coverage = coverage or Coverage(kinds=frozenset(KINDS))
        self.places = {} if places is None else places
        self.origins = {} if origins is None else origins
        self.derived = {} if derived is None else derived
        self.blobs = {} if blobs is None else blobs
        self.left = {} if left is None else left
        self.hidden = hidden
        self.files = {} if files is None else files
        self.elsewhere = elsewhere or Elsewhere()

    @classmethod
    def of(cls, source: str, resources: Mapping[str, Body], **more: object) -> "Snapshot":
        """A snapshot of plain bodies (in canonical form, see ``normal``)."""
        bodies = {address: encode(body) for address, body in resources.items()}
        return cls(source, {address: digest(data) for address, data in bodies.items()}, bodies, **more)  # type: ignore[arg-type]

    def at_hand(self) -> "Snapshot":
        """The same with every body cut out already: for work that looks at each of them several times."""
        if isinstance(self.bodies, dict):
            return self
        bodies = dict(zip(self.bodies, map(self.bodies.__getitem__, self.bodies), strict=True))
        return Snapshot(
            self.source, self.digests, bodies, coverage=self.coverage, places=self.places, origins=self.origins,
            derived=self.derived, blobs=self.blobs, left=self.left, hidden=self.hidden, files=self.files,
            elsewhere=self.elsewhere,
        )  # fmt: skip

    def knowing(self, derived: Mapping[str, Derived]) -> "Snapshot":
        """The same with what was found in bodies that are not structured."""
        return Snapshot(
            self.source, self.digests, self.bodies, coverage=self.coverage, places=self.places, origins=self.origins,
            derived={**self.derived, **derived}, blobs=self.blobs, left=self.left, hidden=self.hidden, files=self.files,
            elsewhere=self.elsewhere,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.digests)

    def __contains__(self, address: object) -> bool:
        return address in self.digests

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def body(self, address: str) -> Body:
        """The plain body at an address. Raises KeyError where there is none."""
        result: Body = decode(self.bodies[address])
        return result

    def spec(self, address: str) -> Spec:
        """The typed body at an address."""
        return msgspec.json.decode(self.bodies[address], type=KINDS[address.partition("/")[0]].spec)

    def origin(self, address: str) -> Origin:
        """Who made the resource."""
        return self.origins.get(address, "custom")

    def of_kind(self, kind: str) -> Iterator[tuple[str, Address]]:
        """Addresses of one kind, in the snapshot's order."""
        prefix = kind + "/"
        for address in self.digests:
            if address.startswith(prefix):
                yield address, parse(address)


def kind_of(address: str) -> str:
    """The kind an address begins with."""
    return address.partition("/")[0]
