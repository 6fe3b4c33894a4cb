"""The plan is what was saved, whole, and one that may be applied here."""

from crmgov.apply import codes
from crmgov.apply.guards.request import Request
from crmgov.model.diagnostics import Diagnostic, has_errors, of
from crmgov.model.plan_faults import core_faults
from crmgov.model.plans import FORMAT
from crmgov.model.provider import PROTOCOL_VERSION


def check(request: Request) -> list[Diagnostic]:
    """Everything that can be said of the file alone."""
    plan, environment = request.plan, request.environment
    if plan.format != FORMAT:
        return [of(codes.OTHER_VERSION, f"The plan has format {plan.format}, and this version applies {FORMAT}")]
    if not plan.intact():
        return [of(codes.EDITED, "The plan's digests are not those of what it holds: it was edited or damaged")]
    found = [of(codes.EDITED, fault) for fault in core_faults(plan.core)]
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
