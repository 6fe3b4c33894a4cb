"""Issues for owners: what was changed by hand and what was found, for each owner in one issue."""

import hashlib
import json
from collections.abc import Sequence
from itertools import chain

import msgspec

from crmgov.model.plans import Deviation
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.report.areas import Areas, areas_of
from crmgov.report.changes import lines, title
from crmgov.report.comment.given import Checked, Finding
from crmgov.report.comment.room import Block, fitted
from crmgov.report.comment.stops import finding_line, short
from crmgov.report.text import clean, count

FORMAT = "crmgov-issues/1"
NOBODY = "Nobody named"
_TITLE = 200


class Drifted(msgspec.Struct, frozen=True, kw_only=True):
    """Drift of one environment, as ``drift --format json`` writes it."""

    environment: str
    drift: tuple[Deviation, ...]
    format: str


class _Owned:
    """What one owner is told."""

    def __init__(self, owner: str, handle: str) -> None:
        self.owner = owner
        self.handle = handle
        self.by_hand: list[tuple[str, Deviation]] = []
        self.found: list[Finding] = []


def issues(tree: Snapshot, drifted: Sequence[Drifted], checked: Sequence[Checked]) -> str:
    """JSON: for each owner with anything to do ``mark`` (how its body begins), ``owner``, ``title`` and ``body``.

    The owner is that of the area, else the resource's own, else the person who answers for the CRM.
    """
    owned: dict[str, _Owned] = {}
    find = _Owners(tree)
    for one in drifted:
        for deviation in one.drift:
            _entry(owned, *find.of(deviation.address, "")).by_hand.append((one.environment, deviation))
    for finding in chain.from_iterable(one.findings for one in checked):
        if finding.severity != "note":
            file = finding.place.file if finding.place is not None else ""
            _entry(owned, *find.of(finding.address, file)).found.append(finding)
    told = [_issue(owned[name]) for name in sorted(owned)]
    return json.dumps({"format": FORMAT, "issues": told}, indent=2) + "\n"


def _entry(owned: dict[str, _Owned], owner: str, handle: str) -> _Owned:
    return owned.setdefault(owner, _Owned(owner, handle))


class _Owners:
    def __init__(self, tree: Snapshot) -> None:
        self._tree = tree
        self._areas = Areas(areas_of(tree))
        documents = [tree.body(at) for at, _ in tree.of_kind("Governance")]
        self._crm_owner = next((str(body["crm_owner"]) for body in documents if body.get("crm_owner")), "")

    def of(self, address: str, file: str) -> tuple[str, str]:
        """The owner of a resource, and the handle where one is known."""
        resource = address.partition("#")[0]
        place = self._tree.places.get(resource)
        area = self._areas.of(resource, file or (place.file if place is not None else ""))
        if area is not None and area.owner:
            return area.owner, area.handle
        own = str(self._tree.body(resource).get("owner") or "") if resource in self._tree else ""
        return own or self._crm_owner or NOBODY, ""


def _issue(owned: _Owned) -> dict[str, str]:
    mark = f"<!-- crmgov:issue {hashlib.sha256(owned.owner.encode(errors='replace')).hexdigest()[:16]} -->"
    parts = [count(len(owned.by_hand), "change by hand", "changes by hand")] if owned.by_hand else []
    parts += [count(len(owned.found), "finding")] if owned.found else []
    return {
        "mark": mark,
        "owner": owned.owner,
        "title": f"crmgov: {', '.join(parts)} for {clean(owned.owner[:_TITLE])}",
        "body": fitted([_greeting(mark, owned), *_blocks(owned)]),
    }


def _greeting(mark: str, owned: _Owned) -> Block:
    whom = owned.handle or short(owned.owner)
    text = f"{mark}\nFor {whom}. This is written anew at every look, and closed when nothing is left."
    return Block(text, iter(()), 0, lambda _: "")


def _blocks(owned: _Owned) -> list[Block]:
    blocks = []
    if owned.by_hand:
        told = (_by_hand(environment, one) for environment, one in owned.by_hand)
        opening = "### Changed by hand\n\nKeep it with `crmgov pull`, or undo it with `crmgov plan --revert`.\n"
        blocks.append(Block(opening, told, len(owned.by_hand), lambda n: f"- and {n:,} more: `crmgov drift --full`"))
    if owned.found:
        found = (
            finding_line(one.severity, one) + (f": {short(one.mend)}" if one.mend else "")
            for one in sorted(owned.found, key=lambda one: (one.severity, one.code, one.address))
        )
        opening = "### Findings\n"
        blocks.append(Block(opening, found, len(owned.found), lambda n: f"- and {n:,} more: `crmgov validate --full`"))
    return blocks


def _by_hand(environment: str, one: Deviation) -> str:
    told = "; ".join(lines(kind_of(one.native), one.changes)[:4]) or one.text
    return f"- {short(environment)}: {short(title(one.address))} {one.sort}" + (f": {short(told)}" if told else "")
