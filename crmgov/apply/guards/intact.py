"""The plan is what was saved, whole, and one that may be applied here."""

import base64
import binascii

from crmgov.apply import codes
from crmgov.apply.guards.request import Request
from crmgov.model.address import AddressError, parse
from crmgov.model.canonical import digest, digest_of
from crmgov.model.diagnostics import Diagnostic, has_errors, of
from crmgov.model.kinds import KINDS
from crmgov.model.plans import FORMAT, Core
from crmgov.model.provider import PROTOCOL_VERSION


def check(request: Request) -> list[Diagnostic]:
    """Everything that can be said of the file alone."""
    plan, environment = request.plan, request.environment
    if plan.format != FORMAT:
        return [of(codes.OTHER_VERSION, f"The plan has format {plan.format}, and this version applies {FORMAT}")]
    if not plan.intact():
        return [of(codes.EDITED, "The plan's digests are not those of what it holds: it was edited or damaged")]
    found = [of(codes.EDITED, fault) for fault in _faults(plan.core)]
    if plan.core.environment != environment:
        found.append(
            of(codes.OTHER_ENVIRONMENT, f"The plan is for {plan.core.environment}, and this is {environment}")
        )  # fmt: skip
    if plan.core.provider_version != PROTOCOL_VERSION:
        message = f"The plan was made with provider version {plan.core.provider_version}, this is {PROTOCOL_VERSION}"
        found.append(of(codes.OTHER_VERSION, message))
    if plan.context.preview:
        found.append(of(codes.PREVIEW, f"The plan was made against {plan.context.source or 'a recorded snapshot'}"))
    if has_errors(plan.context.diagnostics):
        count = sum(item.severity == "error" for item in plan.context.diagnostics)
        found.append(of(codes.PLAN_ERRORS, f"The plan was saved with {count} error{'s' if count > 1 else ''}"))
    return found


def _faults(core: Core) -> list[str]:
    """Where a plan contradicts itself; somebody who edits one can make its digests right again, but not these."""
    faults = []
    seen: set[int] = set()
    for step in core.steps:
        if step.id in seen or not seen.issuperset(step.after):
            faults.append(f"Step {step.id} is not in order")
        seen.add(step.id)
    faults += [
        f"The desired body {name} is another one" for name, body in core.desired.items() if digest_of(body) != name
    ]
    faults += [f"The vendor file {name} is another one" for name, text in core.blobs.items() if _blob(text) != name]
    natives = [native for step in core.steps for native in (step.native, step.renamed_from) if native]
    faults += [fault for native in (*natives, *(r.native for r in core.records)) if (fault := _address(native))]
    for record in core.records:
        if record.desired and record.desired not in core.desired:
            faults.append(f"The desired body of {record.address} is missing")
    return faults


def _address(text: str) -> str:
    try:
        kind = parse(text).kind
    except AddressError as error:
        return str(error)
    return "" if kind in KINDS else f"{kind!r} is no kind"


def _blob(text: str) -> str:
    try:
        return digest(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return ""
