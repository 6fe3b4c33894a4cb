"""What is known of every environment, without failing where one cannot be reached."""

from crmgov.cli.workspace import Workspace, protected
from crmgov.model.diagnostics import Diagnostic
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
    except Exception as error:
        trouble = _told(error)
    try:
        ledger = workspace.ledger(name)
        resources = len(ledger.baseline().heads)
        ledger.close()
    except Exception as error:
        trouble = trouble or _told(error)
    return EnvironmentCard(
        name=name,
        provider=document.provider,
        protected=protected(document),
        identity=identity,
        trouble=trouble,
        resources=resources,
    )


def _told(error: Exception) -> str:
    """What a diagnostic-bearing error says; anything else is a fault and goes on."""
    diagnostics = getattr(error, "diagnostics", None)
    diagnostic = getattr(error, "diagnostic", None) or (diagnostics[0] if diagnostics else None)
    if isinstance(diagnostic, Diagnostic):
        return diagnostic.message
    raise error
