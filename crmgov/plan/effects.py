"""What steps mean for the records there are, beyond harm: told on the step, and nothing that must be accepted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from crmgov.check.governance.scene import Scene, mapping, rows
from crmgov.check.governance.silence.rewrite import either, without
from crmgov.check.governance.silence.shares import Kind, Share, Split, split
from crmgov.check.governance.silence.subjects import Subject, subjects
from crmgov.check.tree import parts
from crmgov.model.address import parse
from crmgov.model.canonical import Body, decode, digest, encode
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot
from crmgov.plan.asked_before import matching
from crmgov.plan.hazards import Situation
from crmgov.plan.proposals import Danger, Proposal

_DECIDING = ("trigger", "when", "actions", "otherwise", "active")
_UNSERVED: tuple[tuple[tuple[Kind, ...], str, str], ...] = (
    (("skipped", "no_person"), "would be passed by", "are newly passed by"),
    (("nobody", "empty_team"), "would reach nobody", "newly reach nobody"),
    (("catch_all",), "would fall to whoever takes the rest", "newly fall to whoever takes the rest"),
    (("false",), "would be taken only because nothing is known", "are newly taken only because nothing is known"),
)
"""Kinds of shares that are told together, in words for a new automation and for one that changes."""


class Effects:
    """The effects of a plan's steps. Configurations are put together only where a step needs them."""

    def __init__(self, situation: Situation, catalogues: Sequence[Catalogue], document: Callable[[str], Body]) -> None:
        """``document`` gives what the repository says of a native address, empty where it says nothing."""
        self._situation = situation
        self._catalogues = catalogues
        self._document = document

    def of(self, step: Proposal) -> Iterator[Danger]:
        """What is to be told of one step, each with its question."""
        if step.native.startswith("Automation/"):
            yield from self._automation(step)
        elif step.native.startswith("Pipeline/") and step.action in ("modify", "rename"):
            yield from self._pipeline(step)

    def _automation(self, step: Proposal) -> Iterator[Danger]:
        after = step.after or {}
        changed = step.action == "add" or any(change.route[0] in _DECIDING for change in step.changes)
        if step.action == "remove" or not changed or after.get("active") is False or after.get("body") == "opaque":
            return
        later = self._later_subjects.get(step.native)
        if later is None or self._situation.is_new(f"Object/{later.object}"):
            return
        now = self._earlier_subjects.get(step.renamed_from or step.native)
        new = split(self._later, later)
        old = None if now is None else split(self._earlier, now)
        for kinds, would, are in _UNSERVED:
            yield from self._unserved(new, old, kinds, would if old is None else are)

    def _unserved(self, new: Split, old: Split | None, kinds: tuple[Kind, ...], words: str) -> Iterator[Danger]:
        shares = [share for share in new.shares if share.kind in kinds]
        before = [share.criteria for share in old.shares if share.kind in kinds] if old is not None else []
        now = either(*(share.criteria for share in shares)) if shares else None
        if now is None or (before and now == either(*before)):
            return
        parent = new.subject.object
        criteria = without(now, either(*before)) if before else now
        text = f"{self._situation.records(parent)} {words}{_why(shares)}"
        yield Danger(hazard="", text=text, question=matching(self._situation, parent, criteria, new.scope))

    def _pipeline(self, step: Proposal) -> Iterator[Danger]:
        """Records that are in a stage already without what it demands from now on."""
        parent, after = parse(step.native).parent or "", step.after or {}
        field = self._stage_field(parent, str(after.get("stage_set") or ""))
        old = {str(stage.get("name")): stage for stage in rows((step.before or {}).get("stages"))}
        for stage in rows(after.get("stages")):
            name = str(stage.get("name"))
            demanded = {*(mapping(stage.get("entry")).get("required") or ())}
            demanded -= {*(mapping(old.get(name, {}).get("entry")).get("required") or ())}
            for needed in sorted(demanded) if field and name in old else ():
                lacks: Body = {"field": needed, "op": "blank"}
                there: Body = {"field": field, "op": "equals", "value": name}
                text = f'{self._situation.records(parent)} in stage "{name}" have no {needed}'
                yield Danger(hazard="", text=text, question=matching(self._situation, parent, lacks, there))

    def _stage_field(self, parent: str, stage_set: str) -> str:
        """The field of the object that holds the stage; empty where that is not known."""
        owner, _, field = str(self._body(f"StageSet/{stage_set}").get("field") or "").partition(".")
        return field if owner == parent else ""

    def _body(self, native: str) -> Body:
        step = self._situation.proposals.get(native)
        if step is not None:
            return step.after or {}
        live = self._situation.live
        return live.body(native) if native in live else {}

    @cached_property
    def _earlier(self) -> Scene:
        return self._scene(self._situation.live)

    @cached_property
    def _later(self) -> Scene:
        """The configuration as this plan leaves it."""
        live = self._situation.live
        bodies = {native: live.bodies[native] for native in live}
        for native, step in self._situation.proposals.items():
            bodies.pop(step.renamed_from or native, None)
            if step.action != "remove" and step.after is not None:
                bodies[native] = encode(step.after)
        for native in [
            native for native in bodies if native.startswith("Team/") and b'"members"' not in bodies[native]
        ]:
            # Some CRMs keep no list that is empty; the document tells it from one that says nothing.
            if "members" in (stated := self._document(native)):
                bodies[native] = encode({**decode(bodies[native]), "members": stated["members"]})
        digests = {native: digest(body) for native, body in bodies.items()}
        return self._scene(
            Snapshot(live.source, digests, bodies, coverage=live.coverage, origins=live.origins, derived=live.derived)
        )

    def _scene(self, snapshot: Snapshot) -> Scene:
        # Nothing that is asked of it here depends on a day.
        return Scene(snapshot, self._catalogues, today=date.min)

    @cached_property
    def _earlier_subjects(self) -> Mapping[str, Subject]:
        return {one.address: one for one in subjects(self._earlier)}

    @cached_property
    def _later_subjects(self) -> Mapping[str, Subject]:
        return {one.address: one for one in subjects(self._later)}


def _why(shares: Sequence[Share]) -> str:
    """The fields for want of which it happens, where nothing else can be why, and the teams it happens with."""
    sure = [share for share in shares if share.kind in ("skipped", "no_person", "false")]
    fields = dict.fromkeys(what.partition(" ")[0] for share in sure for what, _ in share.causes)
    teams = dict.fromkeys(parts(f"Team/{share.team}")[2] for share in shares if share.team)
    told = f", {' and '.join(teams)}" if teams else ""
    return told + (f", for want of {' or '.join(fields)}" if fields else "")
