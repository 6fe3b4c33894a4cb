"""Files of known findings: one finding a line, in order, so that merges rarely conflict."""

from pathlib import Path

import msgspec

from crmgov.load.saved import TOO_DEEP, UnfitError, oddity, saved_bytes
from crmgov.model.diagnostics import brief
from crmgov.model.known import FORMAT, KnownFindings

LIMIT = 256 * 1024 * 1024
"""Most bytes of such a file that are read: a million findings."""


class NotKnownFindings(ValueError):  # noqa: N818 - says what the file is not
    """The file holds no known findings this version reads; the message says why."""


def known_bytes(known: KnownFindings) -> bytes:
    """The bytes of a file; the same findings give the same bytes."""
    rows = [msgspec.json.encode(row) for row in known.findings]
    head = f'{{\n"format": "{FORMAT}",\n"source": '.encode() + msgspec.json.encode(known.source)
    return head + b',\n"findings": [\n' + b",\n".join(rows) + b"\n]\n}\n"


def read_known(path: Path) -> KnownFindings:
    """Read such a file, edited or merged since or not. Raises NotKnownFindings."""
    try:
        data = saved_bytes(path, LIMIT)
    except UnfitError as error:
        raise NotKnownFindings(str(error)) from error
    try:
        head = msgspec.json.decode(data)
        if not isinstance(head, dict) or "format" not in head:
            raise NotKnownFindings("it holds no known findings")
        if head["format"] != FORMAT:
            raise NotKnownFindings(f"its format is {brief(str(head['format']))}, this version reads {FORMAT}")
        odd = oddity(head)
        if odd:
            raise NotKnownFindings(odd)
        return msgspec.convert(head, KnownFindings)
    except RecursionError as error:
        raise NotKnownFindings(TOO_DEEP) from error
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        if b"\n<<<<<<< " in data or b"\n>>>>>>> " in data:
            raise NotKnownFindings("a merge left its marks in it: keep the lines that both sides have") from error
        raise NotKnownFindings(f"it is damaged: {error}") from error
