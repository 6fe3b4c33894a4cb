"""Findings for a person at a terminal: the line at fault, a caret, why it matters, and the way out."""

from crmgov.model.diagnostics import CATALOGUE, Diagnostic, Place
from crmgov.report.findings import Findings, folded, more_text, place_of, place_text, uncounted
from crmgov.report.text import bounded, clean, width

_COLORS = {"error": "31;1", "warning": "33;1", "note": "36;1", "code": "1", "dim": "2"}
_LINE = 110
"""Columns of source text shown; of a longer line, the part around the fault."""
_ROW = 100
"""Columns within which reason and remedy share a line."""
_SAFE = "crmgov validate --fix (safe)"


def render(findings: Findings) -> str:
    """The findings with their lines, what was folded, the totals and the summary."""
    paint = _Paint(findings.color)
    listed, more = folded(findings)
    blocks = ["\n".join(_block(item, findings, paint)) for item in listed]
    rest = [more_text(*one) for one in more]
    end = [*rest, findings.totals, *([clean(findings.summary)] if findings.summary else [])]
    aside = uncounted(findings)
    return "\n\n".join([*blocks, *(["\n".join(aside)] if aside else []), "\n".join(end)]) + "\n"


class _Paint:
    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, tone: str) -> str:
        return f"\x1b[{_COLORS[tone]}m{text}\x1b[0m" if self.color and text else text


def _block(item: Diagnostic, findings: Findings, paint: _Paint) -> list[str]:
    place = place_of(item.at)
    head = f"{paint(item.severity, item.severity)} {paint(item.code, 'code')}  {bounded(item.message)}"
    lines = [f"{place_text(place)}  {head}" if place else head]
    shown = _source(place, item, findings, paint) if place else []
    lines += shown
    if item.hint and not shown:
        lines.append(f"   {clean(item.hint)}")
    lines += [f"   - {clean(text)}" for text in item.evidence]
    lines += _ways(item)
    lines += [f"   {clean(one.label)} {place_text(one.at)}" for one in item.related]
    return lines


def _ways(item: Diagnostic) -> list[str]:
    why = f"Why:  {clean(item.detail)}" if item.detail else ""
    mend = _mend(item)
    mend = f"Mend: {mend}" if mend else ""
    together = f"   {why}     {mend}"
    if why and mend and width(together) <= _ROW:
        return [together]
    return [f"   {text}" for text in (why, mend) if text]


def _mend(item: Diagnostic) -> str:
    """The remedy; nothing where the hint shows a better way than the code's general words."""
    if item.fix is not None and item.fix.safe:
        return _SAFE
    info = CATALOGUE.get(item.code)
    return "" if item.hint and info is not None and info.mend == item.mend else clean(item.mend)


def _source(place: Place, item: Diagnostic, findings: Findings, paint: _Paint) -> list[str]:
    """The line at fault with the one before it, and a caret below; nothing where the text is not at hand."""
    text = findings.excerpt(place) if place.line else None
    if text is None:
        return []
    before = findings.excerpt(Place(place.file, place.line - 1)) if place.line > 1 else None
    margin = max(5, len(str(place.line)) + 2)
    start = max(place.column - 1, 0)
    end = place.end_column - 1 if place.end_line == place.line and place.end_column > place.column else len(text)
    window = _window(text, start, min(end, len(text)))
    rows = []
    if before is not None and before.strip():
        rows.append(f"{place.line - 1:>{margin}} | {_cut(before)}".rstrip())
    rows.append(f"{place.line:>{margin}} | {window.text}".rstrip())
    carets = paint("^" * window.length, item.severity)
    rows.append(f"{'':>{margin}} | {' ' * window.indent}{carets} {clean(item.hint)}".rstrip())
    return rows


class _Window:
    def __init__(self, text: str, indent: int, length: int) -> None:
        self.text = text
        self.indent = indent
        self.length = length


def _window(text: str, start: int, end: int) -> _Window:
    """The part of a line around the fault, with where the caret stands in it."""
    first = 0 if len(text) <= _LINE else max(0, min(start - _LINE // 3, len(text) - _LINE))
    last = min(len(text), first + _LINE)
    lead = "..." if first else ""
    tail = "..." if last < len(text) else ""
    before, fault = _flat(text[first:start]), _flat(text[start : max(min(end, last), start)])
    after = _flat(text[max(min(end, last), start) : last])
    return _Window(f"{lead}{before}{fault}{after}{tail}", width(lead + before), max(1, width(fault.rstrip())))


def _cut(text: str) -> str:
    return _flat(text[:_LINE]) + ("..." if len(text) > _LINE else "")


def _flat(text: str) -> str:
    """Source text on one line; a tab takes four columns."""
    return clean(text.replace("\t", "    "))
