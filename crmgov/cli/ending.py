"""Signals that end a process, taken as Ctrl-C is: what holds values of records is removed first."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = ("SIGTERM", "SIGHUP")


@contextmanager
def ending_tidily() -> Iterator[None]:
    """Within, a signal that ends the process interrupts what is done instead; it is for the main thread alone."""
    before = {one: signal.getsignal(one) for name in _ENDING if (one := getattr(signal, name, None)) is not None}
    taken = {one: old for one, old in before.items() if old == signal.SIG_DFL}  # nohup has said that one is ignored
    for one in taken:
        signal.signal(one, _interrupt)
    try:
        yield
    finally:
        for one, old in taken.items():
            signal.signal(one, old)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the system's signature
    raise KeyboardInterrupt
