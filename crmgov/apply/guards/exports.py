"""Values that steps destroy have somewhere to go."""

from collections.abc import Sequence

from crmgov.apply import codes
from crmgov.apply.exports import ClosedStore, ExportError
from crmgov.apply.places import NoPlace, Place
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.operations import Batch
from crmgov.model.provider import Provider


def check(provider: Provider, batches: Sequence[Batch], place: Place | NoPlace) -> list[Diagnostic]:
    """Where there is no place, ask the provider step by step whether anything would have to go there."""
    if isinstance(place, Place):
        return []
    refusals = []
    for operation in (item for batch in batches for item in batch.operations):
        probe = ClosedStore(place)
        try:
            provider.export([operation], probe)
        except ExportError as error:
            refusals.append(of(codes.NO_PLACE, str(error), address=operation.address))
    return refusals
