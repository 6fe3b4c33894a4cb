"""What an environment holds beside its YAML, and which fields of the YAML it uses."""

from collections.abc import Mapping
from contextlib import closing
from typing import NamedTuple

from crmgov.cli.providers import case_of
from crmgov.cli.trouble import Stop
from crmgov.cli.workspace import Workspace
from crmgov.model.address import address as write
from crmgov.model.address import parse
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot

UNREAD = "what is not in the YAML"


class Unmanaged(NamedTuple):
    """``uses``: by address of a field in the tree, what uses it live and is in no YAML. ``unread``: the place in which
    uses were not sought because the environment could not be read; empty where it was.
    """

    uses: Mapping[str, tuple[str, ...]] = {}
    unread: str = ""


def unmanaged(workspace: Workspace, environment: str, desired: Snapshot) -> Unmanaged:
    """Look for uses of the tree's fields in what is live and not in the tree."""
    from crmgov.check.uses import uses

    try:
        with closing(workspace.provider(environment)) as provider:
            live = provider.read(Scope())
            names = provider.normalise(desired).names
    except (ProviderError, Stop):
        return Unmanaged(unread=f"{UNREAD} ({environment} cannot be read)")
    known = {provider.same(native): own for native, own in names.items()}
    fields = [native for native in live if native.startswith("Field/") and provider.same(native) in known]
    found: dict[str, tuple[str, ...]] = {}
    case = case_of([provider.name])
    for target, places in uses(live.at_hand(), [provider.catalogue()], case=case, of=fields).items():
        users = {user for user, _ in places if provider.same(user) not in known and user != target}
        own = known.get(provider.same(target))
        if own is not None and users:
            found[own] = tuple(sorted(users))
    return Unmanaged(found)


def also_called(natives: Mapping[str, str]) -> dict[str, str]:
    """By address of a field, its address by the names that programs of the CRM use, where they differ."""
    found = {}
    for own, native in natives.items():
        if own.startswith("Field/"):
            at = parse(native)
            found[own] = write("Field", at.name, at.parent)
    return found
