"""The instance that answers is the one expected, and the one the plan was made for."""

from msgspec import UNSET

from crmgov.apply import codes
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.kinds.environments import Environment, Expects
from crmgov.model.provider import Identity
from crmgov.write.scalars import text


def check(environment: str, spec: Environment, identity: Identity, planned: Identity | None) -> list[Diagnostic]:
    """Compare three identities: the one that answers, the expected one, and the plan's (None: a resume has no file)."""
    found = []
    if not isinstance(spec.expects, Expects):
        instance = text(identity.instance, flow=True)
        line = f"expects: {{provider: {identity.provider}, instance: {instance}, kind: {identity.kind}}}"
        message = f"{environment} names no instance, and nothing is applied without"
        found.append(of(codes.NO_EXPECTS, message, mend=f"If it is the right one, add to the environment: {line}"))
    else:
        found += _unexpected(environment, spec.expects, identity)
    if planned is not None and _key(planned) != _key(identity):
        message = f"The plan was made for {_words(planned)}, and {_words(identity)} answers"
        found.append(of(codes.OTHER_INSTANCE, message))
    return found


def _unexpected(environment: str, expects: Expects, identity: Identity) -> list[Diagnostic]:
    pairs = (
        ("provider", expects.provider, identity.provider),
        ("instance", expects.instance, identity.instance),
        ("kind", expects.kind, identity.kind),
    )
    return [
        of(codes.OTHER_INSTANCE, f"{environment} expects {name} {wanted}, and {answer} answers")
        for name, wanted, answer in pairs
        if wanted is not UNSET and wanted is not None and wanted != answer
    ]


def _key(identity: Identity) -> tuple[str, str, str]:
    return identity.provider, identity.instance, identity.kind


def _words(identity: Identity) -> str:
    return f"{identity.provider} {identity.kind} {identity.instance}"
