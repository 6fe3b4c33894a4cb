"""The one place that names concrete providers."""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from crmgov.check.tree import Case
from crmgov.cli.trouble import stop
from crmgov.model.diagnostics import brief
from crmgov.model.kinds.environments import Environment
from crmgov.model.paths import path_fault
from crmgov.model.provider import Catalogue, Provider


def open_provider(environment: Environment, root: Path) -> Provider:
    """The adapter an environment's document asks for. Ends the verb where a variable it names is not set."""
    return _provider(environment, root, expand)


def offline_provider(environment: Environment, root: Path) -> Provider:
    """The same adapter for what needs no connection: normal form, names, limits. Asks no environment variable."""
    return _provider(environment, root, _filled)


_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def _filled(text: str) -> str:
    """A connection text fit to be understood, its variables unknown; where they say which database, it is SQLite."""
    _named(text)
    return "sqlite:///unknown.db" if text.startswith("${") else _VARIABLE.sub("0", text)


def expand(text: str) -> str:
    """A connection text with ``${NAME}`` replaced from environment variables. Ends the verb where one is missing."""

    def value(match: re.Match[str]) -> str:
        found = os.environ.get(match.group(1))
        if found is None:
            raise stop(
                "CLI009", f"The environment variable {match.group(1)} is not set", mend="Set it, then try again."
            )
        return found

    _named(text)
    return _VARIABLE.sub(value, text)


def _named(text: str) -> None:
    """Ends the verb where ``${`` stands before something that cannot be the name of a variable."""
    if "${" in _VARIABLE.sub("", text):
        raise stop("CLI009", "${ stands before no name of a variable", mend="Write ${NAME}: letters, digits and _.")


def _provider(environment: Environment, root: Path, fill: Callable[[str], str]) -> Provider:
    connection = environment.connection
    expects = environment.expects
    kind: Literal["sandbox", "production"] = "sandbox"
    if getattr(expects, "kind", None) == "production":
        kind = "production"
    if environment.provider == "sql":
        from crmgov.providers.sql.provider import SqlProvider

        if not isinstance(connection.url, str):
            raise stop("CLI009", "This environment's connection has no url")
        schema = connection.schema if isinstance(connection.schema, str) else None
        return SqlProvider(fill(connection.url), root=root, kind=kind, schema=schema)
    from crmgov.providers.salesforce.provider import SalesforceFiles

    if not isinstance(connection.project, str):
        raise stop("CLI009", "This environment's connection has no project")
    version = connection.api_version if isinstance(connection.api_version, str) else None
    return SalesforceFiles(
        root,
        path_inside(root, fill(connection.project)),
        include_ignored=connection.include_ignored is True,
        api_version=version,
        kind=kind,
    )


def path_inside(root: Path, text: str) -> Path:
    """A path written in a file: relative to the root and inside it. Ends the verb otherwise."""
    fault = path_fault(text)
    if not fault and not (root / text).resolve().is_relative_to(root.resolve()):
        fault = "leads out of the repository"
    if fault:
        message = f"The path {brief(text)} {fault}".replace("  ", " ")
        raise stop("CLI009", message, mend="Paths in files stay inside the repository.")
    return (root / text).resolve()


PROJECT = ("sfdx-project.json", "package.xml")
"""Files of which a Salesforce project has one."""
_SMALL = 4 * 1024 * 1024
"""Bytes of a project's own settings; real ones have some kilobytes."""


def open_path(path: Path, root: Path) -> Provider:
    """The adapter to a path typed on the command line: a Salesforce project or a folder in one, a Metadata API folder
    or zip. Its files are told by their paths below the repository's root where they lie there.
    """
    from crmgov.providers.salesforce.provider import SalesforceFiles

    if not path.exists():
        raise stop("CLI005", f"{path} does not exist")
    project = project_at(path)
    within = project.is_relative_to(root)
    return SalesforceFiles(root if within else None, project)


def project_at(path: Path) -> Path:
    """The project a path names: the folder itself, or the nearest above it one of whose packages it has to do with."""
    whole = path.resolve()
    if not whole.is_dir() or any((whole / name).is_file() for name in PROJECT):
        return whole
    above = next((folder for folder in whole.parents if (folder / PROJECT[0]).is_file()), None)
    return above if above is not None and _of_package(above, whole) else whole


def _of_package(project: Path, folder: Path) -> bool:
    """Whether a folder lies in a project's package directory, or holds one; True where the project cannot tell."""
    from crmgov.load.saved import UnfitError, saved_bytes
    from crmgov.model.provider import ProviderError
    from crmgov.providers.salesforce.project import settings_of

    try:
        settings = settings_of(saved_bytes(project / PROJECT[0], _SMALL), PROJECT[0])
    except (UnfitError, ProviderError):
        return True
    paths = [entry.get("path") for entry in settings["packageDirectories"] if isinstance(entry, dict)]
    packages = [(project / path).resolve() for path in paths if isinstance(path, str) and not path_fault(path)]
    return any(folder.is_relative_to(package) or package.is_relative_to(folder) for package in packages)


def case_of(providers: Iterable[str]) -> Case:
    """How names that differ only in case are taken: every CRM in use but the embedded one ignores case."""
    return "mend" if "salesforce" in set(providers) else "exact"


def catalogue(provider: str) -> Catalogue:
    """What a kind of CRM ships of its own, without contacting any."""
    if provider == "salesforce":
        from crmgov.providers.salesforce.catalogue import CATALOGUE

        return CATALOGUE
    from crmgov.providers.sql.capable import SqlCatalogue

    return SqlCatalogue()
