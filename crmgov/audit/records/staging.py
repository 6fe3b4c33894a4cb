"""A folder for one audit, readable by its owner alone, that is gone afterwards however the audit ends."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "crmgov-records-"


class Staging:
    """A temporary folder. It holds values of records, so what a killed process left behind is removed first."""

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")).resolve()
        self._count = 0
        atexit.register(self.close)

    def new(self, ending: str) -> Path:
        """A path of a file that is not there yet; its name is our own, whatever the source is called."""
        self._count += 1
        return self.path / f"{self._count:05}{ending}"

    def room(self) -> int:
        """Bytes that may still be written: what the disk has, less a tenth."""
        return shutil.disk_usage(self.path).free * 9 // 10

    def close(self) -> None:
        """Remove the folder. May be called again."""
        shutil.rmtree(self.path, ignore_errors=True)
        atexit.unregister(self.close)


def _sweep(folder: Path) -> None:
    """Remove the folders of processes that are no more."""
    for path in folder.glob(f"{PREFIX}*-*"):
        process = path.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdigit() and not _runs(int(process)) and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    if os.name == "nt":  # there, asking with a signal would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
