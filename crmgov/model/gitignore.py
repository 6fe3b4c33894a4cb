"""Rules in the language of .gitignore, for a vendor's files and for our own, in time that no rule can blow up."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_SINGLE = r"(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\](?!\*)|[^/()|\[\\*+?^$])"
"""What stands for one character of a name in the pattern of a rule."""
_STARS = re.compile(rf"\[\^/\]\*((?:{_SINGLE})+)(?=\[\^/\]\*)")
_MOST_FOLDERS = 3
"""How many ``**`` a rule may have: one with n takes up to (depth of a path) to the power of n steps."""
_LONGEST = 1000
"""Characters of a rule."""


class Rules:
    """The rules of one file. ``refused`` holds those that are none, or that no project needs and may take hours."""

    def __init__(self, lines: Iterable[str]) -> None:
        kept: list[str] = []
        self.refused: list[str] = []
        for line in lines:
            (kept if _fit(line) else self.refused).append(line)
        self._files = _spec(kept)
        # "folder/**" hides all in the folder but not the folder itself, so a later "!" can still show a file.
        self._folders = _spec([line for line in kept if not line.rstrip().endswith("/**")])

    def file(self, path: str) -> bool:
        """Whether a file is hidden."""
        return self._files.match_file(path)

    def folder(self, path: str) -> bool:
        """Whether a folder is hidden, and so all below it for good."""
        return self._folders.match_file(path + "/")


def _fit(line: str) -> bool:
    if line.count("**") > _MOST_FOLDERS or len(line) > _LONGEST:
        return False
    try:
        _spec([line])
    except (ValueError, re.error):
        return False
    return True


def _spec(lines: list[str]) -> "GitIgnoreSpec":
    """The rules, each matched without going back over a name.

    A ``*`` before another one in the same name may stop at the first place where what follows it fits: the next ``*``
    takes up whatever is in between.
    """
    from pathspec import GitIgnoreSpec

    patterns = []
    for pattern in GitIgnoreSpec.from_lines(lines).patterns:
        if pattern.regex is not None:
            tame = re.compile(_STARS.sub(r"(?>[^/]*?\1)", pattern.regex.pattern))
            pattern = type(pattern)(tame, pattern.include)  # noqa: PLW2901 - the same rule, matched faster
        patterns.append(pattern)
    return GitIgnoreSpec(patterns, backend="simple")
