"""The audit's page in a browser: what a click takes until the next picture, with 5,000 fields and with 50."""

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.jobs import Row
from benchmarks.timing import Figure
from crmgov.model.audits import VERDICTS, AuditDocument, AuditedObject, FieldEvidence, FieldVerdict, Past, Share
from crmgov.model.evidence import Evidence

MANY, FEW = 5_000, 50
SMOOTH = 0.1
"""Seconds within which an answer feels immediate (the RAIL model of web performance: 100 ms)."""
_RUNS = 15
_UNTIL_SHOWN = """async act => {
  const start = performance.now();
  new Function(act)();
  await new Promise(shown => requestAnimationFrame(() => setTimeout(shown)));
  return performance.now() - start;
}"""
_TYPE = """const box = document.querySelector('#find');
box.value = {}; box.dispatchEvent(new Event('input', {{bubbles: true}}))"""
ACTS = {
    "sort": ("document.querySelector('#fields th[data-key=n] button').click()",
             "document.querySelector('#fields th[data-key=s] button').click()"),
    "find": (_TYPE.format("'field_00'"), _TYPE.format("''")),
    "open a field": ("document.querySelector('#rows .open').click()",),
    "choose a verdict": ("document.querySelector('.chips button.hide').click()",),
}  # fmt: skip


def paging(folder: Path) -> Iterator[Row]:
    """A row for each thing that people do; left out where there is no browser."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        print("page: left out, there is no Chromium, or no playwright")
        return
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        many, few = (_opened(browser, folder / f"{count}.html", count) for count in (MANY, FEW))
        for name, acts in ACTS.items():
            yield Row(f"page of 5,000 fields: {name}", _taken(many, acts), _taken(few, acts), 10, SMOOTH)
        browser.close()


def _opened(browser: Any, file: Path, count: int) -> Any:
    from crmgov.report.audit import render

    file.write_text(str(render(document(count), "html")), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())
    return page


def _taken(page: Any, acts: tuple[str, ...]) -> Figure:
    """The slowest of several acts, each the median of its runs."""
    found = [statistics.median(page.evaluate(_UNTIL_SHOWN, act) for _ in range(_RUNS)) for act in acts]
    return Figure(max(found) / 1000, page.evaluate("performance.memory.usedJSHeapSize") / 2**20)


def document(count: int) -> AuditDocument:
    """An audit of so many fields on forty objects, with shares by record type and a past."""
    return AuditDocument(
        environment="production", source="production", time="2026-11-22T14:10:00Z", young_days=90, recent_days=90,
        minimum_records=200, not_looked_at=("program text",), automations=(), findings=(),
        objects=tuple(
            AuditedObject(name=f"Object_{n}", label=f"Object {n}", records=_counted(9_000), fields=9, custom=9)
            for n in range(40)
        ),
        verdicts=tuple(_field(n) for n in range(count)),
    )  # fmt: skip


def _field(n: int) -> FieldVerdict:
    filled = n * 7_919 % 9_001
    types = tuple(
        Share(record_type=name, records=3_000, filled=filled // 3) for name in ("Inbound", "Partner", "Event")
    )
    evidence = FieldEvidence(
        records=_counted(9_000), filled=_counted(filled), recent_records=_counted(900),
        recent_filled=_counted(filled // 10), last_write="2026-11-01", record_types=types,
    )  # fmt: skip
    return FieldVerdict(
        address=f"Field/Object_{n % 40}.Field_{n:04}", object=f"Object_{n % 40}", name=f"Field_{n:04}",
        label=f"Label {n}", type="text", custom=True, verdict=VERDICTS[n % len(VERDICTS)],
        reasons=(f"{filled} of 9,000 records have a value",),
        not_known=("program text",), evidence=evidence, writers=("users",), uses={"Layout": ("Layout/Object.Main",)},
        past=(Past(time="2026-10-22T14:10:00Z", filled=0.5, recent=0.4),),
    )  # fmt: skip


def _counted(count: int) -> Evidence:
    return Evidence(exactness="value", count=count, of=9_000, source="production", time="2026-11-22T14:10:00Z")
