"""Work done by a second process, where that pays and is safe."""

import atexit
import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


def processors() -> int:
    """How many processes can run at once here; 1 where forking is not safe."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


class Forked:
    """A forked process that does its work and sends the result through a pipe."""

    def __init__(self, work: Callable[[], Iterable[bytes | memoryview]]) -> None:
        self._source, target = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            status = 1
            try:
                os.close(self._source)
                with os.fdopen(target, "wb") as stream:
                    stream.writelines(work())
                status = 0
            finally:
                # Nothing of the parent's may run here: no handlers, no buffers written twice.
                os._exit(status)
        os.close(target)
        self._open = True

    def result(self) -> bytes | None:
        """What the process sent; None where it ended before it was done."""
        with os.fdopen(self._source, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(self._process, 0)
        self._open = False
        return data if status == 0 else None

    def close(self) -> None:
        """End the process if its result was not taken."""
        if self._open:
            self._open = False
            os.close(self._source)
            os.waitpid(self._process, 0)


class Beside(Generic[T]):
    """Work done while the caller goes on: by a second process, or with ``fork`` off when its result is asked for.

    ``kind`` is the type of the result, which msgspec must know how to write.
    """

    def __init__(self, work: Callable[[], T], kind: type[T], *, fork: bool) -> None:
        self._work, self._kind = work, kind
        self._forked = Forked(lambda: [msgspec.msgpack.encode(work())]) if fork else None

    def result(self) -> T:
        """What came of it; a process that was killed leaves the work to this one."""
        data = self._forked.result() if self._forked is not None else None
        return self._work() if data is None else msgspec.msgpack.decode(data, type=self._kind)

    def close(self) -> None:
        """End the process if its result was not taken."""
        if self._forked is not None:
            self._forked.close()


def aside(work: Callable[[], None], *, fork: bool) -> None:
    """Work whose outcome nothing depends on, such as filling a cache; with ``fork`` off it is done at once.

    The second process is waited for when this one ends, so that nothing is left running.
    """
    if not fork:
        work()
        return
    process = os.fork()
    if process == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    atexit.register(_ended, process, os.getpid())


def _ended(process: int, parent: int) -> None:
    if os.getpid() == parent:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process, 0)
