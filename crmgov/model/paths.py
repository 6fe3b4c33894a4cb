"""Paths written in files: relative to the repository root, with slashes, and never out of it."""

from pathlib import PureWindowsPath

_LONGEST_PART = 255
"""Bytes of one name that common file systems take."""
_LONGEST = 4000
"""Bytes of a whole path; Linux takes 4,096 with the root before it."""


def path_fault(text: str) -> str:
    """Why a text is no path below the root, to follow "the path ..."; empty where it is one.

    Only the text is judged: whether a link on the way leads out is for whoever opens it.
    """
    if not text:
        return "is empty"
    if not text.isprintable():
        return "holds a character that no path should hold"
    if text.startswith(("/", "\\")) or PureWindowsPath(text).drive:
        return "leads out of the repository"
    parts = text.replace("\\", "/").split("/")
    depth = 0
    for part in parts:
        depth += {"": 0, ".": 0, "..": -1}.get(part, 1)
        if depth < 0:
            return "leads out of the repository"
    if ".git" in (part.lower() for part in parts):
        return "leads into git's own folder"
    if len(text.encode("utf-8", "surrogatepass")) > _LONGEST or any(
        len(part.encode("utf-8", "surrogatepass")) > _LONGEST_PART for part in parts
    ):
        return "is longer than file systems take"
    return ""
