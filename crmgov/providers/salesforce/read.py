"""Reading: the files of a project into a snapshot, in one pass, each file's problems told without hiding the rest."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import msgspec

from crmgov.model.address import parse
from crmgov.model.canonical import Body, digest, encode
from crmgov.model.diagnostics import Diagnostic, Place, Where, brief, of
from crmgov.model.formula import hard_coded
from crmgov.model.snapshot import Coverage, Derived, Gap, Origin, Snapshot
from crmgov.providers.salesforce import derive
from crmgov.providers.salesforce.bodies import facts_of
from crmgov.providers.salesforce.catalogue import CATALOGUE
from crmgov.providers.salesforce.lookups import Lookups
from crmgov.providers.salesforce.mapping import CHILDREN, TYPES, Context, MetadataType, standard_value_set
from crmgov.providers.salesforce.mapping.items import child, get
from crmgov.providers.salesforce.mapping.rules import read_rule
from crmgov.providers.salesforce.mentions import KINDS as MENTIONS
from crmgov.providers.salesforce.mentions.base import Thing
from crmgov.providers.salesforce.mentions.gather import Gatherer, parts_of, thing_of
from crmgov.providers.salesforce.metatypes import CHILD_TAGS
from crmgov.providers.salesforce.names import TYPE_WORDS, address_of, decoded, fold, origin_of
from crmgov.providers.salesforce.project import Project, SourceFile
from crmgov.providers.salesforce.unread import OBJECT_KINDS
from crmgov.providers.salesforce.xml import MAX_FILE, Parser, Tree, XmlError

KINDS = frozenset(kind.kind for kind in TYPES.values()) | {"StageSet"}
"""The kinds that files hold completely."""
_ORDER = {name: at for at, name in enumerate(TYPES)}


class Reading(NamedTuple):
    """A snapshot, what was wrong, and where each thing stands.

    ``sources`` gives, by address (of mentions too), the file and its path on disk (or in the zip) and the tags and name
    that lead to the thing in it: ``("fields", "Region__c")``, or nothing for a file of its own.
    """

    snapshot: Snapshot
    problems: list[Diagnostic]
    sources: Mapping[str, "Source"]


class Source(NamedTuple):
    """Where a thing stands: its file, and its element in it (tag and full name) for children of an object's file."""

    file: SourceFile
    element: tuple[str, str] | None = None


