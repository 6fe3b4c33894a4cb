"""Diagnostics as plain text with the line at fault and a caret, for golden texts."""

from collections.abc import Iterable, Iterator

from crmgov.load.tree import Loaded
from crmgov.model.diagnostics import Diagnostic, Place, Where

_LONGEST = 100


def text_of(loaded: Loaded, diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Each diagnostic: ``file:line:column severity CODE message``, the line, the caret with its hint, the fix."""
    told = [(_place(loaded, problem.at), problem) for problem in diagnostics]
    for place, problem in sorted(told, key=lambda pair: (pair[0], pair[1].code, pair[1].message)):
        file, line, column, end_line, end_column = place
        where = f"{_shown(file)}:{line}:{column}" if line else _shown(file) or "-"
        yield f"{where} {problem.severity} {problem.code} {_shown(problem.message)}"
        excerpt = loaded.excerpt(Place(file, line, column))
        if excerpt is not None:
            yield f"    | {_shown(excerpt[:_LONGEST])}"
            width = end_column - column if end_line == line else 1
            if column <= _LONGEST:
                yield f"    | {' ' * (column - 1)}{'^' * max(1, min(width, _LONGEST))} {problem.hint}"
        for related in problem.related:
            other = _place(loaded, related.at)
            yield f"    {related.label} {other[0]}:{other[1]}:{other[2]}"
        if problem.fix is not None:
            yield f"    fix ({'safe' if problem.fix.safe else 'unsafe'}): {_shown(problem.fix.title)}"


def _place(loaded: Loaded, at: Where | Place | None) -> tuple[str, int, int, int, int]:
    if at is None:
        return ("", 0, 0, 0, 0)
    place = loaded.locate(at) if isinstance(at, Where) else at
    return (place.file, place.line, place.column, place.end_line, place.end_column)


def _shown(text: str) -> str:
    """Text with what cannot be seen or would move the cursor written as an escape."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
