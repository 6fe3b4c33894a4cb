"""All records of an object, copied to a file by a bulk query (Bulk API 2.0), page after page.

A copy counts only if it is whole: as many records as the organisation says it gave. It lies where the caller wants it,
who removes it; the job is removed here.
"""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from crmgov.providers.salesforce.live.connection import LONGEST, Connection, pieces
from crmgov.providers.salesforce.live.faults import GoneError, PassingError, RefusedError
from crmgov.providers.salesforce.live.statements import copying, resource

PAGE = 100_000
"""Records of one page; each page is one call."""
OTHER_CALLS = 10
"""Calls beside those for pages: the job is made, asked after until it is done, and removed."""
_FIRST_WAIT, _LONGEST_WAIT, _GROWTH = 1.0, 30.0, 1.6
MOST_WAITS = 90
"""Then some 40 minutes have gone by."""
_TRIES = 3


def bulk_calls(records: int) -> int:
    """The calls that a copy of so many records takes, as far as can be said before."""
    return OTHER_CALLS + max(1, -(-records // PAGE))


class Bulk:
    """Copies of at most ``most_bytes``."""

    def __init__(self, connection: Connection, base: str, most_bytes: int) -> None:
        self._connection, self._jobs, self._most_bytes = connection, f"{base}/jobs/query", most_bytes

    def copy(self, name: str, columns: Mapping[str, str], to: Path) -> int:
        """Write an object's records as CSV to a file that is not there yet; how many there are.

        ``columns`` gives the query's name of each by its heading in the file. Raises RefusedError where the
        organisation will not or the disk cannot, GoneError where nothing more can be asked.
        """
        job = f"{self._jobs}/{quote(self._made(name, columns), safe='')}"
        under_way = True
        try:
            told = self._done(job)
            under_way = False
            with to.open("xb") as file:
                given = self._pages(job, columns, file)
        except OSError as error:
            raise RefusedError("", f"it cannot be written: {error.strerror or 'the disk is full'}") from error
        finally:
            self._remove(job, under_way=under_way)
        if told is not None and told != given:
            raise RefusedError("", f"it says that it copied {told:,} records, and gave {given:,}")
        return given

    def _remove(self, job: str, *, under_way: bool) -> None:
        """Leave nothing of a job there; one that is under way must be ended before."""
        if under_way:
            with contextlib.suppress(RefusedError, GoneError):
                self._connection.patch(job, {"state": "Aborted"})
        with contextlib.suppress(RefusedError, GoneError):
            self._connection.delete(job)

    def _made(self, name: str, columns: Mapping[str, str]) -> str:
        answer = self._connection.post(self._jobs, {
            "operation": resource(name),
            "query": copying(name, columns.values()),
            "contentType": "CSV", "columnDelimiter": "COMMA", "lineEnding": "LF",
        })  # fmt: skip
        job = answer.get("id") if isinstance(answer, dict) else None
        if not isinstance(job, str) or not job.isalnum():
            raise RefusedError("", "it names no job for the copy")
        return job

    def _done(self, job: str) -> int | None:
        """Wait until a copy is made; how many records it has, where that is said."""
        wait = _FIRST_WAIT
        for _ in range(MOST_WAITS):
            answer = self._connection.get(job)
            state = answer.get("state") if isinstance(answer, dict) else None
            if state == "JobComplete":
                number = answer.get("numberRecordsProcessed")
                return number if isinstance(number, int) and not isinstance(number, bool) else None
            if state in ("Failed", "Aborted"):
                raise RefusedError("", f"the copy {'failed' if state == 'Failed' else 'was ended by somebody'}")
            if state not in ("UploadComplete", "InProgress"):
                raise RefusedError("", "the state of the copy has no known form")
            self._connection.pause(wait)
            wait = min(wait * _GROWTH, _LONGEST_WAIT)
        raise RefusedError("", "the copy took too long")

    def _pages(self, job: str, columns: Mapping[str, str], file: IO[bytes]) -> int:
        """Write page after page below our own headings; the number of records that the pages are said to hold."""
        given, locator, seen = 0, "", set[str]()
        file.write((",".join(_heading(one) for one in columns) + "\n").encode())
        while True:
            number, locator = self._page(job, locator, file, list(columns.values()))
            given += number
            if not locator:
                return given
            if locator in seen:
                raise RefusedError("", "the pages of the copy lead in a circle")
            seen.add(locator)

    def _page(self, job: str, locator: str, file: IO[bytes], paths: Sequence[str]) -> tuple[int, str]:
        """One page, anew where it broke off: how many records, and where the next page begins (empty: nowhere)."""
        params = {"maxRecords": str(PAGE)} | ({"locator": locator} if locator else {})
        start = file.tell()
        for attempt in range(1, _TRIES + 1):
            file.seek(start)
            file.truncate()
            try:
                with self._connection.stream(f"{job}/results", params) as response:
                    self._rows(response, file, paths)
                    number = response.headers.get("Sforce-NumberOfRecords", "")
                    after = response.headers.get("Sforce-Locator", "null")
            except PassingError as error:
                if attempt == _TRIES or (error.after or 0) > LONGEST:
                    raise GoneError(str(error)) from error
                self._connection.pause(float(attempt) if error.after is None else error.after)
                continue
            if not number.isdecimal() or len(number) > 12:
                raise RefusedError("", "it does not say how many records a page of the copy holds")
            return int(number), "" if after in ("null", "") else after
        raise AssertionError

    def _rows(self, response: Any, file: IO[bytes], paths: Sequence[str]) -> None:
        """Write the rows of a page below its heading, which must name the columns as they were asked for."""
        head: bytes | None = b""
        for piece in pieces(response):
            rows = piece
            if head is not None:
                line, found, rows = (head + piece).partition(b"\n")
                head = None if found else line
                if found:
                    _fitting(line, paths)
            file.write(rows)
            if file.tell() + len(head or b"") > self._most_bytes:
                raise RefusedError("", "the copy is larger than there is room for")
        if head:
            _fitting(head, paths)


def _fitting(line: bytes, paths: Sequence[str]) -> None:
    """Raises RefusedError where a page's heading is not what was asked for."""
    named = line.decode("utf-8", "replace").removeprefix("\ufeff").strip().split(",")
    if [one.strip('"').casefold() for one in named] != [one.casefold() for one in paths]:
        raise RefusedError("", "a page of the copy has other columns than were asked for")


def _heading(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
