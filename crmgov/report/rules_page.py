"""``docs/rules.md``: where each governance rule stands, and what every code means."""

import re
from collections.abc import Iterator, Mapping, Sequence

from crmgov.audit.rules import COVERS
from crmgov.check.governance.limits import BUDGETS
from crmgov.check.governance.run import AREAS
from crmgov.check.governance.standing import LEADS, RULES, Beyond, Row
from crmgov.model.diagnostics import CodeInfo

Covers = Mapping[int, Sequence[str]]
"""By number of a governance rule, the codes that keep it."""

_BEYOND: dict[Beyond, str] = {
    "evidence": "needs evidence",
    "vendor": "needs vendor data",
    "out": "out of reach",
}
_OPEN = "not checked"
_COUNTED = "with evidence"
"""What ``crmgov audit`` counts."""
_INTRODUCTION = """\
# Rules

Written by `make documents` from the rules themselves; do not edit it by hand.

What configuration alone can tell is checked by `crmgov validate`, offline, for YAML and with `--source` for a vendor's
own files. *Evidence* is counted in records, by `crmgov audit`; *vendor data* are logins, logs and live state.
"""
_BUDGETS = """\
What `budgets` of the Governance document can limit. Those without a shipped limit are judged once they are set there.
"""
_FAMILY = re.compile(r"[A-Z]+")


def covers() -> dict[int, list[str]]:
    """What the areas of governance say they keep."""
    found: dict[int, list[str]] = {}
    for covered in (*(area.COVERS for area in AREAS), COVERS):
        for code, numbers in covered.items():
            for number in numbers:
                found.setdefault(number, []).append(code)
    return {number: sorted(codes) for number, codes in found.items()}


def codes_of(row: Row, kept: Covers) -> list[str]:
    """The codes that keep a governance rule."""
    return sorted({*kept.get(row.number, ()), *row.codes, *_of_others(row, kept)})


def codes_of_lead(row: Row, kept: Covers) -> list[str]:
    """The codes that keep a lead: those of the rules it is made of, and its own."""
    return sorted({*row.codes, *_of_others(row, kept)})


def _of_others(row: Row, kept: Covers) -> Iterator[str]:
    for number in row.like:
        yield from kept.get(number, ())


def standing(row: Row, codes: Sequence[str]) -> str:
    """How a rule is kept, in a few words."""
    counted = [code for code in codes if code in COVERS]
    if not codes:
        return _BEYOND[row.beyond] if row.beyond else _OPEN
    if counted:
        return _COUNTED if len(counted) == len(codes) else f"offline and {_COUNTED}"
    return f"offline; the rest {_BEYOND[row.beyond].replace('out of', 'is out of')}" if row.beyond else "offline"


def page(catalogue: Mapping[str, CodeInfo]) -> str:
    """The whole document, ending with a line end. ``catalogue``: all codes."""
    kept = covers()
    rules = [(row, codes_of(row, kept)) for row in RULES]
    leads = [(row, codes_of_lead(row, kept)) for row in LEADS]
    parts = [
        _INTRODUCTION,
        "## Governance rules\n",
        f"{_counted(rules)}\n",
        *_table(rules),
        "## Leads\n",
        f"{_counted(leads)}\n",
        *_table(leads),
        "## Budgets\n",
        _BUDGETS,
        *_budgets(),
        "## Codes\n",
        "What each finding means. `crmgov explain CODE` tells the same.\n",
        *_catalogue(catalogue),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _counted(rows: Sequence[tuple[Row, list[str]]]) -> str:
    told = [standing(row, codes) for row, codes in rows]
    offline = sum(1 for words in told if words.startswith("offline"))
    counted = sum(1 for words in told if _COUNTED in words)
    others = [f"{words}: {told.count(words)}" for words in (*_BEYOND.values(), _OPEN) if words in told]
    return (
        f"Of {len(rows)}, {offline} are checked from configuration and {counted} with evidence. "
        f"Of the others: {', '.join(others)}."
    )


def _table(rows: Sequence[tuple[Row, list[str]]]) -> Iterator[str]:
    yield "| | What it asks for | How it is kept | By | Where it ends |"
    yield "|--:|---|---|---|---|"
    for row, codes in rows:
        links = ", ".join(f"[{code}](#{code.lower()})" for code in codes)
        yield f"| {row.number} | {row.asks} | {standing(row, codes)} | {links} | {row.why} |"
    yield ""


def _budgets() -> Iterator[str]:
    yield "| Budget | The most there may be of |"
    yield "|---|---|"
    for name, limited in sorted(BUDGETS.items()):
        yield f"| `{name}` | {limited} |"
    yield ""


def _catalogue(catalogue: Mapping[str, CodeInfo]) -> Iterator[str]:
    family = ""
    for code in sorted(catalogue, key=_in_order):
        info = catalogue[code]
        if _family(code) != family:
            family = _family(code)
            yield f"### {family}\n"
        yield f"#### {code}\n"
        yield f"{_text(info.summary)} ({info.severity}).\n"
        yield f"- Why: {_text(info.why)}"
        yield f"- Mend: {_text(info.mend)}\n"


def _text(words: str) -> str:
    """Our own words, without what Markdown would take for markup."""
    return " ".join(re.sub(r"([\\`*_\[\]<>|])", r"\\\1", words).split())


def _family(code: str) -> str:
    match = _FAMILY.match(code)
    return match.group() if match else code


def _in_order(code: str) -> tuple[str, str]:
    return _family(code), code
