"""Zip files: a Metadata API folder packed, with everything refused that could harm."""

import stat
import struct
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from crmgov.model.diagnostics import Diagnostic, Place, of
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce import codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.project import Project, SourceFile, mdapi_file
from crmgov.providers.salesforce.unread import unread
from crmgov.providers.salesforce.xml import MAX_FILE

MAX_TOTAL = 600 * 1024 * 1024
"""Bytes; what Salesforce takes unzipped in one deployment (SOAP Metadata API limits)."""
MAX_MEMBERS = 50_000
"""Five times what Salesforce takes in one deployment."""
_RATIO = 400
"""Unpacked bytes for one packed byte; real metadata stays below 60."""


class Archive(NamedTuple):
    """An opened zip: its project, and its members by the paths in ``SourceFile.path``."""

    project: Project
    members: dict[str, bytes]


def read_zip(path: Path, label: str) -> Archive:
    """The metadata files of a zip with their bytes. Raises ProviderError where there is nothing to read."""
    left: list[tuple[str, str]] = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, label, left)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error) as error:
        raise ProviderError(of("SFPROJ004", f"{label} is not a zip file: {error}", at=Place(label))) from None
    manifests = sorted(
        (name for name in members if name.rpartition("/")[2] == "package.xml"), key=lambda n: n.count("/")
    )
    if not manifests:
        raise ProviderError(of("SFPROJ001", f"{label} holds no package.xml", at=Place(label), related=()))
    prefix = manifests[0].removesuffix("package.xml")
    files: list[SourceFile] = []
    for name in sorted(members):
        found = mdapi_file(name[len(prefix) :]) if name.startswith(prefix) else None
        if found is not None:
            files.append(found._replace(file=f"{label}/{name}", path=name))
    gaps = tuple(gap for name, reason in left for gap in unread(name, f"{name} in {label} {reason}"))
    problems = [_problem(label, name, reason) for name, reason in left]
    return Archive(Project("zip", files, 0, problems, gaps=gaps), members)


def _members(archive: zipfile.ZipFile, label: str, left: list[tuple[str, str]]) -> dict[str, bytes]:
    infos = archive.infolist()
    packed = max(sum(info.compress_size for info in infos), 1)
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MAX_MEMBERS or unpacked > MAX_TOTAL or unpacked > packed * _RATIO + MAX_FILE:
        message = f"{label} would unpack {len(infos):,} files and {unpacked:,} bytes from {packed:,}; it is not read"
        raise ProviderError(of("SFPROJ004", message, at=Place(label)))
    members: dict[str, bytes] = {}
    total = 0
    for info in infos:
        if info.filename.endswith("/"):
            continue
        reason = _unsafe(info) or ("stands in it twice" if info.filename in members else "")
        if reason:
            left.append((info.filename, reason))
            continue
        data, reason = _read(archive, info)
        total += len(data)
        if total > MAX_TOTAL:
            raise ProviderError(
                of("SFPROJ004", f"{label} unpacks to more than it says; it is not read", at=Place(label))
            )
        if reason:
            left.append((info.filename, reason))
        else:
            members[info.filename] = data
    return members


def _problem(label: str, name: str, reason: str) -> Diagnostic:
    shown = "".join(char if char.isprintable() else "?" for char in name)[:200]
    return of("SFPROJ004", f"{shown} in {label} {reason}; it is left out", at=Place(label))


def _unsafe(info: zipfile.ZipInfo) -> str:
    """Why a member is not to be touched; empty where it is fine."""
    name = info.filename
    if not name:
        return "has no name"
    parts = PurePosixPath(name).parts
    if "\\" in name or ".." in parts or name.startswith("/") or (name[1:2] == ":"):
        return "leads out of the folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link"
    if info.flag_bits & 1:
        return "is encrypted"
    if info.file_size > MAX_FILE:
        return f"has {info.file_size:,} bytes, more than metadata has"
    return ""


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, str]:
    try:
        with archive.open(info) as stream:
            data = stream.read(MAX_FILE + 1)
    except Exception:  # the library raises what its parts raise; whatever it is, the member is not read
        return b"", "is damaged, or packed in a way that is not read"
    return (b"", "is larger than it says") if len(data) > MAX_FILE else (data, "")
