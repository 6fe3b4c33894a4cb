"""Conditions rewritten: as they read today, as they would read had nothing been left blank, and as they were meant."""

from collections.abc import Callable, Mapping
from typing import Any

from crmgov.check.governance.automation.negations import NEGATIVE
from crmgov.check.governance.scene import mapping
from crmgov.model.canonical import Body

TRUE: Body = {"all": []}
FALSE: Body = {"any": []}
BEFORE = ("changed", "was", "is_new")
"""Comparisons with what a record was before; no record can be asked."""
Gaps = Mapping[str, tuple[Body, ...]]
"""By field, the conditions under which a comparison with it says nothing: it is blank, its value is not listed."""


def rewritten(criterion: Any, leaf: Callable[[Body, bool], Body], *, negated: bool = False) -> Body:
    """A condition with every comparison replaced. ``leaf`` is told whether it stands below an odd number of ``not``."""
    held = mapping(criterion)
    if not held:
        return TRUE
    for name in ("all", "any"):
        if isinstance(held.get(name), list):
            return {name: [rewritten(one, leaf, negated=negated) for one in held[name]]}
    if held.get("not") is not None:
        return {"not": rewritten(held["not"], leaf, negated=not negated)}
    return leaf(held, negated)


def present(criterion: Any) -> Body:
    """A condition of present values alone: what a record was before is taken to be as the condition wants it."""

    def leaf(held: Body, negated: bool) -> Body:
        if held.get("op") in BEFORE:
            return FALSE if negated else TRUE
        return held

    return rewritten(criterion, leaf)


def hopeful(criterion: Body, gaps: Gaps) -> Body:
    """True where it is, and where it would be if what stands in a gap had the value it waits for."""

    def leaf(held: Body, negated: bool) -> Body:
        if negated or held.get("op") in ("blank", "present"):
            return held
        open_ = _gaps_of(held, gaps, blanks_only=held.get("op") in NEGATIVE)
        return {"any": [held, *open_]} if open_ else held

    return rewritten(criterion, leaf)


def strict(criterion: Body, gaps: Gaps) -> Body:
    """True where it is for a reason: a value is not taken to be another one because nothing is known of it."""

    def leaf(held: Body, negated: bool) -> Body:
        if not negated or held.get("op") not in ("equals", "in", "contains", "starts_with", "includes"):
            return held
        open_ = _gaps_of(held, gaps)
        return {"any": [held, *open_]} if open_ else held

    return rewritten(criterion, leaf)


def unasked(criterion: Body) -> Body:
    """The same without its own demands that fields have a value."""

    def leaf(held: Body, negated: bool) -> Body:
        return TRUE if held.get("op") == "present" and not negated else held

    return rewritten(criterion, leaf)


def by_value(criterion: Any) -> Body:
    """A team's ``covers`` without the blanks it takes in."""

    def leaf(held: Body, negated: bool) -> Body:
        return FALSE if held.get("op") == "blank" and not negated else held

    return rewritten(criterion, leaf)


def _gaps_of(held: Body, gaps: Gaps, *, blanks_only: bool = False) -> list[Body]:
    names = [str(held[key]) for key in ("field", "other_field") if held.get(key)]
    found = [gap for name in names for gap in gaps.get(name, ())]
    return [gap for gap in found if gap.get("op") == "blank"] if blanks_only else found


def joined(*parts: Body) -> Body:
    """True where all are."""
    wanted = [part for part in parts if part != TRUE]
    return wanted[0] if len(wanted) == 1 else {"all": wanted}


def either(*parts: Body) -> Body:
    """True where one is."""
    return parts[0] if len(parts) == 1 else {"any": list(parts)}


def without(whole: Body, part: Body) -> Body:
    """True where the one is and the other is not."""
    return joined(whole, {"not": part})
