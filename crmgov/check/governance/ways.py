"""The ways of records: pipelines with what their stage sets say of each stage, and the handoffs between them."""

from functools import cached_property
from typing import Any

import msgspec

from crmgov.check.bodies import mapping, rows
from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One stage of a pipeline. ``row`` is what the pipeline says of it, ``held`` what its stage set does."""

    name: str
    row: Body
    held: Body

    @property
    def route(self) -> Route:
        """Where it stands in its pipeline."""
        return "stages", self.name

    @property
    def outcome(self) -> str:
        """``open``, ``won``, ``lost``, ``converted``, ``closed``; empty where the stage set does not say."""
        return str(self.held.get("outcome") or "")

    @property
    def probability(self) -> int | None:
        """The chance of winning in percent; None where the stage set does not say."""
        value = self.held.get("probability")
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def owner(self) -> str:
        """The role that owns records in it; empty where none is named."""
        return str(self.row.get("owner_role") or "")

    @property
    def entry(self) -> Body:
        """What must be true before a record enters."""
        return mapping(self.row.get("entry"))

    @property
    def required(self) -> list[str]:
        """The fields that must be filled before a record enters."""
        return [name for name in self.entry.get("required") or () if isinstance(name, str)]

    @property
    def next(self) -> list[str] | None:
        """The stages a record may go to; None where the pipeline does not say."""
        held = self.row.get("next")
        return [name for name in held if isinstance(name, str)] if isinstance(held, list) else None


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One pipeline. ``chosen`` is the address of its stage set, empty where that is not in the tree."""

    address: str
    object: str
    chosen: str
    steps: tuple[Step, ...]
    by_name: dict[str, Step]
    tells_losses: bool
    """Whether the outcomes tell a record that was lost or closed from an open one; some CRMs do not for leads."""

    def step(self, name: str) -> Step | None:
        """The stage of this name."""
        return self.by_name.get(name)

    @property
    def start(self) -> Step | None:
        """The stage a new record starts in: the pipeline's default, the stage set's, or the first."""
        marked = [step for step in self.steps if step.row.get("default") is True]
        marked += [step for step in self.steps if step.held.get("default") is True]
        return marked[0] if marked else next(iter(self.steps), None)

    def ends(self, step: Step) -> bool:
        """Whether a way ends in a stage: by its outcome, or as it leads nowhere, where outcomes tell less."""
        return step.outcome not in ("", "open") or (not self.tells_losses and step.next == [])


class End(msgspec.Struct, frozen=True, kw_only=True):
    """One end of a handoff; ``way`` and ``step`` are None where they are not known."""

    object: str
    way: Way | None
    stage: str

    @property
    def step(self) -> Step | None:
        """The stage in its pipeline."""
        return self.way.step(self.stage) if self.way is not None and self.stage else None


class Pass(msgspec.Struct, frozen=True, kw_only=True):
    """One handoff of a lifecycle."""

    address: str
    body: Body
    source: End
    target: End

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.body.get("name"))

    @property
    def route(self) -> Route:
        """Where it stands in its lifecycle."""
        return "handoffs", self.name

    @property
    def role(self) -> str:
        """The receiving role; empty where none is named."""
        return str(self.body.get("role") or "")

    @property
    def conversion(self) -> bool:
        """Whether it is the vendor's own lead conversion."""
        return self.body.get("conversion") is True


class Ways:
    """The pipelines and handoffs of a tree, worked out once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before: dict[str, dict[str | None, list[Step]]] = {}

    @cached_property
    def pipelines(self) -> dict[str, Way]:
        """All pipelines in use, by address."""
        tree = self._session.tree
        found = {}
        for address in tree.of_kind("Pipeline"):
            body = tree.body(address)
            if body.get("active") is not False:
                chosen = self._session.listings.stage_set_of(address)
                listed = rows(tree.body(chosen).get("stages")) if chosen else []
                held = {row.get("name"): row for row in listed}
                steps = tuple(
                    Step(name=str(row.get("name")), row=row, held=held.get(row.get("name")) or {})
                    for row in rows(body.get("stages"))
                    if (held.get(row.get("name")) or {}).get("active") is not False
                )
                found[address] = Way(
                    address=address,
                    object=parts(address)[1] or "",
                    chosen=chosen,
                    steps=steps,
                    by_name={step.name: step for step in steps},
                    tells_losses=any(step.outcome in ("won", "lost", "closed") for step in steps),
                )
        return found

    @cached_property
    def passes(self) -> list[Pass]:
        """All handoffs of lifecycles in use."""
        tree = self._session.tree
        return [
            Pass(address=address, body=row, source=self.end(row.get("from")), target=self.end(row.get("to")))
            for address in tree.of_kind("Lifecycle")
            if mapping(tree.body(address).get("lifecycle")).get("status") in (None, "active")
            for row in rows(tree.body(address).get("handoffs"))
        ]

    def end(self, point: Any) -> End:
        """What an end of a handoff, or a phase, names."""
        held = mapping(point)
        parent, name = str(held.get("object") or ""), held.get("pipeline")
        if isinstance(name, str):
            way = self.pipelines.get(self._session.finder.find("Pipeline", name, parent).address)
        else:
            own = self._by_object.get(parent, [])
            way = own[0] if len(own) == 1 else None
        return End(object=parent, way=way, stage=str(held.get("stage") or ""))

    @cached_property
    def _into(self) -> dict[tuple[str, str], list[Pass]]:
        found: dict[tuple[str, str], list[Pass]] = {}
        for one in self.passes:
            if one.target.way is not None:
                found.setdefault((one.target.way.address, one.target.stage), []).append(one)
        return found

    def into(self, way: Way, stage: str) -> list[Pass]:
        """The handoffs that arrive at a stage."""
        return self._into.get((way.address, stage), [])

    @cached_property
    def _by_object(self) -> dict[str, list[Way]]:
        found: dict[str, list[Way]] = {}
        for way in self.pipelines.values():
            found.setdefault(way.object, []).append(way)
        return found

    def before(self, way: Way, name: str) -> list[Step]:
        """The stages a record may come from, those included that do not say where they lead."""
        if way.address not in self._before:
            self._before[way.address] = _leading(way)
        leading = self._before[way.address]
        return [step for step in (*leading.get(name, ()), *leading.get(None, ())) if step.name != name]

    def movers(self, way: Way, step: Step) -> tuple[str, ...]:
        """The roles that bring records into a stage or take them over there, each once."""
        named = [step.owner, *(one.owner for one in self.before(way, step.name))]
        for one in self.into(way, step.name):
            named += [one.role, one.source.step.owner if one.source.step is not None else ""]
        return tuple(dict.fromkeys(name for name in named if name))


def _leading(way: Way) -> dict[str | None, list[Step]]:
    """By stage, the open stages that lead to it; by None, those that do not say where they lead."""
    found: dict[str | None, list[Step]] = {}
    for step in way.steps:
        if step.outcome in ("", "open"):
            for name in [None] if step.next is None else step.next:
                found.setdefault(name, []).append(step)
    return found
