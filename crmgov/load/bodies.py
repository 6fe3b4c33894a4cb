"""The vendor files that automations name: found beside their YAML, inside the repository, with the digest recorded."""

from pathlib import Path, PurePosixPath

from crmgov.load.files import UnreadableError, read_file, shown
from crmgov.load.table import BodyRef
from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Where, of
from crmgov.model.paths import path_fault


def body_file(root: str, file: str, ref: BodyRef) -> tuple[str, bytes | None, list[Diagnostic]]:
    """The digest of a body file as it is (empty where it cannot be read), its bytes, and what is wrong with it."""
    at = Where(file, ref.document, ("body_file", "path"))
    path = within(file, ref.path)
    if path is None:
        told = f"{_short(ref.path)} lies outside the repository"
        return "", None, [of("BODY001", told, at=at, address=ref.address)]
    fault = path_fault(path)
    if fault:
        return "", None, [of("BODY001", f"{_short(ref.path)} {fault}", at=at, address=ref.address)]
    link = linked_part(root, path)
    if link:
        told = f"{shown(link)} is a link, which is not followed"
        return "", None, [of("BODY001", told, at=at, address=ref.address)]
    try:
        data, _ = read_file(root, path)
    except UnreadableError as unreadable:
        code = "BODY004" if unreadable.diagnostic.code == "FILE003" else "BODY002"
        return "", None, [of(code, unreadable.diagnostic.message, at=at, address=ref.address)]
    found = digest(data)
    if found == ref.digest:
        return found, data, []
    where = Where(file, ref.document, ("body_file", "digest"))
    fix = Fix(f"record {found}", (Edit(where, "set", found),), safe=True)
    told = f"{path} has the digest {found}, not {_short(ref.digest)}"
    return found, data, [of("BODY003", told, at=where, address=ref.address, hint=found, fix=fix)]


def within(file: str, path: str) -> str | None:
    """The path of a body file relative to the root; None where it leads out of it or is no path."""
    if not path or path.startswith(("/", "~")) or "\\" in path or "\0" in path or ":" in path.partition("/")[0]:
        return None
    parts: list[str] = list(PurePosixPath(file).parent.parts)
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or None


def linked_part(root: str, path: str) -> str:
    """The first part of a path below the root that is a link; empty where none is."""
    parts = path.split("/")
    for end in range(1, len(parts) + 1):
        part = "/".join(parts[:end])
        if Path(root, part).is_symlink():
            return part
    return ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
