"""A batch of operations carried into a workspace, and checked there before anything is staged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from crmgov.model.address import parse
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.flat import flatten, route_text
from crmgov.model.normal import canonical_body
from crmgov.model.operations import Operation
from crmgov.model.provider import ProviderError
from crmgov.model.snapshot import Snapshot
from crmgov.model.translate import Renames
from crmgov.providers.salesforce.writing import codes
from crmgov.providers.salesforce.writing.edits import Editor
from crmgov.providers.salesforce.writing.locate import Locator
from crmgov.providers.salesforce.writing.opaque import write_opaque
from crmgov.providers.salesforce.writing.renames import rename_all, still_named
from crmgov.providers.salesforce.writing.workspace import Workspace

_EMPTY: tuple[object, ...] = (None, [], {})
_TOLD = 10
"""Problems of one batch that are told one by one."""


class Result(NamedTuple):
    """The edited files, and by step what its outcome should tell."""

    work: Workspace
    notes: dict[int, str]


def carried_out(
    operations: Sequence[Operation],
    blobs: Mapping[str, bytes],
    locator: Locator,
    work: Workspace,
    live: Snapshot,
) -> Result:
    """Carry all operations out in a workspace. Raises ProviderError naming every step that cannot be written."""
    editor = Editor(locator, work)
    problems: list[Diagnostic] = []
    notes: dict[int, str] = {}
    renames = {op.renamed_from: op.address for op in operations if op.action == "rename"}
    if renames:
        _attempt(problems, lambda: rename_all(editor, operations, Renames(renames), live))
    for operation in operations:
        _attempt(problems, lambda operation=operation: _apply(editor, operation, blobs))  # type: ignore[misc]
    if not problems:
        for operation in operations:
            _attempt(problems, lambda operation=operation: _verify(editor, operation))  # type: ignore[misc]
    if problems:
        raise ProviderError(_together(problems))
    for operation in operations:
        if operation.action == "rename":
            note = still_named(work, locator, operation)
            if note:
                notes[operation.step] = note
    return Result(work, notes)


def _attempt(problems: list[Diagnostic], work: Callable[[], None]) -> None:
    try:
        work()
    except ProviderError as error:
        problems.append(error.diagnostic)


def _together(problems: list[Diagnostic]) -> Diagnostic:
    """The first problem, with the others told in its message."""
    more = f"; and {len(problems) - _TOLD} more" if len(problems) > _TOLD else ""
    message = "; ".join(dict.fromkeys(problem.message for problem in problems[:_TOLD])) + more
    return msgspec.structs.replace(problems[0], message=message)


def _apply(editor: Editor, operation: Operation, blobs: Mapping[str, bytes]) -> None:
    before, after = operation.before, operation.after
    if operation.action == "remove":
        editor.remove(operation.address, before or {})
        return
    if after is None:
        return
    if write_opaque(editor, operation, blobs):
        return
    if operation.action == "add":
        editor.add(operation.address, after)
    elif operation.action == "replace":
        editor.remove(operation.address, before or {})
        editor.add(operation.address, after)
    else:
        editor.modify(operation.address, before or {}, after)


def _verify(editor: Editor, operation: Operation) -> None:
    """Read the edited element again; what it does not say as intended cannot be held in files."""
    if operation.after is None:
        return
    kind = parse(operation.address).kind
    intended = flatten(kind, canonical_body(kind, operation.after))
    found = flatten(kind, canonical_body(kind, editor.body(operation.address, operation.after)))
    changed = _changed(operation, intended)
    lost = sorted(route_text(kind, route) for route in changed if not _same(found.get(route), intended.get(route)))
    if lost:
        raise ProviderError(
            of(
                codes.UNSUPPORTED,
                f"{operation.address}: Salesforce files cannot hold {', '.join(lost[:5])} as planned",
                address=operation.address,
            )
        )


def _same(found: object, intended: object) -> bool:
    """Whether two values are the same; nothing, null and empty are one."""
    return found == intended or (found in _EMPTY and intended in _EMPTY)


def _changed(operation: Operation, intended: Mapping[tuple[str, ...], object]) -> Iterable[tuple[str, ...]]:
    """The routes a step is about: those that changed, all of a new thing."""
    if operation.action in ("add", "replace"):
        return intended
    kind = parse(operation.address).kind
    before = flatten(kind, canonical_body(kind, operation.before or {}))
    return [route for route in {*before, *intended} if before.get(route) != intended.get(route)]
