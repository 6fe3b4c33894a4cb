"""All records of a small object, copied to a file by an ordinary query, 2,000 records a call: no job to wait for."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crmgov.providers.salesforce.live.answered import pages
from crmgov.providers.salesforce.live.connection import Connection
from crmgov.providers.salesforce.live.faults import RefusedError
from crmgov.providers.salesforce.live.statements import copying, resource

PAGE = 2_000
"""Records of one call at most; of very wide records the vendor gives fewer."""
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+0000")
"""A moment as JSON of the vendor spells it, where its CSV has a Z."""
SMALL = 20_000
"""Records up to which this takes fewer calls than a job does."""


def paged_calls(records: int) -> int:
    """The calls that a copy of so many records takes, as far as can be said before."""
    return max(1, -(-records // PAGE))


class Paged:
    """Copies of at most ``most_bytes``."""

    def __init__(self, connection: Connection, base: str, most_bytes: int) -> None:
        self._connection, self._base, self._most_bytes = connection, base, most_bytes

    def copy(self, name: str, columns: Mapping[str, str], to: Path) -> int:
        """Write an object's records as CSV to a file that is not there yet; how many there are.

        ``columns`` gives the query's name of each by its heading in the file. Raises RefusedError where the
        organisation will not or the disk cannot, GoneError where nothing more can be asked.
        """
        paths = [path.split(".") for path in columns.values()]
        path, given, every = f"{self._base}/{resource(name)}", 0, None
        try:
            with to.open("x", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
                writer.writerow(columns)
                for total, rows in pages(self._connection, path, copying(name, columns.values())):
                    writer.writerows([_text(row, path) for path in paths] for row in rows)
                    given, every = given + len(rows), total
                    if file.tell() > self._most_bytes:
                        raise RefusedError("", "the copy is larger than there is room for")
        except OSError as error:
            raise RefusedError("", f"it cannot be written: {error.strerror or 'the disk is full'}") from error
        if every != given or isinstance(every, bool):
            raise RefusedError("", f"it does not say that there are the {given:,} records that it gave")
        return given


def _text(row: dict[str, Any], path: list[str]) -> str:
    """One value, that of a record it points at too, spelt as in the vendor's own CSV.

    Raises RefusedError where it is not there, or no single value.
    """
    value: Any = row
    for number, step in enumerate(path):
        if value is None and number:
            return ""
        if not isinstance(value, dict) or step not in value:
            raise RefusedError("", "its answer to a query lacks a field")
        value = value[step]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        raise RefusedError("", "its answer to a query holds no single value")
    text = str(value)
    return f"{text[:-5]}Z" if isinstance(value, str) and _MOMENT.fullmatch(text) else text
