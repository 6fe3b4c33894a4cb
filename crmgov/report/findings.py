"""Diagnostics as text: one entry for all formats."""

from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from crmgov.model.diagnostics import SEVERITIES, Diagnostic, Place, Where
from crmgov.report.text import clean, count

FORMATS = {
    "human": "human",
    "concise": "concise",
    "json": "json_",
    "sarif": "sarif",
    "github": "github",
    "junit": "junit",
    "markdown": "markdown",
}
"""The formats, and the module that writes each."""

FOLD = 20
"""The most findings of one code that are listed unless all are asked for."""

Excerpt = Callable[[Place], str | None]
"""Gives the text of the line a place begins in, without its line end; None where it is not at hand."""


def _no_excerpt(_: Place) -> str | None:
    return None


class Findings(NamedTuple):
    """What a renderer is given: diagnostics in the order of their places, and how to show them."""

    diagnostics: Sequence[Diagnostic]
    excerpt: Excerpt
    summary: str = ""
    color: bool = False
    full: bool = False


class _Renderer(Protocol):
    def render(self, findings: Findings) -> str: ...


def render(
    form: str,
    diagnostics: Sequence[Diagnostic],
    *,
    excerpt: Excerpt = _no_excerpt,
    summary: str = "",
    color: bool = False,
    full: bool = False,
) -> str:
    """Diagnostics in one of ``FORMATS``, ending with a line end.

    Their places are already resolved to lines. ``summary`` is what the caller says of the whole run, one line;
    ``color`` allows terminal colours; ``full`` lists what is otherwise folded.
    """
    module: _Renderer = import_module(f"crmgov.report.{FORMATS[form]}")
    ordered = sorted(diagnostics, key=_order)
    return module.render(Findings(ordered, excerpt, summary, color, full))


def _order(diagnostic: Diagnostic) -> tuple[bool, str, int, int, str, str, str]:
    place = place_of(diagnostic.at)
    if place is None:
        return True, "", 0, 0, diagnostic.code, diagnostic.address, diagnostic.message
    return False, place.file, place.line, place.column, diagnostic.code, diagnostic.address, diagnostic.message


def place_of(at: Where | Place | None) -> Place | None:
    """A place, also of what was not resolved to a line."""
    return Place(at.file) if isinstance(at, Where) else at


def place_text(at: Where | Place | None) -> str:
    """A place as ``file:line:column``, as far as it is known; harmless on a terminal."""
    place = place_of(at)
    if place is None:
        return ""
    numbers = [str(number) for number in (place.line, place.column) if number]
    return ":".join([clean(place.file), *numbers])


def totals(diagnostics: Sequence[Diagnostic]) -> str:
    """``2 errors, 3 warnings (OWN001 2, REACH001 1)``; ``no findings`` where there are none."""
    told = []
    for severity in SEVERITIES:
        codes = Counter(item.code for item in diagnostics if item.severity == severity)
        if codes:
            listed = ", ".join(f"{code} {number:,}" for code, number in sorted(codes.items()))
            told.append(count(codes.total(), severity) + (f" ({listed})" if severity != "error" else ""))
    return ", ".join(told) or "no findings"


def folded(findings: Findings) -> tuple[list[Diagnostic], list[tuple[str, int, int]]]:
    """What is listed, and what is not: (code, how many more, in how many files)."""
    if findings.full:
        return list(findings.diagnostics), []
    seen: Counter[str] = Counter()
    listed: list[Diagnostic] = []
    files: dict[str, set[str]] = {}
    for item in findings.diagnostics:
        seen[item.code] += 1
        if seen[item.code] <= FOLD:
            listed.append(item)
        else:
            place = place_of(item.at)
            files.setdefault(item.code, set()).add(place.file if place else "")
    return listed, [(code, seen[code] - FOLD, len(names)) for code, names in sorted(files.items())]


def more_text(code: str, number: int, files: int) -> str:
    """What was folded, in words: ``and 12 more REF002 in 3 files (--full lists them)``."""
    return f"and {number:,} more {code} in {count(files, 'file')} (--full lists them)"
