"""What is known of every environment, without failing where one cannot be reached."""

from contextlib import closing

from crmgov.cli.trouble import Stop
from crmgov.cli.workspace import Workspace, protected
from crmgov.ledger.errors import LedgerError
from crmgov.model.provider import ProviderError
from crmgov.report.environments import EnvironmentCard


def overview(workspace: Workspace) -> list[EnvironmentCard]:
    """A card for each environment, in the order of their names."""
    return [_card(workspace, name) for name in workspace.environments]


def _card(workspace: Workspace, name: str) -> EnvironmentCard:
    document = workspace.environment(name)
    identity, trouble = None, ""
    resources = 0
    try:
        identity = workspace.provider(name).identity()
    except (ProviderError, Stop) as error:
        trouble = _told(error)
    try:
        with closing(workspace.ledger(name)) as ledger:
            resources = len(ledger.baseline().heads)
    except (LedgerError, Stop) as error:
        trouble = trouble or _told(error)
    return EnvironmentCard(
        name=name,
        provider=document.provider,
        protected=protected(document),
        identity=identity,
        trouble=trouble,
        resources=resources,
    )


def _told(error: ProviderError | LedgerError | Stop) -> str:
    """What an error says; the first thing, where it says several."""
    diagnostic = error.diagnostics[0] if isinstance(error, Stop) else error.diagnostic
    return diagnostic.message
