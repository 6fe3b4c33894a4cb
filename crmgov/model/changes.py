"""What differs at one address, between two states."""

from typing import Literal

import msgspec

from crmgov.model.operations import RouteChange


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One resource that differs. ``modify`` lists what differs, attribute by attribute; add and remove list all."""

    action: Literal["add", "remove", "modify"]
    address: str
    changes: tuple[RouteChange, ...] = ()
