"""Decisions that people took over an audit, as edits of the YAML. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crmgov.audit.codes_decided import BAD_DECISION, NO_GOVERNANCE
from crmgov.audit.facts import is_required
from crmgov.audit.fixes import deprecation, hiding
from crmgov.audit.rules.unused import CODES
from crmgov.audit.scene import AuditScene
from crmgov.check.bodies import mapping, rows
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Place, brief, of


class Decision(NamedTuple):
    """One row that somebody filled in. ``until`` is YYYY-MM-DD or empty; ``at`` the row."""

    address: str
    verdict: str
    decision: str
    owner: str
    reason: str
    until: str
    at: Place


class Decided(NamedTuple):
    """The edits that decisions ask for, and what was wrong with the others."""

    fixes: list[Fix]
    problems: list[Diagnostic]


def decided(scene: AuditScene, decisions: Iterable[Decision]) -> Decided:
    """Edits for all decisions that are sound; a decision whose edits are made already asks for none."""
    result = Decided([], [])
    waivers = _Waivers(scene)
    every = list(decisions)
    torn = _torn(every)
    seen: set[str] = set()
    for one in every:
        fault = _fault(scene, one)
        if not fault and one.address in torn:
            fault = "rows differ over it, so none of them is taken over"
        elif not fault and one.address in seen:
            fault = "it is decided on twice; the first row counts"
        seen.add(one.address)
        fix = None
        if not fault:
            fix = waivers.accepting(one) if one.decision == "keep" else _going(scene, one)
        if fault:
            result.problems.append(of(BAD_DECISION, f"{brief(one.address) or 'a row'}: {fault}", at=one.at))
        elif fix is not None:
            result.fixes.append(fix)
    result.fixes.extend(waivers.new())
    if waivers.homeless:
        have = "decision to keep has" if waivers.homeless == 1 else "decisions to keep have"
        message = f"{waivers.homeless:,} {have} nowhere to stand"
        result.problems.append(of(NO_GOVERNANCE, message))
    return result


def _fault(scene: AuditScene, one: Decision) -> str:
    """What is wrong with a decision; empty where nothing is."""
    if one.address not in scene.config.snapshot or not one.address.startswith("Field/"):
        return "no field of the configuration has this address"
    if one.decision not in ("keep", "hide", "deprecate", "remove"):
        return f"{brief(one.decision)} is no decision: keep, hide, deprecate or remove"
    if not one.reason:
        return f"a decision to {one.decision} needs a reason"
    if one.decision == "hide" and is_required(scene.config.tree.body(one.address)):
        return "it is required, so it cannot be hidden"
    if one.until and not _is_day(one.until):
        return f"until {brief(one.until)} is no day (YYYY-MM-DD)"
    if one.until and one.until < scene.today.isoformat() and not _stands(scene, one):
        return f"until {one.until} is over"
    if one.decision == "keep" and one.verdict in CODES:
        if not one.until:
            return "a decision to keep needs the day until which it holds"
        if not (one.owner or scene.config.owner(one.address)):
            return "a decision to keep needs an owner, and the configuration names none"
    return ""


def _torn(decisions: Iterable[Decision]) -> set[str]:
    """The addresses over which rows differ."""
    first: dict[str, Decision] = {}
    for one in decisions:
        first.setdefault(one.address, one)
    return {one.address for one in decisions if one._replace(at=first[one.address].at) != first[one.address]}


def _stands(scene: AuditScene, one: Decision) -> bool:
    """Whether a deprecation of that day was written already, so that the same workbook may be read again."""
    lifecycle = mapping(scene.config.tree.body(one.address).get("lifecycle"))
    return one.decision in ("deprecate", "remove") and lifecycle.get("remove_after") == one.until


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _going(scene: AuditScene, one: Decision) -> Fix | None:
    if one.decision == "hide":
        return hiding(scene, one.address, one.reason)
    return deprecation(scene, one.address, one.reason, one.until)


class _Waivers:
    """The waivers of the Governance document, and those to be added."""

    def __init__(self, scene: AuditScene) -> None:
        self._scene = scene
        tree = scene.config.tree
        self._document = next(iter(tree.of_kind("Governance")), "")
        self._held = rows(scene.config.governance.get("waivers"))
        self._added: list[dict[str, object]] = []
        self.homeless = 0

    def accepting(self, one: Decision) -> Fix | None:
        """The waiver that is there already, changed; one that is not is remembered."""
        code = CODES.get(one.verdict)
        if code is None:
            return None
        owner = one.owner or self._scene.config.owner(one.address)
        wanted: dict[str, object] = {
            "code": code, "address": one.address, "owner": owner, "reason": one.reason, "expires": one.until,
        }  # fmt: skip
        for number, held in enumerate(self._held):
            if held.get("code") == code and held.get("address") == one.address:
                changed = [key for key, value in wanted.items() if held.get(key) != value]
                edits = [self._edit((str(number), key), wanted[key]) for key in changed]
                found = tuple(edit for edit in edits if edit is not None)
                return Fix(f"Go on accepting {code} at {spoken(one.address)}", found, safe=True) if found else None
        if self._document:
            self._added.append(wanted)
        else:
            self.homeless += 1
        return None

    def new(self) -> Sequence[Fix]:
        """The waivers that were not there, at the end of the others."""
        if not self._added:
            return ()
        if not self._held:
            edits = [self._edit((), self._added)]
        else:
            first = len(self._held)
            edits = [self._edit((str(first + number),), one) for number, one in enumerate(self._added)]
        return [Fix("Accept a finding", (edit,), safe=True) for edit in edits if edit is not None]

    def _edit(self, route: tuple[str, ...], value: object) -> Edit | None:
        at = self._scene.config.tree.where(self._document, ("waivers", *route))
        return None if at is None else Edit(at=at, action="set", value=value)
