"""Files that crmgov saved earlier and somebody else may have touched since: read whole, within bounds."""

import os
import stat
from pathlib import Path

MOST_DEPTH = 80
"""Levels of lists and maps in one value; YAML is read to 64."""


MOST_NUMBER = 2**63 - 1
TOO_DEEP = "it nests deeper than anything that was ever saved"


class UnfitError(ValueError):
    """The file is not read; the message says why, to follow the file's name and a colon."""


def saved_bytes(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes. Raises UnfitError; never waits for a pipe."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise UnfitError("it is no regular file")
            # No more is asked for than is there: room for the most a file may hold would be made at once.
            data = file.read(found.st_size + 1) if found.st_size <= most else b""
    except OSError as error:
        raise UnfitError(f"it cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise error if isinstance(error, UnfitError) else UnfitError("no file can have this name") from error
    if found.st_size > most:
        raise UnfitError(f"it is larger than {most:,} bytes")
    if len(data) > found.st_size:
        raise UnfitError("it grew while it was read")
    return data


def oddity(value: object) -> str:
    """What in a plain value was never saved: endless nesting, numbers no attribute holds; empty where it is fine."""
    level: list[object] = [value]
    for _ in range(MOST_DEPTH):
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
            elif isinstance(one, int) and abs(one) > MOST_NUMBER:
                return "it holds a number larger than any that was ever saved"
        if not inner:
            return ""
        level = inner
    return TOO_DEEP
