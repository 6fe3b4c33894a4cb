"""A Salesforce project keeps the provider contract: in source format, as a Metadata API folder, and as a zip."""

import itertools
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar
from unittest import mock

import pytest

from crmgov.providers.salesforce import staging
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.providers.contract import ProviderContract
from tests.providers.governed import Fresh, Site, errors

_NS = ' xmlns="http://soap.sforce.com/2006/04/metadata"'
STAGES = f"""<?xml version="1.0" encoding="UTF-8"?>
<StandardValueSet{_NS}>
    <sorted>false</sorted>
    <standardValue>
        <fullName>New</fullName>
        <default>true</default>
        <label>New</label>
        <converted>false</converted>
    </standardValue>
</StandardValueSet>
"""
LEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<CustomObject{_NS}>
    <!-- kept as it is -->
    <enableFeeds>true</enableFeeds>
    <listViews>
        <fullName>All</fullName>
        <label>All</label>
    </listViews>
</CustomObject>
"""
PACKAGE = f'<?xml version="1.0" encoding="UTF-8"?>\n<Package{_NS}>\n    <version>66.0</version>\n</Package>\n'
WHOLE = {"objects/Lead.object": LEAD, "standardValueSets/LeadStatus.standardValueSet": STAGES, "package.xml": PACKAGE}
SOURCE = {
    "sfdx-project.json": '{"packageDirectories": [{"path": "app", "default": true}], "sourceApiVersion": "66.0"}\n',
    "app/main/default/objects/Lead/Lead.object-meta.xml": LEAD,
    "app/main/default/standardValueSets/LeadStatus.standardValueSet-meta.xml": STAGES,
    "app/main/default/classes/Other.cls": "public class Other {}\n",
}
_numbers = itertools.count()


class Salesforce(ProviderContract):
    """A project of one form."""

    lists = frozenset({"package.xml"})
    fills: ClassVar[Mapping[str, frozenset[str]]] = {
        "Object": frozenset({"label"}),
        "Field": frozenset({"values", "native"}),
        "Picklist": frozenset({"label", "sorted", "values"}),
        "Validation": frozenset({"active"}),
        "RecordType": frozenset({"label", "active"}),
        "Pipeline": frozenset({"stages"}),
        "PermissionSet": frozenset({"label", "objects"}),
        "Role": frozenset({"label"}),
        "Team": frozenset({"label"}),
        "Layout": frozenset({"sections", "native"}),
        "StageSet": frozenset({"stages", "field"}),
    }  # fmt: skip

    def lay(self, folder: Path) -> Path:
        """Write the project; returns its path."""
        raise NotImplementedError

    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Fresh:
        def make() -> Site:
            root = tmp_path / str(next(_numbers))
            root.mkdir()
            project = self.lay(root)
            return Site(lambda: SalesforceFiles(root, project.relative_to(root)), root, lambda: _files(root, project))

        return make

    @contextmanager
    def effects(self, crash: Callable[[str], None]) -> Iterator[None]:
        """A file that takes its place makes its folder lasting."""
        sync, numbers = staging._sync_folder, itertools.count(1)

        def told(folder: Path) -> None:
            sync(folder)
            crash(f"effect {next(numbers)}")

        with mock.patch.object(staging, "_sync_folder", told):
            yield


class TestSource(Salesforce):
    def lay(self, folder: Path) -> Path:
        return _written(folder / f"project-{folder.name}", SOURCE)

    def test_nothing_is_planned_for_kinds_of_which_a_file_cannot_be_read(self, fresh: Fresh) -> None:
        site = fresh()
        tree = {"Role/Sales": {"label": "Sales"}, "Picklist/Tier": {"label": "Tier", "values": [{"name": "Gold"}]}}
        site.bring(tree)
        (broken,) = site.folder.rglob("Sales.role-meta.xml")
        broken.write_text("<Role><name>Sales")
        before = site.story()
        wanted = {
            **tree,
            "Role/Support": {"label": "Support"},
            "Picklist/Tier": {**tree["Picklist/Tier"], "label": "Level"},
        }
        plan = site.plan(wanted)
        assert {told.partition(" ")[0] for told in errors(plan)} == {"PLAN005"}
        assert site.apply(plan).status == "refused"
        assert site.plan({}).core.steps == tuple(step for step in site.plan({}).core.steps if "Role" not in step.native)
        assert site.story() == before


class TestMetadataFolder(Salesforce):
    def lay(self, folder: Path) -> Path:
        return _written(folder / f"project-{folder.name}", WHOLE)


class TestZip(Salesforce):
    def lay(self, folder: Path) -> Path:
        path = folder / f"project-{folder.name}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in WHOLE.items():
                archive.writestr(f"unpackaged/{name}", text)
        return path


def _written(folder: Path, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def _files(root: Path, project: Path) -> dict[str, bytes]:
    """All files by the names that places give them; of a zip, its members."""
    if project.is_file():
        with zipfile.ZipFile(project) as archive:
            return {f"{project.name}/{name}": archive.read(name) for name in archive.namelist()}
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in project.rglob("*") if path.is_file()}
