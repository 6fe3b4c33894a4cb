"""Values that steps destroy have somewhere to go."""

from collections.abc import Sequence

from crmgov.apply import codes
from crmgov.apply.exports import Probe
from crmgov.apply.places import NoPlace, Place
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.operations import Batch
from crmgov.model.provider import Provider


def check(provider: Provider, batches: Sequence[Batch], place: Place | NoPlace) -> list[Diagnostic]:
    """Where there is no place, ask the provider batch by batch whether anything would have to go there."""
    if isinstance(place, Place):
        return []
    found: list[Diagnostic] = []
    for batch in batches:
        probe = Probe()
        problems = provider.export(batch.operations, probe)
        for address in probe.populated:
            message = f"{address} holds values and there is no place for them: {place.reason}"
            found.append(of(codes.NO_PLACE, message, address=address))
        if not probe.populated:
            found += [problem for problem in problems if problem.severity == "error"]
    return found
