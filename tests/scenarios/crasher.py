"""The command line, ended or stopped by the system at the Nth boundary of a run: ``python crasher.py SIGNAL N WORDS``."""

import os
import signal
import sys
from collections.abc import Callable

from crmgov.cli import applying, main


def at_boundary(number: int, what: signal.Signals) -> Callable[[str], None]:
    """Called at every boundary; sends this process a signal at the one that was asked for."""
    left = iter(range(number, -1, -1))

    def crash(_: str) -> None:
        if next(left, None) == 0:
            os.kill(os.getpid(), what)

    return crash


def crashing(words: list[str], number: int, what: signal.Signals = signal.SIGKILL) -> None:
    """Run the command line and be struck; ends the process."""
    applying._no_crash = at_boundary(number, what)
    sys.argv = ["crmgov", *words]
    main()


if __name__ == "__main__":
    crashing(sys.argv[3:], int(sys.argv[2]), signal.Signals[sys.argv[1]])
