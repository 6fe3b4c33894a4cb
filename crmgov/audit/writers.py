"""Who can write a field: people, automations, integrations and imports; and who did."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from crmgov.check.bodies import rows
from crmgov.check.governance.scene import Scene
from crmgov.check.tree import parts

_BY_HAND = ("file", "manual")
"""Modes of an integration that people call an import."""


class Writers:
    """Who can write each field of a tree; what all fields share is worked out once."""

    def __init__(self, config: Scene) -> None:
        self._config = config

    def of(self, parent: str, name: str) -> Iterator[str]:
        """``users`` (by layout and permission), ``automation``, ``integration``, ``import``; each once."""
        config = self._config
        shown = any(how != "readonly" for _, how in config.shown.on(parent, name).values())
        if shown and any(level == "edit" for _, level in config.access.readers(parent, name)):
            yield "users"
        if (parent, name) in self._automated:
            yield "automation"
        yield from self._fed.get(f"{parent}.{name}", ())

    @cached_property
    def _automated(self) -> frozenset[tuple[str, str]]:
        behaviours = self._config.behaviours.values()
        return frozenset(field for one in behaviours if one.active for field in one.writes)

    @cached_property
    def _fed(self) -> Mapping[str, tuple[str, ...]]:
        """By Object.Field, how values come in from other systems."""
        found: dict[str, dict[str, None]] = {}
        for address in self._config.tree.of_kind("Integration"):
            body = self._config.tree.body(address)
            if body.get("active") is False:
                continue
            sort = "import" if body.get("mode") in _BY_HAND else "integration"
            for row in rows(body.get("mappings")):
                if row.get("direction") in ("in", "both"):
                    found.setdefault(str(row.get("ours")), {})[sort] = None
        return {field: tuple(sorted(sorts, reverse=True)) for field, sorts in found.items()}

    @cached_property
    def identities(self) -> Mapping[str, str]:
        """What an integration may be called where a record says who wrote it, in lower case: its sort by that name."""
        found: dict[str, str] = {}
        for address in self._config.tree.of_kind("Integration"):
            body = self._config.tree.body(address)
            sort = "import" if body.get("mode") in _BY_HAND else "integration"
            for called in (parts(address)[2], body.get("label"), body.get("system"), body.get("runs_as")):
                if isinstance(called, str) and called:
                    found.setdefault(called.casefold(), sort)
        return found

    def hands(self, counts: tuple[tuple[str, int], ...]) -> dict[str, int]:
        """Records by who wrote them last: ``integration``, ``import``, or ``others`` (mostly people)."""
        found: dict[str, int] = {}
        for who, count in counts:
            if count:
                sort = self.identities.get(who.casefold(), "others")
                found[sort] = found.get(sort, 0) + count
        return found
