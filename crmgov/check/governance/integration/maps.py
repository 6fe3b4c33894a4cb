"""The maps of integrations as rules see them: one row per field shared with another system."""

from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from crmgov.check.governance.scene import Scene, mapping, rows, spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related, Route, of


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """One field as one integration shares it.

    ``system`` is the other system as its name is compared, ``spelt`` as it is written. ``truth`` and ``on_conflict``
    are empty where not stated.
    """

    integration: str
    system: str
    spelt: str
    name: str
    object: str
    field: str
    theirs: str
    direction: str
    truth: str
    on_conflict: str
    values: dict[str, str]

    @property
    def ours(self) -> str:
        """Our field as Object.Field."""
        return f"{self.object}.{self.field}"

    @property
    def comes(self) -> bool:
        """Whether values come in."""
        return self.direction in ("in", "both")

    @property
    def goes(self) -> bool:
        """Whether values go out."""
        return self.direction in ("out", "both")

    @property
    def there(self) -> tuple[str, str]:
        """The other system's field, as it is compared."""
        return self.system, self.theirs

    @property
    def route(self) -> Route:
        """Where it stands in its integration."""
        return "mappings", self.name


class Maps:
    """The integrations of a tree that are governed here, and what they share."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @cached_property
    def running(self) -> list[str]:
        """The integrations that run."""
        return [address for address in self._scene.tree.of_kind("Integration") if self._status(address) == "running"]

    @cached_property
    def idle(self) -> list[str]:
        """The integrations that do not run: switched off, or retired."""
        return [address for address in self._scene.tree.of_kind("Integration") if self._status(address) == "idle"]

    def _status(self, address: str) -> str:
        """One that is deprecated still runs; one that is released is governed elsewhere."""
        body = self._scene.tree.body(address)
        status = mapping(body.get("lifecycle")).get("status")
        if status == "released":
            return "released"
        return "idle" if status == "retired" or body.get("active") is False else "running"

    @cached_property
    def shared(self) -> list[Shared]:
        """Everything that integrations that run share."""
        return [one for address in self.running for one in self.of(address)]

    def of(self, address: str) -> Iterator[Shared]:
        """What one integration shares, fields that are known not to exist left out."""
        body = self._scene.tree.body(address)
        spelt = str(body.get("system") or spoken(address))
        for row in rows(body.get("mappings")):
            parent, _, field = str(row.get("ours") or "").partition(".")
            found = self._scene.session.finder.find("Field", field, parent) if field else None
            if found is None or found.status == "missing" or not isinstance(row.get("theirs"), str):
                continue
            held = mapping(row.get("values"))
            yield Shared(
                integration=address,
                system=" ".join(spelt.casefold().split()),
                spelt=spelt,
                name=str(row.get("name")),
                object=parts(found.address)[1] or parent if found.address else parent,
                field=parts(found.address)[2] if found.address else found.name or field,
                theirs=row["theirs"],
                direction=str(row.get("direction")),
                truth=str(row.get("truth") or ""),
                on_conflict=str(row.get("on_conflict") or ""),
                values={ours: theirs for ours, theirs in held.items() if isinstance(theirs, str)},
            )

    @cached_property
    def by_field(self) -> dict[str, list[Shared]]:
        """What is shared of each field, by Object.Field."""
        found: dict[str, list[Shared]] = {}
        for one in self.shared:
            found.setdefault(one.ours, []).append(one)
        return found

    @cached_property
    def ways(self) -> dict[tuple[str, str], set[str]]:
        """In which directions a field is shared with a system."""
        found: dict[tuple[str, str], set[str]] = {}
        for one in self.shared:
            found.setdefault((one.ours, one.system), set()).add(one.direction)
        return found

    @cached_property
    def by_theirs(self) -> dict[tuple[str, str], list[Shared]]:
        """What is shared with each field of another system."""
        found: dict[tuple[str, str], list[Shared]] = {}
        for one in self.shared:
            found.setdefault(one.there, []).append(one)
        return found

    @cached_property
    def by_identity(self) -> dict[str, list[str]]:
        """The integrations that run with each permission set, by its name."""
        found: dict[str, list[str]] = {}
        for address in self.running:
            name = self._scene.tree.body(address).get("runs_as")
            if isinstance(name, str):
                found.setdefault(name, []).append(address)
        return found


def maps(scene: Scene) -> Maps:
    """The maps of a scene; a tree has few."""
    return Maps(scene)


def made_here(scene: Scene, address: str) -> bool:
    """Whether a field is one of ours: of those that a vendor ships, files do not say who may see them."""
    return address in scene.snapshot and scene.snapshot.origin(address) == "custom"


def returns(whole: Maps, one: Shared, direction: str) -> bool:
    """Whether the same system shares the field the other way too."""
    return not whole.ways[one.ours, one.system].isdisjoint((direction, "both"))


def about_field(scene: Scene, code: str, message: str, at: Shared, *, key: str, beside: Iterable[Shared]) -> Diagnostic:
    """A finding about our field, at one of the maps that share it, with the others beside it."""
    field = scene.tree.address("Field", at.field, at.object)
    return of(
        code,
        message,
        at=scene.tree.where(at.integration, (*at.route, key)),
        address=field if field in scene.snapshot else at.integration,
        related=tuple(one for other in beside for one in shared_at(scene, other)),
    )


def shared_at(scene: Scene, one: Shared) -> tuple[Related, ...]:
    """Where a field is shared, to be shown beside a finding."""
    place = scene.tree.where(one.integration, one.route)
    return () if place is None else (Related(f"Shared with {one.spelt}", place),)


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names as a sentence lists them: ``A, B and 4 more``."""
    every = list(dict.fromkeys(names))
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return " and ".join((", ".join(every[:-1]), every[-1])) if len(every) > 1 else "".join(every)


def quoted(names: Iterable[str]) -> str:
    """The same for values, in quotation marks."""
    return listed(f'"{name}"' for name in names)
