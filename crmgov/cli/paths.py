"""Paths typed on the command line: they may lie anywhere, and may be no path at all."""

import stat
from pathlib import Path
from typing import Literal

from crmgov.cli.trouble import stop
from crmgov.model.diagnostics import brief

Leads = Literal["file", "folder", "other", ""]


def leads_to(text: str) -> Leads:
    """What a typed path leads to; ``other`` is a device or pipe, empty nothing, or nothing a path can be."""
    try:
        mode = Path(text).stat().st_mode if text else 0
    except (OSError, ValueError):
        return ""
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISREG(mode):
        return "file"
    return "other" if mode else ""


def made_folder(typed: str, base: Path | None = None) -> Path:
    """A typed path as a folder, made where it was not there. Ends the verb where it cannot be one."""
    path = (base or Path()) / typed
    try:
        path.mkdir(parents=True, exist_ok=True)
        return path.resolve()
    except FileExistsError:
        reason = "there is a file of this name"
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except ValueError:
        reason = "no folder can have this name"
    raise stop("CLI004", f"{brief(typed)} cannot be a folder: {reason}", mend="Name another folder.")
