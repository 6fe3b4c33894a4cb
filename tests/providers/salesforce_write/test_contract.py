"""The contract of all providers, kept by Salesforce files in all their forms."""

import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest

from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.providers.contract import ProviderContract, Reopen
from tests.providers.salesforce_write.project import document

FILLS = {
    "Object": frozenset({"label"}),
    "Field": frozenset({"values", "native"}),
    "Picklist": frozenset({"label", "values", "sorted"}),
    "StageSet": frozenset({"stages", "sorted"}),
    "Pipeline": frozenset({"stages"}),
    "PermissionSet": frozenset({"label", "objects", "record_types", "apps"}),
    "RecordType": frozenset({"label", "active"}),
    "Role": frozenset({"label"}),
    "Team": frozenset({"label"}),
    "Layout": frozenset({"native"}),
}
"""What the vendor's schema asks for, and a new file states, though nothing was said."""
PACKAGE = document("Package", "\n    <version>66.0</version>")


class _Contract(ProviderContract):
    form: ClassVar[str]
    fills = FILLS

    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Callable[[], Reopen]:
        numbers = count()

        def make() -> Reopen:
            project = self.laid(tmp_path / str(next(numbers)))
            return lambda: SalesforceFiles(None, project)

        return make

    def laid(self, folder: Path) -> Path:
        """An empty project."""
        folder.mkdir()
        if self.form == "source":
            (folder / "force-app").mkdir()
            (folder / "sfdx-project.json").write_text('{"packageDirectories": [{"path": "force-app"}]}')
        elif self.form == "mdapi":
            (folder / "package.xml").write_text(PACKAGE)
        else:
            with zipfile.ZipFile(folder / "project.zip", "w") as archive:
                archive.writestr("package.xml", PACKAGE)
            return folder / "project.zip"
        return folder


class TestSource(_Contract):
    form = "source"


class TestMetadata(_Contract):
    form = "mdapi"


class TestZip(_Contract):
    form = "zip"
