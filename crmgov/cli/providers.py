"""The one place that names concrete providers."""

from pathlib import Path

from crmgov.cli.trouble import stop
from crmgov.model.kinds.environments import Environment
from crmgov.model.provider import Catalogue, Provider


def open_provider(environment: Environment, root: Path) -> Provider:
    """The adapter an environment's document asks for."""
    from crmgov.cli.workspace import expand, path_inside

    connection = environment.connection
    expects = environment.expects
    kind = "production" if getattr(expects, "kind", "sandbox") == "production" else "sandbox"
    if environment.provider == "sql":
        from crmgov.providers.sql.provider import SqlProvider

        if not isinstance(connection.url, str):
            raise stop("CLI004", "This environment's connection has no url")
        schema = connection.schema if isinstance(connection.schema, str) else None
        return SqlProvider(expand(connection.url), root=root, kind=kind, schema=schema)
    from crmgov.providers.salesforce.provider import SalesforceFiles

    if not isinstance(connection.project, str):
        raise stop("CLI004", "This environment's connection has no project")
    version = connection.api_version if isinstance(connection.api_version, str) else None
    return SalesforceFiles(
        root,
        path_inside(root, connection.project),
        include_ignored=connection.include_ignored is True,
        api_version=version,
        kind=kind,
    )


def open_path(path: Path) -> Provider:
    """The adapter to a path typed on the command line: a Salesforce project, Metadata API folder or zip."""
    from crmgov.providers.salesforce.provider import SalesforceFiles

    if not path.exists():
        raise stop("CLI005", f"{path} does not exist")
    return SalesforceFiles(None, path.resolve())


def catalogue(provider: str) -> Catalogue:
    """What a kind of CRM ships of its own, without contacting any."""
    if provider == "salesforce":
        from crmgov.providers.salesforce.catalogue import CATALOGUE

        return CATALOGUE
    from crmgov.providers.sql.catalogue import CATALOGUE as EMPTY

    return EMPTY
