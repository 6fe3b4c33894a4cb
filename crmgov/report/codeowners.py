"""CODEOWNERS from the areas of the Governance document: in it, as at the host, the last line that matches counts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.snapshot import Snapshot
from crmgov.report import codes
from crmgov.report.areas import Area, Areas, areas_of
from crmgov.report.text import clean

HEADER = "# Written by crmgov report codeowners from the areas of the Governance document. The last match counts."
_UNWRITABLE = re.compile(r"[*?\[\]!#\\\x00-\x1f\x7f]")
_NO_PATTERN = re.compile(r"[\[\]\\#\x00-\x1f\x7f]|^!|\?")

Owners = frozenset[str]


def codeowners(tree: Snapshot) -> tuple[str, list[Diagnostic]]:
    """The file, and what could not be said in it. Kinds and objects become the folders and files that hold them;
    paths come last, because they count more.
    """
    areas = areas_of(tree)
    if not areas:
        return "", [of(codes.NO_AREAS, "The Governance document names no areas")]
    problems = _without_handle(areas)
    named = [area for area in areas if area.handle]
    lines = [HEADER]
    for path, owners in _folders(_files(tree, Areas(named))):
        if _UNWRITABLE.search(path):
            problems.append(of(codes.UNWRITABLE, f"{path} belongs to {', '.join(sorted(owners))}"))
        else:
            lines.append(f"{path.replace(' ', chr(92) + ' ')} {' '.join(sorted(owners))}")
    for area in named:
        for pattern in area.paths:
            written = _pattern(pattern)
            if written:
                lines.append(f"{written} {area.handle}")
            else:
                problems.append(of(codes.UNWRITABLE, f"{pattern} of area {area.name}"))
    return "\n".join(lines) + "\n", problems


def _without_handle(areas: Sequence[Area]) -> list[Diagnostic]:
    told = []
    for area in areas:
        if not area.given:
            told.append(of(codes.NO_HANDLE, f"Area {area.name}, owned by {area.owner}, has no handle"))
        elif not area.handle:
            told.append(of(codes.NOT_A_HANDLE, f"The handle of area {area.name} is {clean(area.given)}"))
    return told


def _files(tree: Snapshot, areas: Areas) -> dict[str, Owners]:
    """By file the handles of those whose objects and kinds stand in it."""
    found: dict[str, set[str]] = {}
    for address, where in tree.places.items():
        area = areas.of_address(address)
        found.setdefault(where.file, set()).update({area.handle} if area is not None else ())
    return {file: frozenset(owners) for file, owners in found.items()}


def _folders(files: Mapping[str, Owners]) -> Iterator[tuple[str, Owners]]:
    """Lines for folders in which all is owned alike, as high up as possible, and for single files elsewhere."""
    return _below("/", sorted((tuple(file.split("/")), owners) for file, owners in files.items()))


def _below(folder: str, rows: Sequence[tuple[tuple[str, ...], Owners]]) -> Iterator[tuple[str, Owners]]:
    for name, group in groupby(rows, key=lambda row: row[0][0]):
        inner = list(group)
        owners = {one for _, one in inner}
        if len(inner[0][0]) == 1:
            if inner[0][1]:
                yield folder + name, inner[0][1]
        elif len(owners) == 1:
            if inner[0][1]:
                yield f"{folder}{name}/", inner[0][1]
        else:
            yield from _below(f"{folder}{name}/", [(path[1:], one) for path, one in inner])


def _pattern(pattern: str) -> str:
    """A gitignore pattern as CODEOWNERS writes it; empty where it cannot."""
    text = pattern.strip()
    if not text or _NO_PATTERN.search(text):
        return ""
    for ending in ("/**", "/*"):
        text = f"{text.removesuffix(ending)}/" if text.endswith(ending) else text
    anchored = "/" in text.rstrip("/") and not text.startswith(("/", "**/"))
    return (f"/{text}" if anchored else text).replace(" ", "\\ ")
