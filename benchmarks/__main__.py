"""``python -m benchmarks``: all figures in one table. Arguments choose jobs: start, plan, audit,
page, read, judge."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.jobs import Row, planning, reading, start_up
from benchmarks.judging import judging
from benchmarks.pages import paging
from benchmarks.records import auditing

HEAD = f"{'JOB':<40} {'SECONDS':>8} {'MIB':>6} {'FLOOR':>8} {'RATIO':>7} {'LIMIT':>7} {'BUDGET':>7}"


def main(chosen: list[str]) -> None:
    print(HEAD)
    with tempfile.TemporaryDirectory() as name:
        for row in _rows(chosen or ["start", "plan", "audit", "page", "read", "judge"], Path(name)):
            ratio = row.figure.seconds / row.floor.seconds
            over = ratio > row.limit and (row.budget == 0 or row.figure.seconds > row.budget)
            budget = f"{row.budget:.1f} s" if row.budget else ""
            print(
                f"{row.job:<40} {row.figure.seconds:>8.3f} {row.figure.memory:>6.0f} {row.floor.seconds:>8.3f} "
                f"{ratio:>7.2f} {row.limit:>7.2f} {budget:>7}{'  OVER' if over else ''}",
                flush=True,
            )


def _rows(chosen: list[str], folder: Path) -> Iterator[Row]:
    if "start" in chosen:
        yield from start_up()
    if "plan" in chosen:
        yield from planning(folder)
    if "audit" in chosen:
        yield from auditing(folder)
    if "page" in chosen:
        yield from paging(folder)
    if {"read", "judge"} & set(chosen):
        shared = Path(os.environ.get("CRMGOV_SHARED", Path(__file__).resolve().parents[2] / "shared"))
        if (shared / "corpora").is_dir():
            yield from reading(folder, shared / "corpora") if "read" in chosen else ()
            yield from judging(folder, shared / "corpora") if "judge" in chosen else ()
        else:
            print("read, judge: left out, there is no folder of real projects (CRMGOV_SHARED)")


main(sys.argv[1:])
