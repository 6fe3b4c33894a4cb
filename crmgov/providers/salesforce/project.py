"""Discovery: which files a Salesforce project holds, and what each is by its name."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from crmgov.model.diagnostics import Diagnostic, Place, brief, of
from crmgov.model.gitignore import Rules
from crmgov.model.paths import path_fault
from crmgov.model.provider import ProviderError
from crmgov.model.snapshot import Gap
from crmgov.providers.salesforce import codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.mapping import BY_SUFFIX, MetadataType
from crmgov.providers.salesforce.metatypes import FOLDERS, type_name
from crmgov.providers.salesforce.unread import unread

_SKIPPED = {"node_modules"}
_META = "-meta.xml"
_DEPTH = 64
_SMALL = 4 * 1024 * 1024
"""Bytes of sfdx-project.json or .forceignore; real ones have some kilobytes."""
_LONG = 20
"""Digits of a whole number in sfdx-project.json."""


class SourceFile(NamedTuple):
    """One file of the project that holds metadata.

    ``file`` is its path for people (relative to the repository root where it lies in it), ``path`` where its bytes are
    (a member's name for a zip), ``type`` None for types that the model does not hold. ``name`` is the thing's name as
    the file says it (percent-encoding kept), ``parent`` its object for children in source format. ``side`` marks a
    Metadata API folder beside the package directories.
    """

    file: str
    path: str
    type_name: str
    type: MetadataType | None
    name: str
    parent: str | None
    side: bool = False


class Project(NamedTuple):
    """What was found: files in the order of their paths, hidden files counted, problems told.

    ``gaps`` says what may be missing because of files and folders that were not read.
    """

    form: str
    """``source``, ``mdapi`` or ``zip``."""
    files: list[SourceFile]
    hidden: int
    problems: list[Diagnostic]
    namespace: str = ""
    gaps: tuple[Gap, ...] = ()


def shown(path: Path, root: Path | None) -> str:
    """A path for people: relative to the repository root where it lies in it."""
    if root is not None and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return path.as_posix()


def inside(folder: str, path: str) -> str:
    """A path below a folder, for people."""
    return path if folder == "." else f"{folder}/{path}"


def discover(project: Path, root: Path | None, *, include_ignored: bool = False) -> Project:
    """All metadata files of a project folder. Raises ProviderError where there is no project."""
    label = shown(project, root)
    if not project.is_dir():
        raise ProviderError(of("SFPROJ001", f"{label} is no folder and no zip file", at=Place(label)))
    problems: list[Diagnostic] = []
    walk = _Walk(project, root, _ignore_rules(project, problems, label, include_ignored=include_ignored), problems)
    config = project / "sfdx-project.json"
    if config.is_file():
        settings = _settings(config, shown(config, root))
        packages = _packages(settings, project, label, problems)
        for package in packages:
            walk.folder(package, source_file)
        for side in _side_packages(project, packages):
            walk.folder(side, side_file)
        walk.missing(problem for problem in problems if problem.code in ("SFPROJ002", "SFPROJ003"))
        own = settings.get("namespace")
        return walk.result("source", own if isinstance(own, str) else "")
    if (project / "package.xml").is_file():
        walk.folder(project, mdapi_file)
        return walk.result("mdapi", "")
    message = f"{label} holds neither sfdx-project.json nor package.xml"
    raise ProviderError(of("SFPROJ001", message, at=Place(label)))


def _settings(config: Path, label: str) -> dict[str, Any]:
    """The project's own settings. Raises ProviderError where they cannot be understood."""
    try:
        data = _small(config)
    except (OSError, ValueError) as error:
        raise ProviderError(of("SFPROJ002", f"{label} is not JSON: {_reason(error)}", at=Place(label))) from None
    return settings_of(data, label)


def settings_of(data: bytes, label: str) -> dict[str, Any]:
    """What sfdx-project.json says. Raises ProviderError where it cannot be understood."""
    try:
        settings = json.loads(data.decode("utf-8-sig"), parse_int=_integer)
    except RecursionError:
        raise ProviderError(of("SFPROJ002", f"{label} is nested too deep", at=Place(label))) from None
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        place = Place(label, line, getattr(error, "colno", 0))
        raise ProviderError(of("SFPROJ002", f"{label} is not JSON: {_reason(error)}", at=place)) from None
    packages = settings.get("packageDirectories") if isinstance(settings, dict) else None
    if not isinstance(packages, list) or not packages:
        raise ProviderError(of("SFPROJ002", f"{label} names no packageDirectories", at=Place(label)))
    return dict(settings)


def _integer(text: str) -> int:
    """A whole number; none that means anything here is long."""
    return int(text) if len(text) < _LONG else 0


def _packages(settings: dict[str, Any], project: Path, label: str, problems: list[Diagnostic]) -> list[Path]:
    """The package directories that exist inside the project, each once."""
    found: list[Path] = []
    paths = [entry.get("path") if isinstance(entry, dict) else None for entry in settings["packageDirectories"]]
    for path in dict.fromkeys(path if isinstance(path, str) else None for path in paths):
        if path is None:
            problems.append(of("SFPROJ002", f"a package directory of {label} has no path", at=Place(label)))
            continue
        fault = path_fault(path)
        if fault:
            message = f"package directory {brief(path)} of {label} {fault.replace('repository', 'project')}"
            problems.append(of("SFPROJ003", message, at=Place(label)))
            continue
        folder = (project / path).resolve()
        if not folder.is_relative_to(project.resolve()) or not folder.is_dir():
            problems.append(
                of("SFPROJ003", f"package directory {path} of {label} is not in the project", at=Place(label))
            )
        elif folder not in found:
            found.append(folder)
    return found


def _side_packages(project: Path, packages: list[Path]) -> list[Path]:
    """Metadata API folders (with a package.xml) beside the package directories."""
    found: list[Path] = []
    pending = [(project, 0)]
    while pending:
        folder, depth = pending.pop()
        for entry in _entries(folder):
            if not entry.is_dir(follow_symlinks=False) or entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            path = Path(entry.path)
            if path.resolve() in packages:
                continue
            if (path / "package.xml").is_file():
                found.append(path)
            elif depth < 3:
                pending.append((path, depth + 1))
    return sorted(found)


def _entries(folder: Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _ignore_rules(project: Path, problems: list[Diagnostic], label: str, *, include_ignored: bool) -> Rules | None:
    """The rules of .forceignore, or None where there are none."""
    path = project / ".forceignore"
    if include_ignored or not path.is_file():
        return None
    name = inside(label, ".forceignore")
    try:
        return rules_of(_small(path), name, problems)
    except (OSError, ValueError) as error:
        problems.append(of("SFPROJ002", f"{name} cannot be understood: {_reason(error)}", at=Place(name)))
        return None


def rules_of(data: bytes, name: str, problems: list[Diagnostic]) -> Rules:
    """The rules that a .forceignore holds; those not followed are told. Raises ValueError where it is no text."""
    lines = data.decode("utf-8-sig").splitlines()
    rules = Rules(lines)
    for line in dict.fromkeys(rules.refused):
        message = f"the rule {brief(line)} in {name} cannot be followed"
        problems.append(of("SFPROJ006", message, at=Place(name, lines.index(line) + 1, 1)))
    return rules


def _small(path: Path) -> bytes:
    """A small file of the project's own settings. Raises OSError, and ValueError where it is no small file."""
    with path.open("rb") as file:
        data = file.read(_SMALL + 1)
    if len(data) > _SMALL:
        raise ValueError(f"it has more than {_SMALL:,} bytes")
    return data


def _reason(error: Exception) -> str:
    """Why a file was not understood, in words that do not depend on the machine."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__


class _Walk:
    """One walk over folders of a project."""

    def __init__(self, project: Path, root: Path | None, rules: Rules | None, problems: list[Diagnostic]) -> None:
        self._project = project
        self._inside = str(project.resolve())
        self._prefix = shown(project, root)
        self._rules = rules
        self._problems = problems
        self._seen: set[str] = set()
        self._files: list[SourceFile] = []
        self._hidden = 0
        self._gaps: list[Gap] = []

    def result(self, form: str, namespace: str) -> Project:
        """What was found."""
        return Project(form, self._files, self._hidden, self._problems, namespace, tuple(self._gaps))

    def missing(self, problems: Iterable[Diagnostic]) -> None:
        """Take note of whole folders that were not read."""
        self._gaps.extend(Gap(status="partial", reason=problem.message) for problem in problems)

    def _not_read(self, code: str, name: str, message: str, *, closes: bool = True) -> None:
        """Tell of a path that was not read; ``closes``: it may have held something."""
        label = inside(self._prefix, name.rstrip("/"))
        self._problems.append(of(code, f"{label} {message}", at=Place(label)))
        if closes:
            self._gaps.extend(unread(name, f"{label} was not read"))

    def folder(self, folder: Path, classify: Callable[[str], SourceFile | None]) -> None:
        """Take in all files below a folder; ``classify`` tells what each is."""
        start = os.path.relpath(folder.resolve(), self._inside).replace(os.sep, "/")
        relative = "" if start == "." else start + "/"
        for path, name, hidden in self._below(str(folder), relative, hidden=False, depth=0):
            if hidden:
                self._hidden += 1
                continue
            inner = name if not relative else name[len(relative) :]
            found = classify(inner)
            if found is not None:
                self._files.append(found._replace(file=inside(self._prefix, name), path=path))

    def _below(self, folder: str, relative: str, *, hidden: bool, depth: int) -> Iterator[tuple[str, str, bool]]:
        if folder in self._seen:
            return
        if depth > _DEPTH:
            self._not_read("SFFILE005", relative, f"is more than {_DEPTH} folders deep and is not read")
            return
        self._seen.add(folder)
        rules = self._rules
        for entry in self._scan(folder, relative):
            name = relative + entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name in _SKIPPED or entry.name == ".git":
                    continue
                inside = hidden or (rules is not None and rules.folder(name))
                yield from self._below(entry.path, name + "/", hidden=inside, depth=depth + 1)
            elif self._readable(entry, name):
                yield entry.path, name, hidden or (rules is not None and rules.file(name))

    def _scan(self, folder: str, relative: str) -> list["os.DirEntry[str]"]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._not_read("SFFILE005", relative, f"cannot be read: {error.strerror}")
            return []

    def _readable(self, entry: "os.DirEntry[str]", name: str) -> bool:
        """Whether an entry is a file inside the project; links out of it are told."""
        try:
            name.encode()
        except UnicodeEncodeError:
            found = type_of_path(name)
            if found is not None and found.type is not None:
                self._not_read("SFFILE005", spelt(name), "has a name that is not UTF-8")
            return False
        if entry.is_file(follow_symlinks=False):
            return True
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            if target.startswith(self._inside + os.sep) and Path(target).is_file():
                return True
            found = type_of_path(name)
            closes = Path(target).is_dir() or (found is not None and found.type is not None)
            self._not_read("SFPROJ005", name, "is a link that is not followed", closes=closes)
        elif (found := type_of_path(name)) is not None and found.type is not None:
            self._not_read("SFFILE005", name, "is not a regular file")
        return False


def spelt(path: str) -> str:
    """A path whose bytes are no text, as a text."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def type_of_path(path: str) -> SourceFile | None:
    """What a path in either form holds."""
    return source_file(path) or mdapi_file(path)


def source_file(path: str) -> SourceFile | None:
    """A file in source format: what ends in ``-meta.xml``, or a Metadata API file in its folder."""
    base = path.rpartition("/")[2]
    if not base.endswith(_META):
        found = mdapi_file(path, anywhere=True)
        return found if found is not None and found.type is not None else None
    stem = base[: -len(_META)]
    name, _, suffix = stem.rpartition(".")
    kind = BY_SUFFIX.get(suffix) if name else None
    if kind is None:
        folder = PurePosixPath(path).parent.name
        return SourceFile("", "", type_name(suffix, folder if name else FOLDERS.get(folder, folder)), None, stem, None)
    if kind.form.child:
        parts = path.split("/")
        parent = parts[-3] if len(parts) > 2 and parts[-2] == kind.form.folder else None
        if parent is None:
            return SourceFile("", "", kind.name, None, name, None)
        return SourceFile("", "", kind.name, kind, name, parent)
    return SourceFile("", "", kind.name, kind, _in_folder(path, kind, name), None)


def mdapi_file(path: str, *, anywhere: bool = False) -> SourceFile | None:
    """What a path below a Metadata API folder holds: ``folder/NAME.suffix``, folders of reports between."""
    parts = path.split("/")
    base = parts[-1]
    meta = base.endswith(_META)
    if meta and not base.endswith(".email" + _META):
        # Folders of reports and the like; what stands beside a content file is part of that.
        folder = parts[0] if len(parts) == 2 and "." not in base[: -len(_META)] else ""
        return SourceFile("", "", FOLDERS[folder], None, base[: -len(_META)], None) if folder in FOLDERS else None
    stem = base[: -len(_META)] if meta else base
    name, _, suffix = stem.rpartition(".")
    if len(parts) < 2 or not name or (suffix == "email" and not meta):
        return None
    kind = BY_SUFFIX.get(suffix)
    if kind is not None and not kind.form.child and kind.form.folder in (parts[:-1] if anywhere else parts[:1]):
        return SourceFile("", "", kind.name, kind, _in_folder(path, kind, name), None)
    return None if anywhere else SourceFile("", "", type_name(suffix, parts[0]), None, name, None)


def side_file(path: str) -> SourceFile | None:
    """What a path below a Metadata API folder beside the package directories holds."""
    found = mdapi_file(path)
    return None if found is None else found._replace(side=True)


def _in_folder(path: str, kind: MetadataType, name: str) -> str:
    """The name with the vendor's folder before it, for types that are kept in folders."""
    if kind.kind != "External":
        return name
    parts = path.split("/")
    if kind.form.folder not in parts[:-1]:
        return name
    at = parts.index(kind.form.folder)
    return "/".join([*parts[at + 1 : -1], name])
