"""Proposals that must not be: not ours to make, resting on what was not read, protected by their document. Pure."""

from collections.abc import Iterator

from crmgov.diff.inputs import Inputs
from crmgov.model.address import address, for_people, parse
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.operations import RouteChange
from crmgov.plan.draft import place_of
from crmgov.plan.proposals import Proposal

_ACCESS_KINDS = {"PermissionSet", "Role", "Team"}


def refusals(inputs: Inputs, step: Proposal) -> Iterator[Diagnostic]:
    """Everything that speaks against a proposal, each an error."""
    at = parse(step.native)
    where = place_of(inputs, step.native)
    if step.action == "add" and inputs.live.origin(step.native) != "custom":
        message = f"{step.address} is {inputs.live.origin(step.native)}, and this environment does not have it"
        yield of("PLAN004", message, address=step.address, at=where)
    refused = {"add": inputs.capabilities.cannot_create, "remove": inputs.capabilities.cannot_remove}
    reason = refused.get(step.action, {}).get(at.kind, "")
    if reason:
        yield of("PLAN006", f"{step.address} cannot be {_DONE[step.action]}: {reason}", address=step.address, at=where)
    attributes = {change.route[0] for change in step.changes} if step.action in ("modify", "rename") else {None}
    for attribute in sorted(attributes, key=str):
        gap = inputs.live.coverage.gap(at.kind, at.parent, attribute)
        if gap:
            yield of("PLAN005", f"{step.address} rests on what was not read: {gap}", address=step.address, at=where)
    yield from _protected(inputs, step)


_DONE = {"add": "created", "remove": "removed"}


def _protected(inputs: Inputs, step: Proposal) -> Iterator[Diagnostic]:
    said = _protection(inputs, step.renamed_from or step.native)
    if "remove" in said and step.action == "remove":
        yield _told(step, step.address, "remove")
    if "type" in said and any(change.route == ("type",) for change in step.changes) and step.action != "remove":
        yield _told(step, step.address, "type")
    kind = step.native.partition("/")[0]
    access = kind in _ACCESS_KINDS or any(c.route[0] in ("sharing", "external_sharing") for c in step.changes)
    if "access" in said and step.action != "remove" and access:
        yield _told(step, step.address, "access")
    if kind == "PermissionSet":
        concerned = {target for change in step.changes for target in _granted(change)}
        for target in sorted(concerned):
            if "access" in _protection(inputs, target) and target != step.native:
                yield _told(step, target, "access")


def _protection(inputs: Inputs, native: str) -> tuple[str, ...]:
    head = inputs.baseline.heads.get(native)
    return head.protect if head is not None else ()


def _granted(change: RouteChange) -> Iterator[str]:
    """The resources to which a change of a permission row gives or takes access."""
    route = change.route
    if route[0] in ("objects", "fields") and len(route) > 1:
        yield address("Object", route[1])
    if route[0] == "fields" and len(route) > 3:
        yield address("Field", route[3], route[1])


def _told(step: Proposal, protected: str, sort: str) -> Diagnostic:
    message = f"{for_people(step.address)}: {for_people(protected)} is protected against a change of this sort ({sort})"
    return of("PLAN008", message, address=step.address)
