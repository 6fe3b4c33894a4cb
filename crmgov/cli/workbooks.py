"""Workbooks of decisions, which come from outside: bounded before they are opened, and never calculated."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crmgov.audit.codes_decided import UNREADABLE
from crmgov.audit.decisions import Decision
from crmgov.cli.paths import leads_to
from crmgov.cli.trouble import Stop, stop
from crmgov.model.diagnostics import Place, brief

MOST_BYTES = 32 * 1024 * 1024
"""Bytes of the file."""
MOST_UNPACKED = 256 * 1024 * 1024
"""Bytes of all its parts, unpacked."""
MOST_PARTS = 2_000
MOST_ROWS = 200_000
_MOST_COLUMNS = 60
_MOST_TEXT = 2_000
"""Characters of a cell; a reason is a sentence."""
_CHUNK = 1 << 20
_NEEDED = ("address", "verdict", "decision", "reason", "until")


def read_decisions(path: Path, sheet: str) -> list[Decision]:
    """The rows in which something was decided. Ends the verb where the file is not fit to be read."""
    fault = _fault(path)
    if fault:
        raise stop(UNREADABLE, f"{brief(str(path))} {fault}")
    from openpyxl import load_workbook

    try:
        with path.open("rb") as opened:
            book = load_workbook(opened, read_only=True, data_only=False, keep_links=False)
            if sheet not in book.sheetnames:
                raise stop(UNREADABLE, f"{brief(str(path))} has no sheet {sheet}")
            return list(_decisions(path, book[sheet]))
    except Stop:
        raise
    except Exception as error:  # whatever a damaged part makes of the reader
        raise stop(UNREADABLE, f"{brief(str(path))} is damaged ({type(error).__name__})") from error


def _fault(path: Path) -> str:
    """Why a file is not opened: it is no workbook, too large, or holds more than it seems to."""
    leads = leads_to(str(path))
    if leads != "file":
        return {"folder": "is a folder", "other": "is a device or pipe"}.get(leads, "is no file")
    try:
        if path.stat().st_size > MOST_BYTES:
            return f"has more than {MOST_BYTES // 1024 // 1024} MB"
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                return f"has more than {MOST_PARTS:,} parts"
            total = 0
            for part in parts:
                if part.flag_bits & 1:
                    return "is encrypted"
                with archive.open(part) as opened:
                    for data in _chunks(opened):
                        total += len(data)
                        if total > MOST_UNPACKED:
                            return f"unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB"
                        if _declares(data, part.filename):
                            return "declares what a workbook has no need of (DOCTYPE)"
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        return f"is no Excel workbook (.xlsx): {error.__class__.__name__}"
    except Exception as error:  # a packed part that is no such thing: zlib and lzma have errors of their own
        return f"is damaged ({type(error).__name__})"
    return ""


def _declares(data: bytes, name: str) -> bool:
    """Whether a part may define entities of its own. With null bytes it is in an encoding that would hide it."""
    return b"<!DOCTYPE" in data or b"<!ENTITY" in data or (name.endswith((".xml", ".rels")) and b"\0" in data)


def _chunks(opened: Any) -> Iterator[bytes]:
    """The parts of a stream, each with the last bytes of the one before."""
    last = b""
    while data := opened.read(_CHUNK):
        yield last + data
        last = data[-16:]


def _decisions(path: Path, sheet: Any) -> Iterator[Decision]:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS)
    head = [_text(cell).strip().lower() for cell in next(rows, ())]
    missing = [name for name in _NEEDED if name not in head]
    if missing:
        raise stop(UNREADABLE, f"{brief(str(path))} has no column {', '.join(missing)}")
    twice = [name for name in (*_NEEDED, "owner") if head.count(name) > 1]
    if twice:
        raise stop(UNREADABLE, f"{brief(str(path))} has several columns {', '.join(twice)}")
    places = {name: head.index(name) for name in (*_NEEDED, "owner") if name in head}
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise stop(UNREADABLE, f"{brief(str(path))} has more than {MOST_ROWS:,} rows")
        held = {name: _text(row[place]) if place < len(row) else "" for name, place in places.items()}
        if held["decision"]:
            yield Decision(
                address=held["address"], verdict=held["verdict"].lower(), decision=held["decision"].lower(),
                owner=held.get("owner", ""), reason=held["reason"], until=held["until"],
                at=Place(path.name, line=number),
            )  # fmt: skip


def _text(cell: Any) -> str:
    """A cell as text on one line. A formula is the text it is written as, never what it comes to."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(str(value)[:_MOST_TEXT].split())
