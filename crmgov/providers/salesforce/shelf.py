"""Where one revision of a project keeps its files, known from the list of all paths alone.

The same answers as ``project.discover`` gives for a folder on disk, for paths of a git tree.
"""

from collections.abc import Callable, Iterable
from posixpath import normpath
from typing import Any

from crmgov.model.diagnostics import Diagnostic, Place, brief, of
from crmgov.model.gitignore import Rules
from crmgov.model.paths import path_fault
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce import codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.project import SourceFile, mdapi_file, rules_of, settings_of, side_file, source_file

SETTINGS, IGNORE, MANIFEST = "sfdx-project.json", ".forceignore", "package.xml"
_SKIPPED = frozenset({"node_modules", ".git"})
_SIDE_DEPTH = 4
"""How many folders deep a Metadata API folder may lie beside the package directories."""

Classify = Callable[[str], SourceFile | None]


class Told:
    """What the settings of one revision say: None for what is not there; problems of what is not understood."""

    def __init__(self, prefix: str, settings: bytes | None, ignore: bytes | None) -> None:
        self.problems: list[Diagnostic] = []
        self.settings: dict[str, Any] | None = None
        self.rules: Rules | None = None
        self.ignored = ignore or b""
        self.unclear: set[str] = set()
        """Which of the two files could not be understood."""
        if settings is not None:
            self._settings(settings, prefix + SETTINGS)
        if ignore is not None:
            try:
                self.rules = rules_of(ignore, prefix + IGNORE, self.problems)
            except ValueError:
                self._unclear(IGNORE, of("SFPROJ002", f"{prefix}{IGNORE} is not UTF-8", at=Place(prefix + IGNORE)))

    def _settings(self, data: bytes, label: str) -> None:
        try:
            self.settings = settings_of(data, label)
        except ProviderError as error:
            self._unclear(SETTINGS, error.diagnostic)

    def _unclear(self, name: str, problem: Diagnostic) -> None:
        self.unclear.add(name)
        self.problems.append(problem)

    def filled(self, other: "Told") -> None:
        """Take what is not understood here from the other revision, so that nothing seems to move by it."""
        if SETTINGS in self.unclear:
            self.settings = other.settings
        if IGNORE in self.unclear:
            self.rules, self.ignored = other.rules, other.ignored


class Shelf:
    """One revision of a project. ``prefix`` is its folder with a slash (empty at the top), ``paths`` all it holds."""

    def __init__(self, prefix: str, told: Told, paths: Iterable[str]) -> None:
        self.problems = told.problems
        self.namespace = ""
        self._prefix = prefix
        self._rules = told.rules
        self.ignored = told.ignored
        """The text of the ignore rules; equal for two revisions that hide alike."""
        self._hidden: dict[str, bool] = {}
        self._places: list[tuple[str, Classify]] = []
        manifests = [path[len(prefix) :] for path in paths if path.endswith(MANIFEST) and path.startswith(prefix)]
        self.form = "source" if told.settings is not None else "mdapi" if MANIFEST in manifests else ""
        if told.settings is not None:
            own = told.settings.get("namespace")
            self.namespace = own if isinstance(own, str) else ""
            self._packages(told.settings)
            self._sides(manifests)
        elif self.form:
            self._places.append(("", mdapi_file))

    @property
    def places(self) -> list[str]:
        """The folders that hold metadata; equal for two revisions that keep their files alike."""
        return [place for place, _ in self._places]

    def file(self, path: str) -> SourceFile | None:
        """What a path from the repository's top holds; None where that is no metadata of this project."""
        name = path[len(self._prefix) :]
        if not path.startswith(self._prefix) or not _SKIPPED.isdisjoint(name.split("/")):
            return None
        for place, classify in self._places:
            if name.startswith(place):
                found = classify(name[len(place) :])
                return None if found is None else found._replace(file=path, path=path)
        return None

    def rank(self, path: str) -> tuple[int, list[str]]:
        """The order in which paths are read: folder by folder as the project names them, in each by name."""
        name = path[len(self._prefix) :]
        return next((n for n, (place, _) in enumerate(self._places) if name.startswith(place)), -1), name.split("/")

    def hides(self, path: str) -> bool:
        """Whether the ignore rules hide a path that ``file`` knows."""
        if self._rules is None:
            return False
        name = path[len(self._prefix) :]
        start = next((len(place) for place, _ in self._places if name.startswith(place)), 0)
        return self._folder_hidden(name.rpartition("/")[0], start) or self._rules.file(name)

    def _folder_hidden(self, folder: str, start: int) -> bool:
        if len(folder) < start or not folder or self._rules is None:
            return False
        known = self._hidden.get(folder)
        if known is None:
            known = self._folder_hidden(folder.rpartition("/")[0], start) or self._rules.folder(folder)
            self._hidden[folder] = known
        return known

    def _packages(self, settings: dict[str, Any]) -> None:
        """The package directories; one that no file lies in holds nothing, and git keeps no empty folders."""
        label = self._prefix + SETTINGS
        for entry in settings["packageDirectories"]:
            path = entry.get("path") if isinstance(entry, dict) else None
            fault = path_fault(path) if isinstance(path, str) else "has no path"
            if fault:
                message = f"package directory {brief(str(path))} of {label} {fault.replace('repository', 'project')}"
                self.problems.append(of("SFPROJ003", message, at=Place(label)))
                continue
            place = normpath(str(path)).strip("/")
            place = "" if place == "." else f"{place}/"
            if place not in self.places:
                self._places.append((place, source_file))

    def _sides(self, manifests: Iterable[str]) -> None:
        packages = tuple(self.places)
        found: list[str] = []
        for folder in sorted(name[: -len(MANIFEST)] for name in manifests):
            parts = folder.split("/")[:-1]
            odd = any(part.startswith(".") or part in _SKIPPED for part in parts)
            if not 0 < len(parts) <= _SIDE_DEPTH or odd or not folder.endswith("/"):
                continue
            if not folder.startswith((*packages, *found)):
                found.append(folder)
        self._places.extend((folder, side_file) for folder in found)
