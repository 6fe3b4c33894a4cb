"""The provider ``salesforce``: a project's files as an environment."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from crmgov.model.address import parse
from crmgov.model.diagnostics import Diagnostic, Place, Route, of
from crmgov.model.provider import Capabilities, Identity, Normalised, ProviderError, Scope
from crmgov.model.snapshot import Derived, Origin, Snapshot
from crmgov.providers.salesforce import codes  # noqa: F401 - declares the codes used here
from crmgov.providers.salesforce.archive import read_zip
from crmgov.providers.salesforce.bodies import derived_of
from crmgov.providers.salesforce.capabilities import CAPABILITIES
from crmgov.providers.salesforce.catalogue import CATALOGUE, SalesforceCatalogue
from crmgov.providers.salesforce.limits import limits_of
from crmgov.providers.salesforce.mapping import Context
from crmgov.providers.salesforce.names import fold, origin_of, thing_of
from crmgov.providers.salesforce.normalise import normalise
from crmgov.providers.salesforce.places import find_element, find_named, find_route, place_of, placed
from crmgov.providers.salesforce.project import Project, discover, shown
from crmgov.providers.salesforce.read import Reading, read_bytes, read_project
from crmgov.providers.salesforce.tidy import tidy
from crmgov.providers.salesforce.write import Writes

Kind = Literal["sandbox", "production"]


class SalesforceFiles(Writes):
    """A Salesforce project (source format, Metadata API folder or zip) as an environment.

    ``root`` is the repository's root (None: the project may lie anywhere), ``project`` the project's path. What is
    wrong with single files is told in ``problems`` after ``read`` and closes the coverage of their kinds; only where
    there is no project at all is ``ProviderError`` raised.
    """

    name = "salesforce"

    def __init__(
        self,
        root: Path | None,
        project: Path,
        *,
        include_ignored: bool = False,
        api_version: str | None = None,
        kind: Kind = "sandbox",
    ) -> None:
        self.root = None if root is None else root.resolve()
        self.project = (project if self.root is None else self.root / project).resolve()
        self.include_ignored = include_ignored
        self.api_version = api_version
        self.kind: Kind = kind
        self.problems: Sequence[Diagnostic] = ()
        self._reading: Reading | None = None
        self._load: Callable[[str], bytes] = read_bytes
        if self.root is not None and not self.project.is_relative_to(self.root):
            label = project.as_posix()
            raise ProviderError(of("SFPROJ005", f"{label} leads out of the repository", at=Place(label)))

    def identity(self) -> Identity:
        """The project by its path relative to the repository; without a repository by its own path."""
        label = shown(self.project, self.root)
        return Identity(provider=self.name, instance=label, kind=self.kind, name=self.project.name)

    def capabilities(self) -> Capabilities:
        """What the files can hold."""
        return CAPABILITIES

    def catalogue(self) -> SalesforceCatalogue:
        """Standard objects and fields."""
        return CATALOGUE

    def read(self, scope: Scope) -> Snapshot:  # noqa: ARG002 - all files are read: faster than finding out which
        """All that the files hold, in native names. Raises ProviderError where there is no project."""
        self._reading = self.reading()
        self.problems = tuple(self._reading.problems)
        return self._reading.snapshot

    def reading(self) -> Reading:
        """A fresh reading with the problems and the place of each thing. Raises ProviderError."""
        project, self._load = self.open()
        return read_project(project, self._load, shown(self.project, self.root))

    def open(self) -> tuple[Project, Callable[[str], bytes]]:
        """The project's files, and how to get the bytes of one. Raises ProviderError."""
        if self.project.is_file():
            archive = read_zip(self.project, shown(self.project, self.root))
            return archive.project, archive.members.__getitem__
        return discover(self.project, self.root, include_ignored=self.include_ignored), read_bytes

    def locate(self, address: str, route: Route) -> Place | None:
        """The place of a resource or attribute in the vendor's own file; None where the file or the thing is gone.

        Of a mention (see ``Snapshot.elsewhere``) the route is the name of a field.
        """
        reading = self._reading if self._reading is not None else self.reading()
        source = reading.sources.get(address)
        if source is None:
            return None
        try:
            data = self._load(source.file.path)
        except (OSError, KeyError):
            return None
        root = placed(data)
        node = None if root is None else find_element(root, source.element)
        if node is None:
            return Place(source.file.file, 1, 1)
        if address in reading.snapshot.elsewhere.mentions:
            return place_of(find_named(node, parse(address).name, "".join(route[-1:])), source.file.file)
        body = reading.snapshot.body(address)
        thing = thing_of(address, body)
        where = parse(address)
        node = find_route(node, thing.type, body, Context(where.parent, thing.name), route)
        return place_of(node, source.file.file)

    def normalise(self, snapshot: Snapshot) -> Normalised:
        """Desired state in native names and the form that reading gives."""
        return normalise(snapshot, self.catalogue())

    def derived(self, snapshot: Snapshot) -> Mapping[str, Derived]:
        """What the vendor's files beside a tree say, in the tree's own names."""
        return derived_of(snapshot, self.catalogue())

    def tidy(self, snapshot: Snapshot) -> Snapshot:
        """A read snapshot as ``pull`` writes it: without the vendor's defaults, in names that come back the same."""
        return tidy(snapshot, self.catalogue())

    def origin(self, address: str) -> Origin:
        """Who makes a thing of this native address."""
        if self._reading is not None and address in self._reading.snapshot:
            return self._reading.snapshot.origin(address)
        return origin_of(address)

    def same(self, address: str) -> str:
        """The address without case, as Salesforce compares names."""
        return fold(address)

    def limits(self, snapshot: Snapshot) -> list[Diagnostic]:
        """Vendor limits and name rules that normalised desired state breaks."""
        return limits_of(snapshot)

    def close(self) -> None:
        """Nothing is held open."""
