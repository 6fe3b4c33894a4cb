"""Vendor files that are promoted whole: flows, approval processes, files of rules."""

from collections.abc import Mapping

from crmgov.model.canonical import Body, digest
from crmgov.model.diagnostics import of
from crmgov.model.operations import Operation
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.names import thing_of
from crmgov.providers.salesforce.writing import codes
from crmgov.providers.salesforce.writing.edits import Editor


def write_opaque(editor: Editor, operation: Operation, blobs: Mapping[str, bytes]) -> bool:
    """Write an automation's own file, where a step brings another one; whether it did."""
    after = operation.after or {}
    wanted, there = _digest(after), _digest(operation.before or {})
    thing = thing_of(operation.address, after)
    if not thing.type.opaque or wanted == there:
        return False
    data = blobs.get(wanted)
    if data is None or digest(data) != wanted:
        message = f"the file of {operation.address} is not in the plan"
        raise ProviderError(of(codes.MISSING, message, address=operation.address))
    spot = editor.locator.known(operation.address) or editor.locator.new(thing)
    editor.work.put(spot.path, data)
    editor.locator.note(operation.address, thing, spot)
    return True


def _digest(body: Body) -> str:
    file = body.get("body_file")
    return str(file.get("digest", "")) if isinstance(file, dict) else ""
