"""The ledger is the one the plan was made with, and the heads it rests on have not moved."""

from collections.abc import Iterator

from crmgov.apply import codes
from crmgov.apply.guards.request import Found, Request
from crmgov.ledger.entries import Entry, HeadsChanged
from crmgov.model.diagnostics import Diagnostic, of


def check(request: Request, found: Found) -> list[Diagnostic]:
    """An unknown chain refuses the plan as a whole, moved heads each by its name."""
    core, baseline = request.plan.core, found.baseline
    if not core.chain and baseline.chain:
        message = (
            f"The plan was made before anything was applied to {request.environment}, and since then something was"
        )
        return [of(codes.LEDGER_MOVED, message)]
    if found.later is None:
        message = (
            f"The ledger of {request.environment} does not hold the entry the plan rests on: it is another or older one"
        )
        return [of(codes.LEDGER_MOVED, message)]
    return list(_moved(request, found, found.later))


def _moved(request: Request, found: Found, later: tuple[Entry, ...]) -> Iterator[Diagnostic]:
    for record in request.plan.core.records:
        head = found.baseline.heads.get(record.native)
        if (head.digest if head else "") != record.head:
            yield of(
                codes.LEDGER_MOVED, f"{record.address} was applied anew since the plan was made", address=record.address
            )  # fmt: skip
        elif record.action in ("forget", "release") and _held(record.native, later):
            message = f"{record.address} was in a configuration applied since the plan was made"
            yield of(codes.LEDGER_MOVED, message, address=record.address)


def _held(native: str, later: tuple[Entry, ...]) -> bool:
    """Whether a later apply's tree held it: what was then not kept apart was held."""
    for entry in later:
        what = entry.what
        if isinstance(what, HeadsChanged) and what.keep is not None and native not in what.keep:
            return True
    return False
