"""What the vendor's own files beside the YAML say, joined to the configuration."""

from collections.abc import Iterable

from crmgov.cli.trouble import Stop
from crmgov.cli.workspace import Workspace
from crmgov.model.provider import Derives, ProviderError
from crmgov.model.snapshot import Snapshot


def with_bodies(workspace: Workspace, snapshot: Snapshot, environments: Iterable[str]) -> Snapshot:
    """The configuration with what was found in bodies that are not structured, of each kind of CRM once.

    Of an environment that cannot be set up nothing is found; that it cannot is told elsewhere.
    """
    named = {workspace.environment(name).provider: name for name in environments}
    for name in named.values():
        try:
            provider = workspace.offline_provider(name)
        except (ProviderError, Stop):
            continue
        if isinstance(provider, Derives):
            snapshot = snapshot.knowing(provider.derived(snapshot))
    return snapshot
