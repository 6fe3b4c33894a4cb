"""Diagnostics as text: one entry for all formats."""

from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from crmgov.check.judgement.waivers import Waived
from crmgov.model.diagnostics import SEVERITIES, Diagnostic, Place, Where
from crmgov.report.text import bounded, clean, count

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


class Beside(NamedTuple):
    """What was found and is not counted: known findings (``worse``: how many of those counted are worse than known),
    waived ones, and how many are switched off. ``compared`` says that there was something known to compare with.
    """

    known: Sequence[Diagnostic] = ()
    worse: int = 0
    waived: Sequence[Waived] = ()
    off: int = 0
    compared: bool = False


class Findings(NamedTuple):
    """What a renderer is given: diagnostics in the order of their places, and how to show them."""

    diagnostics: Sequence[Diagnostic]
    excerpt: Excerpt
    summary: str = ""
    color: bool = False
    full: bool = False
    beside: Beside = Beside()

    @property
    def totals(self) -> str:
        """``2 new errors, 1 new warning (OWN001 1); 412 known, none worse, 3 waived``."""
        return totals(self.diagnostics, self.beside)


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
    beside: Beside | None = None,
) -> str:
    """Diagnostics in one of ``FORMATS``, ending with a line end.

    Their places are already resolved to lines. ``summary`` is what the caller says of the whole run, one line;
    ``color`` allows terminal colours; ``full`` lists what is otherwise folded, and what is not counted.
    """
    module: _Renderer = import_module(f"crmgov.report.{FORMATS[form]}")
    ordered = sorted(diagnostics, key=_order)
    return module.render(Findings(ordered, excerpt, summary, color, full, beside or Beside()))


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


def totals(diagnostics: Sequence[Diagnostic], beside: Beside | None = None) -> str:
    """``2 errors, 3 warnings (OWN001 2, REACH001 1)``; ``no findings`` where there are none; then what is beside."""
    aside = beside or Beside()
    new = "new " if aside.compared else ""
    told = []
    for severity in SEVERITIES:
        codes = Counter(item.code for item in diagnostics if item.severity == severity)
        if codes:
            listed = ", ".join(f"{code} {number:,}" for code, number in sorted(codes.items()))
            told.append(count(codes.total(), f"{new}{severity}") + (f" ({listed})" if severity != "error" else ""))
    more = [f"{len(aside.known):,} known", f"{aside.worse or 'none'} worse"] if aside.compared else []
    more += [f"{len(aside.waived):,} waived"] if aside.waived else []
    more += [f"{aside.off:,} switched off"] if aside.off else []
    return "; ".join([", ".join(told) or f"no {new}findings", *([", ".join(more)] if more else [])])


def uncounted(findings: Findings) -> list[str]:
    """What is not counted, a line each, where everything is to be shown."""
    if not findings.full:
        return []
    waived = [
        f"waived  {_line(one.finding)} (until {one.waiver.expires}, by {clean(one.waiver.owner)}: "
        f"{bounded(one.waiver.reason, 200)})"
        for one in findings.beside.waived
    ]
    return [*waived, *(f"known  {_line(one)}" for one in findings.beside.known)]


def _line(item: Diagnostic) -> str:
    place = place_text(item.at) or clean(item.address) or "-"
    return f"{place}  {item.severity} {item.code}  {bounded(item.message)}"


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
