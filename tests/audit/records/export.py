"""Exports as tests write them, and what comes of counting them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crmgov.audit.records.files import FileRecords
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer, Figure, Metric

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
FIELDS = {"Lead": {
    "Email": "email", "Company": "text", "Score": "integer", "Revenue": "decimal", "Since": "date", "Seen": "datetime",
    "Hot": "boolean", "Interests": "multipicklist",
}}  # fmt: skip


@contextmanager
def opened(
    path: Path | Mapping[str, Path], fields: Mapping[str, Mapping[str, str]] | None = None, **more: Any
) -> Iterator[FileRecords]:
    """An export, closed afterwards."""
    records = FileRecords(path, fields or FIELDS, NOW, **more)
    try:
        yield records
    finally:
        records.close()


def answer(records: FileRecords, metric: Metric, field: str = "", name: str = "Lead", **more: Any) -> Answer:
    """The answer to one figure."""
    figure = Figure(metric=metric, field=field, **more)
    return records.answer({name: [figure]})[name, figure]


def evidence(records: FileRecords, metric: Metric, field: str = "", name: str = "Lead") -> Evidence:
    """The evidence for one figure."""
    return answer(records, metric, field, name).evidence


def count(records: FileRecords, metric: Metric = "records", field: str = "", name: str = "Lead") -> int | None:
    """The count of one figure, which must be exact."""
    found = evidence(records, metric, field, name)
    assert found.exactness == "value", found.reason
    return found.count


def reason(records: FileRecords, name: str = "Lead") -> str:
    """Why the records of an object are not measured."""
    found = evidence(records, "records", name=name)
    assert found.exactness == "unmeasured"
    return found.reason


def codes(records: FileRecords) -> list[str]:
    """The problems told, apart from notes about columns."""
    return [problem.code for problem in records.problems() if problem.code not in ("FILES009", "FILES010")]


def message(records: FileRecords, code: str) -> str:
    """What is told under a code, which must be told once."""
    found = [problem.message for problem in records.problems() if problem.code == code]
    assert len(found) == 1, found
    return found[0]


def lines(rows: Sequence[str]) -> bytes:
    """Rows as a file."""
    return "\n".join(rows).encode() + b"\n"
