"""Renames: of files and full names, and of every reference that the model holds."""

import re
from collections.abc import Sequence

from crmgov.model.address import parse
from crmgov.model.operations import Operation
from crmgov.model.snapshot import Snapshot
from crmgov.model.translate import Renames
from crmgov.providers.salesforce.names import thing_of
from crmgov.providers.salesforce.writing.edits import Editor
from crmgov.providers.salesforce.writing.locate import Locator, Spot
from crmgov.providers.salesforce.writing.workspace import Workspace


def rename_all(editor: Editor, operations: Sequence[Operation], renames: Renames, live: Snapshot) -> None:
    """Rename things, and every reference to them that the model holds. Raises ProviderError."""
    for operation in operations:
        if operation.action != "rename":
            continue
        if operation.address.startswith("Object/"):
            _rename_object(editor, operation, renames, live)
        else:
            editor.rename(operation.renamed_from, operation.address, operation.before or {})
    for address in live:
        at = parse(address)
        before = live.body(address)
        after = renames.body(at.kind, before, at.name if at.kind == "Object" else at.parent)
        if after != before:
            editor.modify(renames.address(address), before, after, renaming=True)


def _rename_object(editor: Editor, operation: Operation, renames: Renames, live: Snapshot) -> None:
    """Move an object's folder or file, and the files named after it: of its layouts, rules and processes."""
    old, new = parse(operation.renamed_from).name, parse(operation.address).name
    own = [operation.renamed_from, *(address for address in live if parse(address).parent == old)]
    spots = {address: editor.spot(address) for address in own}
    paths = {*editor.locator.below(old), *(spot.path for spot in spots.values())}
    moves = {path: _moved(path, old, new) for path in sorted(paths)}
    for path, target in moves.items():
        if path != target:
            editor.work.move(path, target)
    for address, spot in spots.items():
        now = renames.address(address)
        editor.locator.note(now, thing_of(now, live.body(address)), Spot(moves[spot.path], spot.tag))


def _moved(path: str, old: str, new: str) -> str:
    """A path in which an object's folder or the file's own name begins with the object's name, after its rename."""
    path = re.sub(rf"(^|/)objects/{re.escape(old)}/", rf"\g<1>objects/{new}/", path, count=1, flags=re.IGNORECASE)
    return re.sub(rf"(^|/){re.escape(old)}([-.][^/]*)\Z", rf"\g<1>{new}\g<2>", path, flags=re.IGNORECASE)


def still_named(work: Workspace, locator: Locator, operation: Operation) -> str:
    """Where the old name still stands, for people: formulas, and files that the model does not hold."""
    old = parse(operation.renamed_from).name
    word = re.compile(rb"(?<![A-Za-z0-9_])" + re.escape(old.encode()) + rb"(?![A-Za-z0-9_])")
    places = []
    for path in sorted({*(path for _, path in locator.files), *work.touched()}):
        data = work.peek(path)
        match = word.search(data) if data else None
        if data is not None and match:
            places.append(f"{path}:{data.count(bytes((10,)), 0, match.start()) + 1}")
    if not places:
        return ""
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    named = f"{old} is still named in {', '.join(places[:5])}{more}"
    return f"{named}; formulas and types outside the model are not rewritten"
