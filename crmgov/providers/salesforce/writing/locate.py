"""Where a thing stands in a project, and where a new one goes: with its siblings."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from crmgov.model.diagnostics import of
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.mapping import TYPES
from crmgov.providers.salesforce.mapping.items import escape
from crmgov.providers.salesforce.names import Thing, decoded
from crmgov.providers.salesforce.project import Project, SourceFile
from crmgov.providers.salesforce.read import Source
from crmgov.providers.salesforce.writing import codes

_OBJECT = "CustomObject"


class Spot(NamedTuple):
    """A place: the file's path from the project's folder (or in the zip), and the tag of the element in its root.

    Without a tag the thing is the file as a whole.
    """

    path: str
    tag: str = ""


class Locator:
    """Places of things in one project.

    ``sources`` says where each thing stands, by address. ``folder`` is the project's folder, None for a zip; ``prefix``
    is what stands before everything in a zip.
    """

    def __init__(self, project: Project, sources: Mapping[str, Source], folder: Path | None, prefix: str = "") -> None:
        self.source = project.form == "source"
        self.files = [(file, _relative(file, folder)) for file in project.files]
        self._folder = folder
        self._spots: dict[str, Spot | None] = {}
        self._sources = sources
        self._prefix = prefix
        self._package = _default_package(folder) if self.source and folder is not None else ""
        self._objects = {
            decoded(file.name).casefold(): path for file, path in reversed(self.files) if file.type_name == _OBJECT
        }

    def known(self, address: str) -> Spot | None:
        """Where a thing is; None where there is none of this address."""
        source = self._sources.get(address)
        if address in self._spots or source is None:
            return self._spots.get(address)
        return Spot(_relative(source.file, self._folder), source.element[0] if source.element else "")

    def note(self, address: str, thing: Thing, spot: Spot) -> None:
        """Remember where a new or renamed thing was put."""
        self._spots[address] = spot
        if thing.type.name == _OBJECT:
            self._objects.setdefault(thing.name.casefold(), spot.path)

    def forget(self, address: str) -> None:
        """Remember that a thing is gone."""
        self._spots[address] = None

    def new(self, thing: Thing) -> Spot:
        """Where a new thing goes: to its siblings. Raises ProviderError where a name is no name of an object."""
        kind = thing.type
        owner = thing.name if kind.name == _OBJECT else str(thing.parent)
        if {"/", "\\"} & set(owner):
            raise ProviderError(of(codes.UNSAFE, f"{owner!r} is no name of an object"))
        if kind.name == "AssignmentRule":
            path = next((p for f, p in self.files if f.type_name == "AssignmentRules" and f.name == thing.parent), None)
            return Spot(
                path or self._new_file("assignmentRules", str(thing.parent), "AssignmentRules"), kind.form.child
            )
        if kind.form.child and not self.source:
            path = self._objects.get(str(thing.parent).casefold())
            return Spot(path or self._new_file("objects", str(thing.parent), _OBJECT), kind.form.child)
        return Spot(self._new_child(thing) if kind.form.child else self._new_whole(thing, file_name(thing)))

    def below(self, name: str) -> list[str]:
        """All files of an object in source format, of whatever type: those in its folders."""
        folded = f"/objects/{name}/".casefold()
        return [path for _, path in self.files if self.source and folded in f"/{path}".casefold()]

    def _new_child(self, thing: Thing) -> str:
        folder = self._object_folder(str(thing.parent)) or f"{self._base('objects')}objects/{thing.parent}"
        return f"{folder}/{thing.type.form.folder}/{encoded(thing.name)}.{thing.type.form.suffix}-meta.xml"

    def _new_whole(self, thing: Thing, name: str) -> str:
        if thing.type.name == _OBJECT and self.source:
            folder = self._object_folder(thing.name) or f"{self._base('objects')}objects/{thing.name}"
            return f"{folder}/{thing.name}.object-meta.xml"
        beside = self._object_folder(str(thing.parent)) if thing.parent is not None and self.source else ""
        return self._new_file(thing.type.form.folder, name, thing.type.name, beside.rpartition("objects/")[0])

    def _new_file(self, folder: str, name: str, type_name: str, base: str = "") -> str:
        ending = TYPES[type_name].form.suffix + ("-meta.xml" if self.source else "")
        return f"{base or self._base(folder)}{folder}/{name}.{ending}"

    def _object_folder(self, name: str) -> str:
        """The folder of an object in source format: that of its own file, else that of most of its children."""
        own = self._objects.get(name.casefold())
        if own is not None and own.rpartition("/")[0].casefold().endswith(f"/{name}".casefold()):
            return own.rpartition("/")[0]
        folded = name.casefold()
        folders = Counter(
            path.rpartition("/")[0].rpartition("/")[0]
            for file, path in self.files
            if file.parent is not None and file.parent.casefold() == folded
        )
        return folders.most_common(1)[0][0] if folders else ""

    def _base(self, folder: str) -> str:
        """What stands before a type's folder: as for most files of the default package, else the usual place."""
        if not self.source:
            return self._prefix
        inside = f"{self._package}/" if self._package else ""
        bases = Counter(
            path.partition(f"/{folder}/")[0] + "/"
            for file, path in self.files
            if not file.side and path.startswith(inside) and f"/{folder}/" in path
        )
        return bases.most_common(1)[0][0] if bases else f"{inside}main/default/"


def _relative(file: SourceFile, folder: Path | None) -> str:
    return file.path if folder is None else Path(file.path).relative_to(folder).as_posix()


def file_name(thing: Thing) -> str:
    """The name of a file of its own, as it is spelt there."""
    if thing.type.name == "Layout":
        return f"{thing.parent}-{escape(thing.name)}"
    if thing.type.name == "ApprovalProcess":
        return f"{thing.parent}.{encoded(thing.name)}" if thing.parent else encoded(thing.name)
    return thing.name if thing.type.name == _OBJECT else encoded(thing.name)


def component_name(thing: Thing) -> str:
    """The full name in manifests, encoded as there."""
    if thing.type.form.child:
        return f"{thing.parent}.{encoded(thing.name)}"
    return file_name(thing)


def encoded(name: str) -> str:
    """A name as files and manifests spell it: all but letters, digits and ``-_`` and space percent-encoded."""
    return "".join(
        char if char.isalnum() or char in " -_" else "".join(f"%{byte:02X}" for byte in char.encode()) for char in name
    )


def _default_package(folder: Path) -> str:
    """The path of the package directory that new things go to: the one marked so, else the first."""
    try:
        settings = json.loads((folder / "sfdx-project.json").read_bytes().decode("utf-8-sig"))
        packages = [entry for entry in settings["packageDirectories"] if isinstance(entry.get("path"), str)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    chosen = next((entry for entry in packages if entry.get("default") is True), packages[0] if packages else None)
    path = (folder / chosen["path"]).resolve() if chosen else folder
    return path.relative_to(folder).as_posix().removeprefix(".") if path.is_relative_to(folder) else ""