def read_bytes(path: str) -> bytes:
    """The bytes of a file, at most one byte more than is read at all. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        data = os.read(handle, 1 << 20)
        if len(data) < 1 << 20:
            return data
        parts = [data]
        while data and sum(map(len, parts)) <= MAX_FILE:
            data = os.read(handle, 1 << 22)
            parts.append(data)
        return b"".join(parts)
    finally:
        os.close(handle)


def read_project(project: Project, load: Callable[[str], bytes], source: str) -> Reading:
    """Read all files of a project. ``load`` gives the bytes of a ``SourceFile.path``."""
    reader = _Reader(project, load)
    for file in in_order(project.files):
        reader.file(file)
    return reader.reading(source)


def in_order(files: Iterable[SourceFile]) -> list[SourceFile]:
    """Files in the order in which they are read."""
    return sorted(files, key=lambda file: (file.side, _ORDER.get(file.type_name, 0)))


class _Reader:
    """One reading."""

    def __init__(self, project: Project, load: Callable[[str], bytes]) -> None:
        self._project = project
        self._load = load
        self._parser = Parser()
        self._problems = list(project.problems)
        self._bodies: dict[str, Body] = {}
        self._sources: dict[str, Source] = {}
        self._types: dict[str, MetadataType] = {}
        self._folded: dict[str, str] = {}
        self._origins: dict[str, Origin] = {}
        self._gaps: list[Gap] = list(project.gaps)
        self._left: Counter[str] = Counter()
        self._files: Counter[str] = Counter()
        self._blobs: dict[str, bytes] = {}
        self._opaque: list[tuple[str, MetadataType, Tree | str]] = []
        self._second: Counter[str] = Counter()
        self._gatherer = Gatherer()

    def file(self, file: SourceFile) -> None:
        """Take in one file."""
        kind = file.type
        if kind is None:
            self._files[file.type_name] += 1
            self._left[file.type_name] += 1
            self._beside(file)
            return
        try:
            data = self._load(file.path)
            tag, tree = self._parser.parse(data, file.file)
        except OSError as error:
            message = f"{file.file} cannot be read: {error.strerror or error}"
            self._broken(file, kind, of("SFFILE005", message, at=Place(file.file)))
            return
        except XmlError as error:
            self._broken(file, kind, error.diagnostic)
            return
        if tag != kind.name and not (kind.name == "Settings" and tag.endswith("Settings")):
            message = f"{file.file} holds <{tag}>, not <{kind.name}>"
            self._broken(file, kind, of("SFFILE006", message, at=Place(file.file, 1, 1)))
            return
        if kind.name == "CustomObject":
            self._object(file, kind, tree)
            return
        own = "" if isinstance(tree, str) else decoded(child(tree, "fullName"))
        if own and own.rpartition(".")[2] != decoded(file.name).rpartition(".")[2]:
            message = f"{file.file} says that it holds {brief(own)}"
            self._problems.append(of("SFFILE010", message, at=Place(file.file, 1, 1)))
            parent = decoded(file.parent) if file.parent else None
            self._gaps.append(Gap(status="partial", reason=message, kind=kind.kind, parent=parent))
        self._files[kind.name] += 1
        name = decoded(file.name)
        if kind.name == "StandardValueSet":
            kind = standard_value_set(name)
        if kind.name == "AssignmentRules" and self._rules(file, tree, name):
            return
        if kind.opaque:
            self._whole(file, kind, tree, data, name)
        else:
            self._add(file, kind, Context(decoded(file.parent) if file.parent else None, name), tree)

    def _beside(self, file: SourceFile) -> None:
        """A file that is governed nowhere, and may name fields. One that cannot be read closes nothing governed."""
        kind = MENTIONS.get(file.type_name)
        if kind is None:
            return
        try:
            tag, tree = self._parser.parse(self._load(file.path), file.file)
            if tag != (kind.root or kind.type):
                message = f"{file.file} holds <{tag}>, not <{kind.root or kind.type}>"
                raise XmlError(of("SFFILE006", message, at=Place(file.file, 1, 1)))
        except OSError as error:
            message = f"{file.file} cannot be read: {error.strerror or error}"
            self._not_searched(kind.type, of("SFFILE005", message, at=Place(file.file)))
        except XmlError as error:
            self._not_searched(kind.type, error.diagnostic)
        else:
            self._gatherer.take(kind.type, thing_of(file, tree), file)

    def _not_searched(self, type_name: str, problem: Diagnostic) -> None:
        self._problems.append(msgspec.structs.replace(problem, severity="warning"))
        self._gatherer.unread(type_name)

    def _object(self, file: SourceFile, kind: MetadataType, tree: Tree | str) -> None:
        """An object's file, with whatever children stand in it."""
        name, own = decoded(file.name), Tree()
        for tag, value in tree if not isinstance(tree, str) else ():
            inner = CHILDREN.get(tag)
            if inner is not None and child(value, "fullName"):
                full_name = child(value, "fullName")
                self._files[inner.name] += 1
                self._add(file, inner, Context(name, decoded(full_name)), value, (tag, full_name))
            elif tag in CHILD_TAGS:
                self._files[CHILD_TAGS[tag]] += 1
                self._left[CHILD_TAGS[tag]] += 1
                self._inline(file, CHILD_TAGS[tag], name, tag, value)
            else:
                own.append((tag, value))
        if any(tag != "fullName" for tag, _ in own):
            self._files[kind.name] += 1
            self._add(file, kind, Context(None, name), own)
        elif file.path.endswith("-meta.xml"):
            self._files[kind.name] += 1

    def _inline(self, file: SourceFile, type_name: str, owner: str, tag: str, value: Tree | str) -> None:
        """A child of an object's file that is governed nowhere."""
        full_name = child(value, "fullName")
        nodes = value if not isinstance(value, str) else []
        self._gatherer.take(type_name, Thing(owner, decoded(full_name), nodes), file, (tag, full_name))

    def _rules(self, file: SourceFile, tree: Tree | str, owner: str) -> bool:
        """One automation for each assignment rule, if all of the file can be said exactly."""
        rules = [] if isinstance(tree, str) else tree
        read = [(decoded(child(value, "fullName")), value, read_rule(value, Context(owner, ""))) for _, value in rules]
        if any(tag != "assignmentRule" for tag, _ in rules) or any(not name or body is None for name, _, body in read):
            return False
        for name, value, body in read:
            element = ("assignmentRule", child(value, "fullName"))
            address = self._put(file, TYPES["AssignmentRule"], Context(owner, name), body or {}, element)
            self._opaque.append((address, TYPES["AssignmentRule"], value))
        return True

    def _whole(self, file: SourceFile, kind: MetadataType, tree: Tree | str, data: bytes, name: str) -> None:
        """A thing that stays in its own file."""
        context = Context(None, name)
        body = kind.decode(tree, [], context)
        if kind.kind == "External":
            reads = derive.report_fields(tree)
            if reads:
                body["reads"] = reads
            beside = self._text(file) if kind.name == "EmailTemplate" else ""
            self._gatherer.take(kind.name, thing_of(file, tree, beside), file)
        else:
            key = digest(data)
            self._blobs[key] = data
            self._gatherer.take(kind.name, thing_of(file, tree), file)
            body["body_file"] = {"path": f"{file.name}.{kind.form.suffix}-meta.xml", "digest": key}
        address = self._put(file, kind, context, body)
        if kind.kind != "External":
            self._opaque.append((address, kind, tree))

    def _text(self, file: SourceFile) -> str:
        """What stands in the file beside a template's."""
        path = file.path.removesuffix("-meta.xml")
        try:
            data = self._load(path) if path != file.path else b""
        except (OSError, KeyError):
            data = b""
        if not data or len(data) > MAX_FILE:
            self._gatherer.unread(file.type_name)
        return data[:MAX_FILE].decode("utf-8", "replace")

    def _add(
        self,
        file: SourceFile,
        kind: MetadataType,
        context: Context,
        tree: Tree | str,
        element: tuple[str, str] | None = None,
    ) -> None:
        left: list[str] = []
        body = kind.decode(tree, left, context)
        for part, thing in parts_of(kind.name, context, tree):
            self._gatherer.take(part, thing, file, element)
        for path in left:
            self._left[f"{kind.name}.{path}"] += 1
        self._put(file, kind, context, body, element)

    def _put(
        self,
        file: SourceFile,
        kind: MetadataType,
        context: Context,
        body: Body,
        element: tuple[str, str] | None = None,
    ) -> str:
        parent, name = context
        address = address_of(kind, name, parent)
        taken = self._folded.get(fold(address))
        if taken is not None and self._types[taken].name != kind.name:
            longer = address_of(kind, f"{name} ({TYPE_WORDS.get(kind.name, kind.name)})", parent)
            message = f"{address} is a {self._types[taken].name} and a {kind.name}; the latter is shown as {longer}"
            self._problems.append(of("SFFILE008", message, at=Place(file.file), address=longer))
            address, taken = longer, self._folded.get(fold(longer))
        if taken is not None:
            self._twice(file, taken, body)
            return taken
        self._folded[fold(address)] = address
        self._bodies[address] = body
        self._types[address] = kind
        self._sources[address] = Source(file, element)
        standard = get(body, ("native", "salesforce", "custom")) is False
        origin: Origin = "standard" if standard else origin_of(address, self._project.namespace)
        if origin != "custom":
            self._origins[address] = origin
        return address

    def _twice(self, file: SourceFile, address: str, body: Body) -> None:
        """A thing in two files: put together where they agree, told where they do not."""
        first = self._bodies[address]
        if file.side:
            self._second[file.file.rpartition("/")[0]] += 1
            return
        if all(first.get(key, value) == value for key, value in body.items()):
            if len(body) > len(first):
                self._sources[address] = Source(file, self._sources[address].element)
            first.update(body)
            return
        other = self._sources[address].file.file
        message = f"{address} is defined in {other} and, differently, in {file.file}"
        self._problems.append(of("SFFILE007", message, at=Place(file.file), address=address))
        where = parse(address)
        self._gaps.append(Gap(status="partial", reason=message, kind=where.kind, parent=where.parent))

    def _broken(self, file: SourceFile, kind: MetadataType, problem: Diagnostic) -> None:
        """Tell of a file that was not read, and that its kinds are not complete."""
        self._problems.append(problem)
        self._files[kind.name] += 1
        reason = f"{file.file} was not read: {problem.message}"
        name = decoded(file.name)
        kinds = {kind.kind: decoded(file.parent) if file.parent else None}
        if kind.name == "CustomObject":
            kinds = {"Object": None, **dict.fromkeys(OBJECT_KINDS, name)}
        elif kind.name == "StandardValueSet":
            kinds = {standard_value_set(name).kind: None}
        self._gaps.extend(Gap(status="unread", reason=reason, kind=one, parent=parent) for one, parent in kinds.items())

    def reading(self, source: str) -> Reading:
        """The snapshot of all that was taken in."""
        self._tell_second()
        lookups = self._lookups()
        derived = self._derived(lookups)
        elsewhere, origins = self._gatherer.gathered(lookups)
        addresses = sorted(self._bodies)
        bodies = {address: encode(self._bodies[address]) for address in addresses}
        snapshot = Snapshot(
            source,
            {address: digest(data) for address, data in bodies.items()},
            bodies,
            coverage=Coverage(kinds=KINDS, gaps=tuple(self._gaps)),
            places=self._places(addresses),
            origins=self._origins,
            derived=derived,
            blobs=self._blobs,
            left=dict(sorted(self._left.items())),
            hidden=self._project.hidden,
            files=dict(sorted(self._files.items())),
            elsewhere=elsewhere,
        )
        beside = {one: Source(origin.file, origin.element) for one, origin in origins.items()}
        return Reading(snapshot, self._problems, {**self._sources, **beside})

    def _places(self, addresses: Iterable[str]) -> dict[str, Where]:
        """The file of each thing; things that stand in one file count as its documents, so that they are told apart."""
        found, counts = dict[str, Where](), Counter[str]()
        for address in addresses:
            file = self._sources[address].file.file
            found[address] = Where(file, counts[file])
            counts[file] += 1
        return found

    def _tell_second(self) -> None:
        for folder, count in sorted(self._second.items()):
            message = f"{count} things in {folder} are also in the package directories; those there are read"
            self._problems.append(of("SFFILE009", message, at=Place(folder)))

    def _lookups(self) -> Lookups:
        fields = {}
        for address, body in self._bodies.items():
            if address.startswith("Field/") and "references" in body:
                where = parse(address)
                fields[(str(where.parent), where.name)] = body
        return Lookups(fields, CATALOGUE)

    def _derived(self, lookups: Lookups) -> dict[str, Derived]:
        found: dict[str, Derived] = {}
        for address, kind, tree in self._opaque:
            found[address] = facts_of(kind, tree, str(parse(address).parent), lookups)
        for address, body in self._bodies.items():
            formula = body.get("formula")
            if isinstance(formula, str) and address.startswith(("Field/", "Validation/")):
                facts = derive.Facts(lookups)
                facts.formula(str(parse(address).parent), formula)
                facts.hard.update(hard_coded(formula))
                found[address] = facts.result()
        return found
