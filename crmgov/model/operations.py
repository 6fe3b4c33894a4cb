"""What a provider is asked to do, and what it answers."""

from typing import Literal

import msgspec

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route

Action = Literal["add", "remove", "modify", "rename", "replace"]


class RouteChange(msgspec.Struct, frozen=True, kw_only=True):
    """One attribute or element: its route, and the value before and after (absent: not there).

    The value of an element's own route is ``flat.PRESENT``.
    """

    route: Route
    before: object = msgspec.UNSET
    after: object = msgspec.UNSET


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One step as a provider carries it out. All names are native, all bodies normalised and complete.

    ``before`` is the live body (None for add), ``after`` the live body with the changes made (None for remove).
    ``renamed_from`` is the native address before a rename.
    """

    step: int
    action: Action
    address: str
    before: Body | None = None
    after: Body | None = None
    changes: tuple[RouteChange, ...] = ()
    renamed_from: str = ""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Operations that a provider carries out together; the unit of the journal.

    ``atomic``: all or none of them take effect. ``digest`` covers run and operations.
    """

    run: str
    number: int
    operations: tuple[Operation, ...]
    atomic: bool
    digest: str


OutcomeStatus = Literal["done", "altered", "failed", "unverified", "not_tried", "cannot_undo"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one step. ``message`` is for people, free of record values and secrets."""

    step: int
    status: OutcomeStatus
    message: str = ""
