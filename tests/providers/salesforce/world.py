"""Projects that the tests read: our own in both forms, and others' where they are at hand."""

import shutil
from pathlib import Path

from crmgov.model.provider import Scope
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.provider import SalesforceFiles

HERE = Path(__file__).parent
PROJECT = HERE / "project"
MDAPI = HERE / "project_mdapi"
NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'


def read(project: Path, *, include_ignored: bool = False) -> Snapshot:
    """The snapshot of a project."""
    return SalesforceFiles(None, project, include_ignored=include_ignored).read(Scope())


def copied(into: Path, source: Path = PROJECT) -> Path:
    """Our own project in a place where it can be changed."""
    return Path(shutil.copytree(source, into / source.name))


def metadata(tag: str, body: str = "") -> str:
    """A metadata file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag} {NAMESPACE}>\n{body}\n</{tag}>\n'


def mini(folder: Path, files: dict[str, str | bytes], packages: tuple[str, ...] = ("app",)) -> Path:
    """A small source project with these files (paths below the project)."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'{{"path": "{path}"}}' for path in packages)
    (folder / "sfdx-project.json").write_text(f'{{"packageDirectories": [{listed}]}}')
    for path in packages:
        (folder / path).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
