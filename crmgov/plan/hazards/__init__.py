"""Hazards: one file per class of harm, each saying what of a proposed change may do it. Pure."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from crmgov.model.address import Address, address, parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.model.operations import RouteChange
from crmgov.model.shape import KEY
from crmgov.model.snapshot import Snapshot
from crmgov.plan.proposals import Proposal


def _unwritten(_native: str, _attribute: str) -> Body | None:
    return None


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What a hazard rule may look at: the live state, and all proposals by native address.

    ``words`` are the CRM's own for each kind. ``written`` gives the condition that the repository writes under an
    attribute of a native resource, None where it writes none.
    """

    live: Snapshot
    proposals: Mapping[str, Proposal]
    words: Mapping[str, str] = {}
    written: Callable[[str, str], Body | None] = _unwritten

    def is_new(self, native: str) -> bool:
        """Whether this plan adds the resource, so that nobody had or lacked it before."""
        step = self.proposals.get(native)
        return step is not None and step.action == "add"

    def records(self, object_name: str) -> str:
        """What several records of an object are called: by its plural label, else by its name."""
        native = address("Object", object_name)
        step = self.proposals.get(native)
        body = (step.before or step.after or {}) if step is not None else {}
        if not body and native in self.live:
            body = self.live.body(native)
        label = str(body.get("label_plural") or "")
        if not label:
            return f"{object_name} records"
        return label[0].lower() + label[1:] if label[1:].islower() else label

    def fields_of_picklist(self, name: str) -> Iterator[tuple[Address, Body]]:
        """Live fields that take their values from a shared picklist or stage set."""
        for native, at in self.live.of_kind("Field"):
            if f'"{name}"'.encode() in self.live.bodies[native]:
                body = self.live.body(native)
                if body.get("picklist") == name:
                    yield at, body

    def values_of(self, name: str, *, later: bool) -> list[str]:
        """The values of a shared picklist, or the stages of a stage set, as they are live or ``later`` are to be."""
        for native in (address("Picklist", name), address("StageSet", name)):
            step = self.proposals.get(native) if later else None
            body = step.after if step is not None else self.live.body(native) if native in self.live else None
            if body is not None:
                return [row[KEY] for collection in ("values", "stages") for row in body.get(collection) or ()]
        return []


def address_of(step: Proposal) -> Address:
    """The native address of a proposal before any rename in the same plan: what records are counted by."""
    return parse(step.renamed_from or step.native)


def turned(step: Proposal, route: Route) -> RouteChange | None:
    """The change at a route, if the proposal has one there."""
    return next((change for change in step.changes if change.route == route), None)
