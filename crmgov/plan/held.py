"""Removals that must wait: what was deprecated with a date stays until that date. Pure."""

from collections.abc import Iterable, Mapping

from crmgov.diff.inputs import Inputs, source_body
from crmgov.model.address import address, parse
from crmgov.model.diagnostics import of
from crmgov.model.plans import Deviation
from crmgov.plan.draft import repository_name
from crmgov.plan.proposals import Draft, Options

_UNTIL = "until:"
_LEAVING = ("deprecated", "retired")


def protection(inputs: Inputs, native: str) -> tuple[str, ...]:
    """What a document protects its resource against, for the ledger to keep: what it says, and how long it stays.

    Decoded only where the bytes mention it.
    """
    name = inputs.desired.names.get(native, native)
    data = inputs.source.bodies.get(name, b"")
    said = b'"protect"' in data
    if not said and b'"remove_after"' not in data:
        return ()
    body = source_body(inputs, native)
    lifecycle = body.get("lifecycle")
    day = lifecycle.get("remove_after") if isinstance(lifecycle, dict) and lifecycle.get("status") in _LEAVING else None
    return (*(body.get("protect") or ()), *((f"{_UNTIL}{day}",) if isinstance(day, str) else ()))


def held(inputs: Inputs, gone: Iterable[str], options: Options) -> Mapping[str, str]:
    """By native address, the last day on which each of these must stay; those that may go are left out.

    An object stays as long as any of its parts. Without a day of its own a plan takes every date for one to come.
    """
    found: dict[str, str] = {}
    for native in gone:
        for entry in inputs.baseline.heads[native].protect:
            day = entry.removeprefix(_UNTIL)
            if entry.startswith(_UNTIL) and (not options.today or options.today <= day):
                parent = parse(native).parent
                for one in (native, *((address("Object", parent),) if parent is not None else ())):
                    found[one] = max(day, found.get(one, ""))
    return found


def hold(inputs: Inputs, native: str, day: str, draft: Draft) -> None:
    """Leave a thing where it is, and say until when."""
    name = repository_name(inputs, native)
    text = f"deprecated, to be removed after {day}"
    draft.absent.append(native)
    draft.deviations.append(Deviation(address=name, native=native, sort="absent", text=text))
    draft.diagnostics.append(of("PLAN014", f"{name} stays: it is {text}", address=name))
