"""Who answers for what: the areas of the Governance document, and the area a resource belongs to."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from crmgov.model.address import AddressError, parse
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Snapshot

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_HANDLE = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,99})(?:/[A-Za-z0-9_.-]{1,100}){0,9}\Z")


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the configuration with an owner. ``handle`` is the owner's at the git host; empty where none is
    given, or what is given is none.
    """

    name: str
    owner: str
    handle: str = ""
    given: str = ""
    """The handle as it is written."""
    paths: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()


def areas_of(tree: Snapshot) -> list[Area]:
    """All areas in the order of their names. A repository has one Governance document; of several all count."""
    found: dict[str, Area] = {}
    for document, _ in tree.of_kind("Governance"):
        for name, body in (tree.body(document).get("areas") or {}).items():
            found.setdefault(name, _area(name, body or {}))
    return [found[name] for name in sorted(found)]


def _area(name: str, body: Body) -> Area:
    given = str(body.get("handle") or "")
    return Area(
        name=name,
        owner=str(body.get("owner") or ""),
        handle=given if _HANDLE.match(given) else "",
        given=given,
        paths=tuple(body.get("paths") or ()),
        kinds=tuple(body.get("kinds") or ()),
        objects=tuple(body.get("objects") or ()),
    )


class Areas:
    """Finds areas: what names the file counts more than what names the object, and that more than the kind. Among
    those of one sort the last by name counts.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        self.areas = list(areas)
        self._kinds = {kind: area for area in self.areas for kind in area.kinds}
        self._objects = {name: area for area in self.areas for name in area.objects}

    def of(self, address: str, file: str) -> Area | None:
        """The area of a resource that stands in a file; None where nobody answers for it."""
        return self.of_file(file) or self.of_address(address)

    def of_file(self, file: str) -> Area | None:
        """The area whose paths name a file."""
        if not file:
            return None
        return next((area for area in reversed(self.areas) if self._patterns[area.name].match_file(file)), None)

    def of_address(self, address: str) -> Area | None:
        """The area whose objects or kinds name a resource."""
        try:
            at = parse(address)
        except AddressError:
            return None
        owner = at.name if at.kind == "Object" else at.parent
        return self._objects.get(owner or "") or self._kinds.get(at.kind)

    @cached_property
    def _patterns(self) -> "Mapping[str, GitIgnoreSpec]":
        from pathspec import GitIgnoreSpec

        return {area.name: GitIgnoreSpec.from_lines(area.paths) for area in self.areas}
