"""Paths typed on the command line: they may lie anywhere, and may be no path at all."""

import stat
from pathlib import Path
from typing import Literal

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
