"""What every verb is given: where it runs and how it speaks."""

import gc
import os
import sys
from pathlib import Path

import msgspec

from crmgov.cli.paths import leads_to
from crmgov.cli.trouble import stop
from crmgov.model.diagnostics import brief


def collect_rarely() -> None:
    """Let the garbage collector look around less often: a verb makes much, keeps most of it, and ends."""
    gc.set_threshold(100_000, 20, 100)


class App(msgspec.Struct, frozen=True, kw_only=True):
    """The repository root, and how much is said. Results go to standard output, everything else to standard error."""

    root: Path
    quiet: bool = False
    verbose: bool = False

    @classmethod
    def of(cls, directory: str, *, quiet: bool, verbose: bool) -> "App":
        """The app for a directory named on the command line."""
        if leads_to(directory) != "folder":
            raise stop("CLI003", f"{brief(directory)} is not a folder")
        collect_rarely()
        return cls(root=Path(directory).resolve(), quiet=quiet, verbose=verbose)

    @property
    def color(self) -> bool:
        """Whether standard output is a terminal that wants colour."""
        return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"

    def progress(self, text: str) -> None:
        """Tell what is going on, on standard error."""
        if not self.quiet and sys.stderr.isatty():
            sys.stderr.write(text + "\n")

    def note(self, text: str) -> None:
        """Advice beside the result, on standard error."""
        if not self.quiet:
            sys.stderr.write(text + "\n")

    def write(self, text: str | bytes, output: str | None = None) -> None:
        """Write the result to standard output, or as a whole to the file that was named, where alone bytes can go."""
        if output is None:
            assert isinstance(text, str)
            sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")
            sys.stdout.flush()
            return
        from crmgov.write.atomic import replace_file

        replace_file(Path(output), text.encode() if isinstance(text, str) else text)
