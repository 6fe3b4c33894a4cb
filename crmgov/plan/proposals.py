"""A draft: changes proposed but not yet measured, ordered and sealed."""

import msgspec

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route
from crmgov.model.evidence import Question
from crmgov.model.operations import Action, RouteChange
from crmgov.model.plans import Cause, Deviation, Record


class Danger(msgspec.Struct, frozen=True, kw_only=True):
    """A hazard a change may have. With a question, an exact answer of 0 shows that it has not.

    One without a name harms nobody for certain: its figure is told on the step, and nothing must be accepted.
    """

    hazard: str
    text: str
    question: Question | None = None
    """Asked of the provider; None means that nothing can be measured and the hazard stands."""
    counted: bool = True
    """Whether the text needs a figure at all (widened access needs none)."""


class Proposal(msgspec.Struct, kw_only=True):
    """One proposed step. ``before`` and ``after`` are native bodies, as they read once the plan's renames are done."""

    action: Action
    native: str
    address: str
    before: Body | None
    after: Body | None
    changes: tuple[RouteChange, ...] = ()
    renamed_from: str = ""
    fingerprint: str = ""
    because: Cause = "intent"
    dangers: list[Danger] = []
    used_by: tuple[str, ...] = ()
    """What uses it, or anything it takes away, once the plan is done."""
    broken: tuple[tuple[str, str, Route], ...] = ()
    """What it takes away and what uses that afterwards still: address, user, route in the user."""
    uses: dict[str, str] = {}
    by_hand_after: tuple[str, ...] = ()
    overwritten: int = 0


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the person who plans asked for. Addresses are the repository's; ``take`` maps one to yaml or live."""

    revert: frozenset[str] = frozenset()
    revert_kinds: frozenset[str] = frozenset()
    take: dict[str, str] = {}
    only: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    today: str = ""
    """The day of the plan, YYYY-MM-DD: what waits for a date waits where there is none."""
    protected: bool = False
    tree_complete: bool = True
    """False where part of the tree could not be loaded: nothing is removed then."""


class Inquiry(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy wants to know before it lets a change through; without a question, why it cannot be asked."""

    policy: str
    native: str
    question: Question | None = None
    reason: str = ""


class Draft(msgspec.Struct, kw_only=True):
    """Everything a plan will say, short of evidence and order."""

    proposals: list[Proposal] = []
    deviations: list[Deviation] = []
    diagnostics: list[Diagnostic] = []
    records: list[Record] = []
    absent: list[str] = []
    inquiries: list[Inquiry] = []
    unmanaged: int = 0
    overwritten: int = 0
    first: bool = False

    @property
    def questions(self) -> list[Question]:
        """All questions, in the order in which :func:`complete` expects their answers."""
        asked = [danger.question for step in self.proposals for danger in step.dangers]
        asked += [one.question for one in self.inquiries]
        return [question for question in asked if question is not None]
