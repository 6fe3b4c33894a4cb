"""Removals and additions in one plan that look like one thing under two names. Pure."""

from collections.abc import Iterator, Sequence

from crmgov.model.address import for_people, parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.plan.proposals import Proposal

LIKENESS = 0.75
"""Share of equal attributes from which two bodies are taken for one thing renamed."""


def likely_renames(steps: Sequence[Proposal]) -> Iterator[Diagnostic]:
    """Point out pairs of a removal and an addition of one kind and parent that are alike."""
    removed = [step for step in steps if step.action == "remove"]
    added = [step for step in steps if step.action == "add"]
    for old in removed:
        at = parse(old.native)
        for new in added:
            other = parse(new.native)
            if (other.kind, other.parent) == (at.kind, at.parent) and _alike(old.before or {}, new.after or {}):
                message = f"{for_people(new.address)} may be {for_people(old.address)} under a new name"
                mend = f"If so, write `renamed_from: [{parse(old.address).name}]` in it; its records keep their values."
                yield of("PLAN009", message, address=new.address, mend=mend)


def _alike(old: Body, new: Body) -> bool:
    if old.get("type") != new.get("type"):
        return False
    keys = new.keys() - {"label"}
    if not keys:
        return False
    equal = sum(1 for key in keys if old.get(key) == new[key])
    return equal >= LIKENESS * len(keys)
