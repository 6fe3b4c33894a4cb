"""Records of one object that others point at, counted from the side of those that point."""

from typing import NamedTuple

from crmgov.audit.process.links import Link
from crmgov.audit.process.words import counted
from crmgov.audit.scene import Ask, AuditScene
from crmgov.model.canonical import Body
from crmgov.model.figures import Figure, scope


class Pointed(NamedTuple):
    """Records in some stages of an object, and a link at them from another."""

    parent: str
    field: str
    values: tuple[str, ...]
    link: Link

    def asks(self) -> list[Ask]:
        """How many records are there, and at how many of them the others point."""
        return [(self.parent, self._there), (self.link.parent, self._pointed)]

    def counts(self, scene: AuditScene) -> tuple[int, int]:
        """Records in these stages, and those that something points at; (0, 0) where either is not known."""
        known = scene.answer(self.parent, self._there).known and scene.answer(self.link.parent, self._pointed).known
        if not known:
            return 0, 0
        return counted(scene, self.parent, self._there), counted(scene, self.link.parent, self._pointed)

    @property
    def _there(self) -> Figure:
        return Figure(metric="records", where=scope(self._in(self.field)))

    @property
    def _pointed(self) -> Figure:
        where = scope(self._in(f"{self.link.field}.{self.field}"))
        return Figure(metric="distinct", field=self.link.field, where=where, via=self.link.via)

    def _in(self, field: str) -> Body:
        return {"field": field, "op": "in", "value": list(self.values)}
