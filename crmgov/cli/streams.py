"""Standard streams as a verb can rely on them, whatever the process was started with."""

import io
import os
import sys


def steady() -> None:
    """Give a closed stream an empty one, and let characters a terminal cannot show be told by their codes.

    A closed descriptor is taken up first of all: otherwise the next file opened, a database perhaps, would get its
    number and be written to as if it were standard output.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if _closed(number):
            spare = os.open(os.devnull, os.O_RDWR)
            if spare != number:
                os.dup2(spare, number)
                os.close(spare)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False
